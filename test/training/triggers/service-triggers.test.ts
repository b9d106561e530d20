import { App, Stack } from 'aws-cdk-lib';
import { Alarm, CompositeAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnPipeline as CfnCodePipeline, Pipeline as CodePipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnPipeline } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { expectStarts, image, patternOf, triggered } from './fixture';
import {
  ConditionStep, CustomContainerRepo, Dataset, ForEachStep, IterableItems, ModelRegistry, PipelineParameter, PipelineStep, PipelineTrigger,
  RegisterModelStep, SageMakerPipeline,
} from '../../../src';
import { errorOf, expectCompliant, warning, warningsOf } from '../../helper';

const repository = (scope: Construct) => Repository.fromRepositoryName(scope, 'Images', 'images');

describe('a pushed image', () => {
  const pushed = { 'action-type': ['PUSH'], 'result': ['SUCCESS'], 'repository-name': ['images'] };

  test.each<[string | undefined, object]>([
    [undefined, pushed], ['latest', { ...pushed, 'image-tag': ['latest'] }], ['1.4.*', { ...pushed, 'image-tag': [{ wildcard: '1.4.*' }] }],
  ])('with the tag %p starts it', (imageTag, detail) => {
    const fixture = triggered(s => [PipelineTrigger.onImagePush(repository(s), { imageTag, parameters: { Place: '$.detail.image-digest' } })]);
    expect(patternOf(fixture.template())).toEqual({ 'source': ['aws.ecr'], 'detail-type': ['ECR Image Action'], detail });
    expectStarts(fixture, 'OnImagePush', { Place: '$.detail.image-digest' });
  });

  test('of a repository that the stack makes is known by its name', () => {
    const fixture = triggered(s => [PipelineTrigger.onImagePush(new CustomContainerRepo(s, 'Images').repository)]);
    expect(patternOf(fixture.template()).detail['repository-name']).toEqual([{ Ref: expect.stringMatching(/^Images/) }]);
    expectCompliant(fixture.stack);
  });

  test('needs a tag that can be one', () => {
    expect(errorOf(() => triggered(s => [PipelineTrigger.onImagePush(repository(s), { imageTag: '-1' })])))
      .toContain("triggers[0].imageTag must be a tag: up to 128 letters, digits, _, . and -, or * for any of them, got '-1'");
  });
});

test.each<[string, (scope: Construct) => any, unknown]>([
  ['made by L1', s => new CfnCodePipeline(s, 'Code', { roleArn: 'arn', stages: [] }), { Ref: 'Code' }],
  ['imported', s => CodePipeline.fromPipelineArn(s, 'Code', 'arn:aws:codepipeline:eu-west-1:111122223333:build'), 'build'],
])('a code pipeline that is %s starts it when it succeeds', (_, code, name) => {
  const fixture = triggered(s => [PipelineTrigger.onCodePipeline(code(s), { parameters: { Place: '$.detail.execution-id' } })]);
  expect(patternOf(fixture.template())).toEqual({
    'source': ['aws.codepipeline'], 'detail-type': ['CodePipeline Pipeline Execution State Change'], 'detail': { pipeline: [name], state: ['SUCCEEDED'] },
  });
  expectStarts(fixture, 'OnCodePipeline', { Place: '$.detail.execution-id' });
});

const drift = (scope: Construct) => new Alarm(scope, 'Drift', { metric: new Metric({ namespace: 'N', metricName: 'M' }), threshold: 1, evaluationPeriods: 1 });

test.each<[string, (scope: Construct) => any, unknown]>([
  ['an alarm', drift, { 'Fn::GetAtt': ['Drift4E2EE4E9', 'Arn'] }],
  ['a composite alarm', s => new CompositeAlarm(s, 'Any', { alarmRule: drift(s) }), { 'Fn::GetAtt': [expect.stringMatching(/^Any/), 'Arn'] }],
  ['an imported alarm', s => Alarm.fromAlarmArn(s, 'Drift', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:drift'), 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:drift'],
])('%s starts it when it goes off', (_, alarm, arn) => {
  const fixture = triggered(s => [PipelineTrigger.onAlarm(alarm(s))]);
  const { resources, ...rest } = patternOf(fixture.template());
  expect(rest).toEqual({ 'source': ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], 'detail': { state: { value: ['ALARM'] } } });
  expect(resources).toEqual([typeof arn === 'string' || !('Fn::GetAtt' in (arn as object)) ? arn : { 'Fn::GetAtt': [expect.any(String), 'Arn'] }]);
  expectStarts(fixture, 'OnAlarm');
});

test('another pipeline starts it when it succeeds, in whatever case its ARN is', () => {
  const fixture = triggered(s => [PipelineTrigger.onPipeline(new CfnPipeline(s, 'Other', { pipelineName: 'Other', pipelineDefinition: {}, roleArn: 'arn' }))]);
  expect(patternOf(fixture.template())).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Building Pipeline Execution Status Change'],
    'detail': {
      pipelineArn: [{ 'equals-ignore-case': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:pipeline/', { Ref: 'Other' }]] } }],
      currentPipelineExecutionStatus: ['Succeeded'],
    },
  });
  expectStarts(fixture, 'OnPipeline');
});

test('it cannot start itself for ever', () => {
  const { pipeline } = triggered(() => []);
  expect(errorOf(() => pipeline.addTrigger(PipelineTrigger.onPipeline(pipeline)))).toContain('triggers[0] would start the pipeline again whenever it succeeds, for ever');
});

test('an approved model starts it', () => {
  const fixture = triggered(s => [PipelineTrigger.onModelApproved(ModelRegistry.fromModelPackageGroupName(s, 'Models', 'churn'), { parameters: { Place: '$.detail.ModelPackageArn' } })]);
  expect(patternOf(fixture.template())).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Package State Change'],
    'detail': { ModelPackageGroupName: ['churn'], ModelPackageStatus: ['Completed'], ModelApprovalStatus: ['Approved'] },
  });
  expectStarts(fixture, 'OnModelApproved', { Place: '$.detail.ModelPackageArn' });
});

describe('any event', () => {
  test('starts it', () => {
    const fixture = triggered(() => [PipelineTrigger.onEvent({ source: ['my.app'], detailType: ['Order'], detail: { size: [{ numeric: ['>', 1] }] } })]);
    expect(patternOf(fixture.template())).toEqual({ 'source': ['my.app'], 'detail-type': ['Order'], 'detail': { size: [{ numeric: ['>', 1] }] } });
    expectStarts(fixture, 'OnEvent');
  });

  test('in any order is the same trigger', () => {
    const of = (pattern: EventPattern) => triggered(() => [PipelineTrigger.onEvent(pattern)]).template().toJSON();
    const [one, other] = [
      { source: ['my.app'], detailType: ['Order'], detail: { size: [{ numeric: ['>', 1] }], type: { big: [true], also: [1] } } },
      { detail: { type: { also: [1], big: [true] }, size: [{ numeric: ['>', 1] }] }, detailType: ['Order'], source: ['my.app'] },
    ].map(of);
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(Object.keys(one.Resources).filter(id => /OnEvent\w+Rule/.test(id))).toEqual(['PipelineOnEvente5420487Rule2DAB6E27']);
  });

  test('must be described', () => {
    expect(errorOf(() => triggered(() => [PipelineTrigger.onEvent({})]))).toContain('triggers[0] must say which events: PipelineTrigger.onEvent({ source: [...] })');
  });
});

const elsewhere = (scope: Construct) => new Stack(Stack.of(scope).node.scope!, 'There', { env: { account: '444455556666', region: 'us-east-1' } });

test('data of another account or Region never tells', () => {
  const error = errorOf(() => triggered(s => [PipelineTrigger.onNewData({ data: Dataset.fromBucket(new Bucket(elsewhere(s), 'Lake', { bucketName: 'lake' }), 'raw/') })]));
  expect(error).toContain('has 2 problems');
  expect(error).toContain('triggers[0] hears no events of a bucket in account 444455556666, since the pipeline is in 111122223333: forward them');
  expect(error).toContain('triggers[0] hears no events of a bucket in Region us-east-1, since the pipeline is in eu-west-1');
});

describe('approvals of models that the pipeline itself registers', () => {
  const approval = (defaultValue: string) => PipelineParameter.text('Approval', { defaultValue }).asString();
  interface Options { parameters?: Record<string, string>; into?: string; later?: boolean; around?: (step: PipelineStep) => PipelineStep }
  const inCondition = (step: PipelineStep) => new ConditionStep('If', { condition: PipelineParameter.flag('Go', { defaultValue: true }).equalToFlag(true), ifSteps: [step] });
  const inLoop = (step: PipelineStep) => new ForEachStep('Loop', { items: IterableItems.texts('a'), maxConcurrency: 1, body: [step] });
  const run = (approvalStatus: string | undefined, options: Options = {}) => {
    const stack = new Stack(new App(), 'Stack');
    const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'churn');
    const heard = ModelRegistry.fromModelPackageGroupName(stack, 'Heard', options.into ?? 'churn');
    const register = new RegisterModelStep('Register', {
      registry, image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'], approvalStatus,
    });
    const trigger = PipelineTrigger.onModelApproved(heard, { parameters: options.parameters });
    const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps: [(options.around ?? (s => s))(register)], triggers: options.later ? [] : [trigger] });
    if (options.later) { pipeline.addTrigger(trigger); }
    return stack;
  };
  const problem = "triggers[0] would start the pipeline again whenever 'Register' registers a model as Approved, for ever";

  test.each<[string, Parameters<typeof run>]>([
    ['approved at once', ['Approved']],
    ['approved by a default', [approval('Approved')]],
    ['approved by what the trigger passes', [approval('Rejected'), { parameters: { Approval: 'Approved' } }]],
    ['approved, heard later', ['Approved', { later: true }]],
    ['approved in a loop', ['Approved', { around: inLoop }]],
  ])('%s: refused', (_, [status, options]) => {
    expect(errorOf(() => run(status, options))).toContain(`has 1 problem:\n  - ${problem}`);
  });

  test.each([false, true])('approved if a condition holds, which may end it: a warning, heard later: %p', later => {
    expect(warningsOf(run('Approved', { around: inCondition, later }))).toContainEqual(warning('endlessTriggers', "'Stack/Pipeline' starts when 'Stack/Pipeline' registers a model as Approved"));
    expect(warningsOf(run(undefined, { around: inCondition })).filter(w => w.includes('endlessTriggers'))).toEqual([]);
  });

  test.each<[string, Parameters<typeof run>]>([
    ['by somebody', [undefined]],
    ['in another registry', ['Approved', { into: 'other' }]],
    ['not by what the trigger passes', [approval('Approved'), { parameters: { Approval: 'PendingManualApproval' } }]],
  ])('%s: fine', (_, [status, options]) => {
    expect(() => run(status, options)).not.toThrow();
  });
});

test('events of another account or Region never come', () => {
  const error = errorOf(() => triggered(s => [PipelineTrigger.onAlarm(drift(elsewhere(s)))]));
  expect(error).toContain('has 2 problems');
  expect(error).toContain('triggers[0] hears no events of an alarm in account 444455556666, since the pipeline is in 111122223333: forward them');
  expect(error).toContain('triggers[0] hears no events of an alarm in Region us-east-1, since the pipeline is in eu-west-1');
});
