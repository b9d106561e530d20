import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { definitionOf } from './definition-of';
import { trainingPipelineOf } from './happy-path/training-pipeline-of';
import { image } from './triggers/fixture';
import {
  ComplianceEnforcement, JobDefaults, MlflowTracking, MlTrainingPipeline, MlTrainingPipelineProps, ModelArtifactBucket, ModelRegistry,
  PipelineCondition, PipelineExperiment, PipelineParameter, PipelineTrigger, ProcessingOutput,
  ProcessingStep, ReportMetric, SageMakerImage, ScriptCode, StepCache, StepRetry,
} from '../../src';
import { errorOf } from '../helper';

function fixture(change: (props: MlTrainingPipelineProps) => Partial<MlTrainingPipelineProps> = () => ({}), stack = new Stack(new App(), 'Stack')) {
  const pipeline = trainingPipelineOf(stack, minimal => {
    const props = {
      ...minimal,
      processing: { image, outputs: ['train', 'validation', 'test'] },
      training: { image, channels: ['train', 'validation'] },
      acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
    };
    return { ...props, ...change(props) };
  });
  return { stack, pipeline, definition: () => definitionOf(stack) };
}

/** Steps and branches by name. */
function step(definition: any, name: string): any {
  const all = definition.Steps.flatMap((s: any) => [s, ...s.Arguments.IfSteps ?? [], ...s.Arguments.ElseSteps ?? []]);
  return all.find((s: any) => s.Name === name);
}

test('logical ids are part of the contract', () => {
  const ids = Object.keys(Template.fromStack(fixture().stack).toJSON().Resources).filter(id => id.startsWith('Pipeline'));
  expect(ids).toMatchInlineSnapshot(`
[
  "PipelineRoleB27FAA37",
  "PipelineRolePolicy3CEB0087",
  "PipelineJobRole3C5C0FEE",
  "PipelineJobRolePolicy946EC981",
  "Pipeline9850B417",
]
`);
});

test('processes, trains, evaluates, and registers or fails', () => {
  const definition = fixture().definition();
  expect(definition.Steps.map((s: any) => s.Name)).toEqual(['Process', 'Train', 'Evaluate', 'CheckMse']);
  const { IfSteps, ElseSteps } = step(definition, 'CheckMse').Arguments;
  expect([IfSteps, ElseSteps].map(branch => branch.map((s: any) => s.Name))).toEqual([['Register'], ['MseTooHigh']]);
});

test('has the six parameters, with the defaults that the properties give', () => {
  const { definition } = fixture(props => ({
    processing: { ...props.processing, instanceType: 'ml.c5.large', instanceCount: 2 },
    training: { ...props.training, instanceType: 'ml.g5.xlarge' },
    registration: { ...props.registration, approvalStatus: 'Approved' },
  }));
  expect(definition().Parameters.map((p: any) => [p.Name, p.DefaultValue])).toEqual([
    ['InputData', 's3://${ArtifactsBucket88671897}/datasets/abalone/'], ['ProcessingInstanceType', 'ml.c5.large'], ['ProcessingInstanceCount', 2],
    ['TrainingInstanceType', 'ml.g5.xlarge'], ['MseThreshold', 6], ['ModelApprovalStatus', 'Approved'],
  ]);
});

describe('acceptance', () => {
  test.each<[string, PipelineCondition, string[], string]>([
    ['of an error', ReportMetric.at('mse').atMost(6), ['MseThreshold'], 'MseTooHigh'],
    ['of a score', ReportMetric.at('metrics.auc').atLeast(0.9), ['AucThreshold'], 'AucTooLow'],
    ['of two', PipelineCondition.all(ReportMetric.at('auc').atLeast(0.9), ReportMetric.at('mse').atMost(6)), ['AucThreshold', 'MseThreshold'], 'AucNotAccepted'],
    ['of a number that is a parameter already', ReportMetric.at('mse').atMost(PipelineParameter.number('Limit', { defaultValue: 1 }).asNumber()), ['Limit'], 'MseNotAccepted'],
  ])('%s', (_, acceptance, parameters, failure) => {
    const definition = fixture(() => ({ acceptance })).definition();
    const others = ['InputData', 'ProcessingInstanceType', 'ProcessingInstanceCount', 'TrainingInstanceType', 'ModelApprovalStatus'];
    expect(definition.Parameters.map((p: any) => p.Name).filter((n: string) => !others.includes(n))).toEqual(parameters);
    expect(step(definition, failure)).toBeDefined();
  });

  test.each<[string, PipelineCondition, [string, number][]]>([
    ['a range of one metric', PipelineCondition.all(ReportMetric.at('mse').atLeast(1), ReportMetric.at('mse').atMost(6)), [['MseThresholdMin', 1], ['MseThresholdMax', 6]]],
    ['one number twice', PipelineCondition.any(ReportMetric.at('mse').atMost(6), PipelineCondition.none(ReportMetric.at('mse').atMost(6))), [['MseThreshold', 6]]],
    ['two numbers on one side', PipelineCondition.any(ReportMetric.at('mse').atMost(6), ReportMetric.at('mse').atMost(3)), [['MseThresholdMax', 6], ['MseThresholdMax2', 3]]],
    ['two metrics of one name', PipelineCondition.all(ReportMetric.at('train.auc').atLeast(0.9), ReportMetric.at('test.auc').atLeast(0.8)), [['TrainAucThreshold', 0.9], ['TestAucThreshold', 0.8]]],
  ])('of %s', (_, acceptance, expected) => {
    const { Parameters } = fixture(() => ({ acceptance })).definition();
    expect(Parameters.filter((p: any) => p.Name.includes('Threshold')).map((p: any) => [p.Name, p.DefaultValue])).toEqual(expected);
  });

  test('of a metric of another step is a problem', () => {
    const other = new ProcessingStep('Other', { image, outputs: [ProcessingOutput.of('o')], report: { outputName: 'o', path: 'r.json' } });
    expect(() => fixture(() => ({ acceptance: other.metric('mse').atMost(1) })))
      .toThrow("acceptance must look at the report of the evaluation: ReportMetric.at('mse'), got a metric of step 'Other'");
  });

  test('of a path that is not known at synth is a problem', () => {
    const path = PipelineParameter.text('Path', { defaultValue: 'mse' }).asString();
    expect(() => fixture(() => ({ acceptance: ReportMetric.at(path).atMost(1) }))).toThrow('the path of a metric must be known at synth');
  });

  test('compares the metric of the evaluation with the threshold', () => {
    expect(step(fixture().definition(), 'CheckMse').Arguments.Conditions).toEqual([{
      Type: 'LessThanOrEqualTo',
      LeftValue: { 'Std:JsonGet': { PropertyFile: { Get: 'Steps.Evaluate.PropertyFiles.EvaluationReport' }, Path: 'regression_metrics.mse.value' } },
      RightValue: { Get: 'Parameters.MseThreshold' },
    }]);
  });
});

test('evaluates with what the training has not seen', () => {
  const { ProcessingInputs } = step(fixture().definition(), 'Evaluate').Arguments;
  expect(ProcessingInputs.map((i: any) => [i.InputName, i.S3Input.LocalPath])).toEqual([['model', '/opt/ml/processing/model'], ['test', '/opt/ml/processing/test']]);
});

test('evaluates with what it is told to', () => {
  const { definition } = fixture(props => ({ evaluation: { ...props.evaluation, inputs: ['validation'] } }));
  expect(step(definition(), 'Evaluate').Arguments.ProcessingInputs.map((i: any) => i.InputName)).toEqual(['model', 'validation']);
});

test('hyperparameters stand in the order of their names, whatever the order of the map', () => {
  const keys = (hyperparameters: Record<string, string>) =>
    Object.keys(step(fixture(props => ({ training: { ...props.training, hyperparameters } })).definition(), 'Train').Arguments.HyperParameters);
  expect(keys({ b: '1', a: '2', C: '3' })).toEqual(keys({ C: '3', a: '2', b: '1' }));
});

test('jobs, roles and steps can be told apart from the defaults', () => {
  const { stack, pipeline, definition } = fixture(props => {
    const role = new Role(Stack.of(props.artifacts), 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    return {
      role,
      jobRole: role,
      jobDefaults: JobDefaults.none(),
      compliance: { enforcement: ComplianceEnforcement.OFF },
      processing: { ...props.processing, volumeSize: Size.gibibytes(50), maxRuntime: Duration.hours(2), environment: { A: 'b' } },
      training: { ...props.training, instanceCount: 2, volumeSize: Size.gibibytes(60), maxRuntime: Duration.hours(3), environment: { C: 'd' } },
    };
  });
  const steps = [pipeline.processStep, pipeline.trainStep, pipeline.evaluateStep, pipeline.registerStep, pipeline.checkStep];
  steps.forEach(s => s.addOverride('DisplayName', `The ${s.stepName}`));
  const made = definition();
  expect(['Process', 'Train', 'Evaluate', 'Register', 'CheckMse'].map(n => step(made, n).DisplayName)).toEqual(steps.map(s => `The ${s.stepName}`));
  const { Arguments: processing } = step(made, 'Process');
  expect([processing.ProcessingResources.ClusterConfig.VolumeSizeInGB, processing.StoppingCondition.MaxRuntimeInSeconds, processing.Environment]).toEqual([50, 7200, { A: 'b' }]);
  expect(processing.NetworkConfig).toBeUndefined();
  const { Arguments: training } = step(made, 'Train');
  expect(training.ResourceConfig).toMatchObject({ InstanceCount: 2, VolumeSizeInGB: 60 });
  expect([training.StoppingCondition.MaxRuntimeInSeconds, training.Environment]).toEqual([10_800, { C: 'd' }]);
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
  expect(pipeline.pipeline.pipelineName).toBe(pipeline.pipelineName);
});

test('code of the user, caches and retries of what prepares and evaluates', () => {
  const code = ScriptCode.fromFile(__filename);
  const more = { code, cache: StepCache.expiringAfter(Duration.days(30)), retries: [StepRetry.onCapacity({ maxAttempts: 3 })] };
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const { definition } = fixture(props => ({ processing: { ...props.processing, ...more }, evaluation: { ...props.evaluation, ...more } }), stack);
  for (const name of ['Process', 'Evaluate']) {
    const { Arguments: { AppSpecification, ProcessingInputs }, CacheConfig, RetryPolicies } = step(definition(), name);
    expect(AppSpecification.ContainerEntrypoint).toEqual(code._command('/opt/ml/processing/input/code'));
    expect(ProcessingInputs.at(-1).InputName).toBe('code');
    expect(CacheConfig).toEqual({ Enabled: true, ExpireAfter: 'P30D' });
    expect(RetryPolicies[0]).toMatchObject({ ExceptionType: ['SageMaker.CAPACITY_ERROR'], MaxAttempts: 3 });
  }
  expect(step(definition(), 'Process').Arguments.AppSpecification.ContainerArguments).toEqual(['--input-data', { Get: 'Parameters.InputData' }]);
});

test('bad input is one error', () => {
  const bad = SageMakerImage.fromUri('has space');
  expect(() => fixture(props => ({
    processing: { ...props.processing, image: bad, instanceCount: 0, instanceType: 'large' },
    training: { ...props.training, image: bad, channels: ['trian'], instanceType: 'large' },
    evaluation: { ...props.evaluation, image: bad, inputs: ['tset'] },
    registration: { ...props.registration, image: bad, approvalStatus: 'Maybe', contentTypes: [] },
    acceptance: PipelineParameter.number('N').atMost(1),
  }))).toThrow(new Error([
    "MlTrainingPipeline at 'Stack/Pipeline' has 10 problems:",
    "  - training.channels[0] must be one of train, validation, test, got 'trian'",
    "  - evaluation.inputs[0] must be one of train, validation, test, got 'tset'",
    '  - acceptance must look at a metric of the report: ReportMetric.at(path).atMost(number)',
    "  - image of the steps 'Process', 'Train', 'Evaluate', 'Register' must be 1 to 255 characters without spaces, got 'has space'",
    "  - step 'Process'.instanceType (default of the parameter 'ProcessingInstanceType') must look like 'ml.m5.large', got 'large'",
    "  - step 'Process'.instanceCount (default of the parameter 'ProcessingInstanceCount') must be a whole number between 1 and 100, got 0",
    "  - step 'Train'.instanceType (default of the parameter 'TrainingInstanceType') must look like 'ml.m5.large', got 'large'",
    "  - step 'Evaluate'.instanceType (default of the parameter 'ProcessingInstanceType') must look like 'ml.m5.large', got 'large'",
    "  - step 'Register'.contentTypes must hold 1 to 100 entries, got 0",
    "  - parameter 'ModelApprovalStatus'.defaultValue must be one of Approved, PendingManualApproval, Rejected, got 'Maybe'",
  ].join('\n')));
});

test('two in one stack have names and roles of their own', () => {
  const { stack, pipeline } = fixture();
  const { stack: other } = fixture();
  const artifacts = new ModelArtifactBucket(stack, 'Others');
  new MlTrainingPipeline(stack, 'Second', {
    artifacts,
    data: artifacts.dataset('churn'),
    processing: { image, outputs: ['train'] },
    training: { image, channels: ['train'] },
    evaluation: { image, report: 'r.json', inputs: ['train'] },
    acceptance: ReportMetric.at('auc').atLeast(0.5),
    registration: { registry: ModelRegistry.fromModelPackageGroupName(stack, 'Known', 'known'), image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] },
  });
  const names = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Pipeline')).map(p => p.Properties.PipelineName);
  expect(new Set(names).size).toBe(2);
  expect(stack.resolve(pipeline.pipelineName)).toEqual({ Ref: 'Pipeline9850B417' });
  Template.fromStack(other).resourceCountIs('AWS::SageMaker::Pipeline', 1);
});

test('what the training says beyond the usual', () => {
  const { definition } = fixture(({ training }) => ({
    training: {
      ...training,
      code: ScriptCode.fromFile(__filename),
      spot: { maxWait: Duration.days(2) },
      checkpoints: {},
      keepAlivePeriod: Duration.minutes(5),
      cache: StepCache.expiringAfter(Duration.days(1)),
      retries: [StepRetry.onCapacity()],
    },
  }));
  const { Arguments, CacheConfig, RetryPolicies } = step(definition(), 'Train');
  expect(Arguments).toMatchObject({
    EnableManagedSpotTraining: true,
    StoppingCondition: { MaxWaitTimeInSeconds: 172_800 },
    ResourceConfig: { KeepAlivePeriodInSeconds: 300 },
    CheckpointConfig: { S3Uri: expect.anything() },
    AlgorithmSpecification: { ContainerEntrypoint: expect.arrayContaining(['ml-training-pipeline.test.ts']) },
  });
  expect(Arguments.InputDataConfig.map((c: any) => c.ChannelName)).toEqual(['train', 'validation', 'code']);
  expect(CacheConfig).toEqual({ Enabled: true, ExpireAfter: 'P1D' });
  expect(RetryPolicies).toHaveLength(1);
});

test('what a SageMakerPipeline can say is handed on', () => {
  const { stack, definition } = fixture(() => ({
    description: 'Predicts churn',
    experiment: PipelineExperiment.named('churn'),
    mlflow: MlflowTracking.appFromArn('arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1'),
    maxParallelSteps: 2,
  }));
  expect(definition()).toMatchObject({ PipelineExperimentConfig: { ExperimentName: 'churn' }, MlflowConfig: { MlflowResourceArn: 'arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1' } });
  Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Pipeline', {
    PipelineDescription: 'Predicts churn', ParallelismConfiguration: { MaxParallelExecutionSteps: 2 },
  });
});

test('roles of triggers and notices get the permissions boundary of the organisation, too', () => {
  const { stack, pipeline } = fixture(props => ({
    triggers: [PipelineTrigger.onNewData(), PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(1)))],
    notifications: { onFailure: new Topic(props.artifacts, 'Topic') },
  }));
  pipeline.addTrigger(PipelineTrigger.onEvent({ source: ['my.app'] }));
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::Role', 6);
  template.allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
});

describe('the evaluation', () => {
  test('can say what the processing can', () => {
    const { definition } = fixture(props => ({
      evaluation: { ...props.evaluation, instanceType: 'ml.c5.xlarge', volumeSize: Size.gibibytes(7), maxRuntime: Duration.hours(2), environment: { A: 'b' } },
    }));
    const { Parameters } = definition();
    const { ProcessingResources, StoppingCondition, Environment } = step(definition(), 'Evaluate').Arguments;
    expect(ProcessingResources.ClusterConfig).toMatchObject({ InstanceType: { Get: 'Parameters.EvaluationInstanceType' }, VolumeSizeInGB: 7 });
    expect([StoppingCondition, Environment]).toEqual([{ MaxRuntimeInSeconds: 7200 }, { A: 'b' }]);
    expect(Parameters.find((p: any) => p.Name === 'EvaluationInstanceType')).toEqual({ Name: 'EvaluationInstanceType', Type: 'String', DefaultValue: 'ml.c5.xlarge' });
  });

  test('runs on the type of the processing unless it says another', () => {
    expect(step(fixture().definition(), 'Evaluate').Arguments.ProcessingResources.ClusterConfig.InstanceType).toEqual({ Get: 'Parameters.ProcessingInstanceType' });
  });

  test('must have a type that is one', () => {
    expect(errorOf(() => fixture(props => ({ evaluation: { ...props.evaluation, instanceType: 'c5' } })))).toContain("step 'Evaluate'.instanceType (default of the parameter 'EvaluationInstanceType') must look like 'ml.m5.large', got 'c5'");
  });
});

test('a long metric gives names of steps that are cut, and still differ', () => {
  const names = (metric: string) => fixture(() => ({ acceptance: ReportMetric.at(metric).atMost(6) })).definition().Steps.at(-1);
  const [one, other] = ['a', 'b'].map(end => names('m'.repeat(61) + end));
  for (const check of [one, other]) {
    expect(check.Name).toMatch(/^CheckMm+[0-9a-f]{8}$/);
    expect(check.Arguments.ElseSteps[0].Name).toMatch(/^Mm+[0-9a-f]{8}TooHigh$/);
    expect([check.Name.length, check.Arguments.ElseSteps[0].Name.length]).toEqual([64, 64]);
  }
  expect(one.Name).not.toBe(other.Name);
  expect(names('m'.repeat(57)).Name).toBe(`CheckM${'m'.repeat(56)}`);
});

describe('with a role of jobs that is brought along', () => {
  const brought = (triggers: PipelineTrigger[] = []) => {
    const stack = new Stack(new App(), 'Stack');
    const jobRole = new Role(stack, 'Jobs', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    return Template.fromStack(fixture(() => ({ jobRole, triggers }), stack).stack);
  };
  /** Policies that let it read the data. */
  const policies = (template: Template) => Object.entries<any>(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([, p]) => JSON.stringify(p.Properties.PolicyDocument).includes('/datasets/abalone/*')).map(([id]) => id);

  test('the pipeline waits for the right to read the data', () => {
    const template = brought();
    const [pipeline] = Object.values<any>(template.findResources('AWS::SageMaker::Pipeline'));
    expect(policies(template)).toHaveLength(1);
    expect(pipeline.DependsOn).toEqual(expect.arrayContaining(policies(template)));
  });

  test('a trigger waits for the right to read the object', () => {
    const template = brought([PipelineTrigger.onNewData({ passObject: true })]);
    const [rule] = Object.values<any>(template.findResources('AWS::Events::Rule'));
    const [pipeline] = Object.values<any>(template.findResources('AWS::SageMaker::Pipeline'));
    policies(template).forEach(id => expect([...rule.DependsOn, ...pipeline.DependsOn]).toContain(id));
  });
});
