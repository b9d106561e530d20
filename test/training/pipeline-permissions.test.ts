import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { pipelineOf } from './steps/pipeline-of';
import {
  ConditionStep, EndpointConfigStep, FailStep, JobDefaults, LambdaStep, PipelineExecution, PipelineExperiment, PipelineParameter,
  PipelineStep, PipelineTrigger,
  SageMakerPipeline, StepVariant,
} from '../../src';

const steps = () => [new FailStep('Stop', { message: 'x' })];

/** ARNs of experiments and trials in the policy of the pipeline's role, below the account. */
function allowed(experiment?: PipelineExperiment): { experiments: string[]; trials: string[] } {
  const { statements } = pipelineOf(steps, { pipelineName: 'Churn', experiment });
  const resources = (action: string): string[] => statements().filter(s => [s.Action].flat().includes(action)).flatMap(s => s.Resource)
    .map(r => typeof r === 'string' ? r : r['Fn::Join'][1].map((p: any) => typeof p === 'string' ? p : '${Token}').join(''))
    .map(r => r.replace(/^.*:111122223333:/, ''));
  return { experiments: resources('sagemaker:CreateExperiment'), trials: resources('sagemaker:CreateTrial') };
}

const trialsOf = (...experiments: string[]) => ({ experiments, trials: [...experiments, 'experiment-trial/*', 'experiment-trial-component/*'] });
const text = (name: string, more = {}) => PipelineParameter.text(name, more).asString();

test.each<[string, PipelineExperiment | undefined, string[]]>([
  ['none said', undefined, ['experiment/churn']],
  ['a name', PipelineExperiment.named('Shared-Exp'), ['experiment/shared-exp']],
  ['a name and a trial', PipelineExperiment.trial('Shared-Exp', 'One'), ['experiment/shared-exp']],
  ['the name of the pipeline', PipelineExperiment.named(PipelineExecution.PIPELINE_NAME.asString()), ['experiment/churn']],
  ['a parameter, of which an execution may give another', PipelineExperiment.named(text('Exp', { defaultValue: 'Shared' })), ['experiment/*']],
  ['a parameter with allowed values', PipelineExperiment.named(text('Exp', { defaultValue: 'Aa', allowedValues: ['Aa', 'b'] })), ['experiment/aa', 'experiment/b']],
  ['a beginning that is known', PipelineExperiment.named(`Team-${text('Exp')}`), ['experiment/team-*']],
])('the experiment that the pipeline may make: %s', (_, experiment, experiments) => {
  expect(allowed(experiment)).toEqual(trialsOf(...experiments));
});

test('a pipeline without an experiment may make none', () => {
  const { statements } = pipelineOf(steps, { experiment: PipelineExperiment.none() });
  expect(JSON.stringify(statements())).not.toMatch(/xperiment|Trial/);
});

describe('a name with capitals, which ARNs of SageMaker have not', () => {
  const resourcesOf = (pipelineName?: string) => {
    const daily = PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(1)));
    const { stack, pipeline } = pipelineOf(steps, { pipelineName, triggers: [daily] });
    const role = new Role(stack, 'Starter', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    pipeline.grants.start(role);
    pipeline.grants.completeCallbacks(role);
    const template = Template.fromStack(stack);
    const policies = { ...template.findResources('AWS::IAM::Policy'), ...template.findResources('AWS::IAM::ManagedPolicy') };
    const starts = Object.values(policies).flatMap(p => p.Properties.PolicyDocument.Statement);
    return starts.filter(s => /StartPipelineExecution|SendPipeline/.test(JSON.stringify(s.Action))).map(s => [s.Resource].flat().map(r => r['Fn::Join'][1].map((p: any) => typeof p === 'string' ? p : `{${p.Ref}}`).join('')));
  };
  const arn = (name: string) => `arn:{AWS::Partition}:sagemaker:eu-west-1:111122223333:pipeline/${name}`;

  test('both may be started, by triggers and by grants', () => {
    const both = [arn('{Pipeline}'), arn('churn-a')];
    const found = resourcesOf('Churn-A').map(list => list.map(r => r.replace(/\{Pipeline[0-9A-F]{8}\}/, '{Pipeline}')));
    expect(found).toHaveLength(3);
    expect(found.filter(list => !list[0].endsWith('/execution/*'))).toEqual([both, both]);
    expect(found.filter(list => list[0].endsWith('/execution/*'))).toEqual([both.map(r => `${r}/execution/*`)]);
  });

  test('one in small letters is one', () => {
    for (const name of ['churn-a', undefined]) { expect(resourcesOf(name).map(list => list.length)).toEqual([1, 1, 1]); }
  });
});

test('a pipeline without jobs has no key', () => {
  const lambda = LambdaFunction.fromFunctionArn(new Stack(), 'F', 'arn:aws:lambda:eu-west-1:111122223333:function:f');
  const condition = PipelineExecution.ID.equalTo('x');
  const jobless = () => [new ConditionStep('Check', { condition, ifSteps: steps(), elseSteps: [new LambdaStep('Call', { lambdaFunction: lambda })] })];
  const keysOf = (more: PipelineStep[], jobDefaults?: JobDefaults) => {
    const stack = new Stack(new App(), 'Stack');
    new SageMakerPipeline(stack, 'Pipeline', { steps: [...jobless(), ...more], jobDefaults });
    return Object.keys(Template.fromStack(stack).findResources('AWS::KMS::Key')).length;
  };
  expect(keysOf([])).toBe(0);
  expect(keysOf([], JobDefaults.secure())).toBe(1);
  expect(keysOf([new EndpointConfigStep('Config', { variants: [StepVariant.instances('m')] })])).toBe(1);
});
