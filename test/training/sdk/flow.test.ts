import { Duration, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expectSdk, Listed } from './equal';
import { PROCESS_V3, seedParameters, seedProcess, seedTrain } from './seed';
import {
  CallbackStep, CleanupSource, CleanupStep, ConditionStep, CurrentItem, FailStep, ForEachSelector, ForEachStep, IterableItems, LambdaStep,
  LineageEntity, LineageStep, PipelineExecution, PipelineParameter, StepCache, StepOutput,
} from '../../../src';

const functionOf = (stack: Stack, name: string) => LambdaFunction.fromFunctionArn(stack, `Function${name}`, `arn:aws:lambda:eu-west-1:111122223333:function:${name}`);

/** What SDK 3.x writes beside what was said. */
const NO_MLFLOW: Listed = { path: '$.MlflowConfig', expected: null, actual: undefined, why: 'SDK 3.x writes that there is none' };

test('a Lambda function and a callback', () => {
  const parameters = seedParameters();
  expectSdk('v2/lambda_callback', stack => {
    const notify = new LambdaStep('Notify', {
      lambdaFunction: functionOf(stack, 'notify'),
      inputs: { a: parameters.threshold.asNumber(), b: 'x', n: 1 },
      outputs: [StepOutput.text('out_s'), StepOutput.integer('out_i'), StepOutput.number('out_f'), StepOutput.flag('out_b')],
      cache: StepCache.expiringAfter(Duration.days(1)),
    });
    const approve = new CallbackStep('Approve', {
      queue: Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:111122223333:q'),
      inputs: { arg: notify.output('out_s').asString() },
      outputs: [StepOutput.text('decision')],
      cache: StepCache.expiringAfter(Duration.days(1)),
    });
    const check = new ConditionStep('C', { condition: approve.output('decision').equalTo('ok'), elseSteps: [new FailStep('F', { message: 'no' })] });
    return { parameters: Object.values(parameters), steps: [notify, approve, check] };
  }, [
    {
      path: '$.Steps[Approve].SqsQueueUrl',
      expected: 'https://sqs.eu-west-1.amazonaws.com/111122223333/q',
      actual: 'https://sqs.eu-west-1.${AWS::URLSuffix}/111122223333/q',
      why: 'CDK leaves the end of the host name of an imported queue to CloudFormation',
    },
  ]);
});

test('lineage', () => {
  const run = LineageEntity.action('run', { sourceUri: 's3://ml-bucket/r', sourceType: 'S3', actionType: 'ModelTraining' });
  const model = LineageEntity.artifact('m', { sourceUri: 's3://ml-bucket/m.tar.gz', artifactType: 'Model' });
  expectSdk('v2/lineage_step', () => ({
    steps: [new LineageStep('Lin', { associations: [{ source: run, destination: model, associationType: 'Produced' }] })],
  }));
});

test('dependencies and execution variables', () => {
  const parameters = seedParameters();
  expectSdk('v2/depends_on_and_execvars', stack => {
    const process = seedProcess(parameters);
    const a = new LambdaStep('A', {
      lambdaFunction: functionOf(stack, 'f'),
      inputs: {
        START_DATETIME: PipelineExecution.START_TIME.asString(),
        CURRENT_DATETIME: PipelineExecution.CURRENT_TIME.asString(),
        PIPELINE_NAME: PipelineExecution.PIPELINE_NAME.asString(),
        PIPELINE_ARN: PipelineExecution.PIPELINE_ARN.asString(),
        PIPELINE_EXECUTION_ID: PipelineExecution.ID.asString(),
        PIPELINE_EXECUTION_ARN: PipelineExecution.ARN.asString(),
      },
    }).after(process);
    const b = new FailStep('B', { message: `x${parameters.threshold.asString()}${PipelineExecution.ID.asString()}` }).after(a, process);
    return { parameters: Object.values(parameters), steps: [process, a, b] };
  });
});

test('a step for each item', () => {
  expectSdk('v3/for_each', stack => {
    const items = PipelineParameter.text('Items', { defaultValue: '["a","b"]' });
    const score = new LambdaStep('Score', {
      lambdaFunction: functionOf(stack, 'score'),
      inputs: { item: CurrentItem.field('name').asString() },
      outputs: [StepOutput.number('score')],
    });
    const result = score.output('score');
    const fan = new ForEachStep('Fan', {
      items: IterableItems.fromVariable(items.asString()),
      maxConcurrency: 2,
      selector: ForEachSelector.maxBy(result),
      body: [score],
    });
    const message = [fan.status, fan.selected(result.asString()).asString(), fan.iterationOutput(0, result.asString()).asString()].join(',');
    return { steps: [fan, new FailStep('F', { message })] };
  }, [NO_MLFLOW]);
});

test('cleaning up', () => {
  const parameters = seedParameters();
  expectSdk('v3/cleanup', () => {
    const process = seedProcess(parameters);
    const train = seedTrain(parameters, process, { debugHook: undefined, profiler: undefined });
    const clean = new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(train), CleanupSource.objectsOf(process, `${process.output('train')}/x.csv`)] });
    clean.afterEnded(train);
    return { parameters: Object.values(parameters), steps: [process, train, clean] };
  }, [
    ...PROCESS_V3,
    { path: '$.Steps[Train].Arguments.OutputDataConfig.CompressionType', expected: 'GZIP', actual: undefined, why: 'SDK 3.x writes the default of the service' },
    ...['train', 'validation'].map(channel => ({
      path: `$.Steps[Train].Arguments.InputDataConfig[${channel}].InputMode`, expected: 'File', actual: undefined, why: 'SDK 3.x says again what the algorithm says',
    })),
  ]);
});

test('what happens after a step in any case', () => {
  const parameters = seedParameters();
  expectSdk('v3/step_dependency_triggers', stack => {
    const process = seedProcess(parameters);
    const lambdaFunction = functionOf(stack, 'notify');
    const tell = (name: string) => new LambdaStep(name, { lambdaFunction, inputs: { a: 'b' } });
    return {
      parameters: Object.values(parameters),
      steps: [
        process, tell('OnCompleted').after(process), tell('OnFailed').afterFailed(process), tell('OnStopped').afterStopped(process), tell('OnAny').afterEnded(process),
      ],
    };
  }, PROCESS_V3);
});
