import { App, CfnParameter, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Dataset, ModelArtifactBucket, PipelineTrigger, ProcessingStep, SageMakerImage, SageMakerPipeline } from '../../../src';
import { warningsOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

function fixture(...triggers: ((data: Dataset) => PipelineTrigger)[]) {
  const stack = new Stack(new App(), 'Stack');
  const data = Dataset.fromBucket(Bucket.fromBucketName(stack, 'Lake', 'lake'), 'raw/');
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image })], triggers: triggers.map(t => t(data)) });
  return { stack, pipeline, template: Template.fromStack(stack) };
}

test('new data starts the pipeline once for each marker, with its defaults', () => {
  const { stack, pipeline, template } = fixture(data => PipelineTrigger.onNewData({ data, marker: '.done' }));
  template.hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: ['lake'] }, object: { key: [{ wildcard: 'raw/*.done' }] } } },
    Targets: [Match.objectLike({ Arn: stack.resolve(pipeline.pipelineArn), SageMakerPipelineParameters: { PipelineParameterList: [] } })],
  });
});

test('a schedule starts the pipeline with its defaults, in its own time zone', () => {
  const { stack, pipeline, template } = fixture(() => PipelineTrigger.onSchedule(ScheduleExpression.cron({ hour: '6', minute: '0', timeZone: TimeZone.EUROPE_VIENNA })));
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 6 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Vienna',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: Match.objectLike({ Arn: stack.resolve(pipeline.pipelineArn), SageMakerPipelineParameters: { PipelineParameterList: [] } }),
  });
});

const every = (days: number) => () => PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(days)));
const both = [(data: Dataset) => PipelineTrigger.onNewData({ data }), () => PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(1)))];

test.each([['events', 'OnNewData'], ['scheduler', 'OnSchedule']])('%s starts it with a role that can do nothing else', (service, id) => {
  const { stack, pipeline, template } = fixture(...both);
  const roles = Object.entries(template.findResources('AWS::IAM::Role')).filter(([name]) => name.includes(id));
  expect(roles.map(([, r]) => r.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service)).toEqual([`${service}.amazonaws.com`]);
  const [policy] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([name]) => name.includes(id)).map(([, p]) => p);
  const [start, ...others] = policy.Properties.PolicyDocument.Statement;
  expect(start).toEqual({ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: stack.resolve(pipeline.pipelineArn) });
  expect(others.map((s: any) => s.Action)).toEqual(service === 'scheduler' ? ['sqs:SendMessage'] : []);
});

test('what cannot be delivered goes to one queue, which takes it from these rules by TLS only', () => {
  const { template } = fixture(...both);
  template.resourceCountIs('AWS::SQS::Queue', 1);
  template.hasResourceProperties('AWS::SQS::Queue', { RedriveAllowPolicy: { redrivePermission: 'allowAll' }, SqsManagedSseEnabled: true });
  const letters = { DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } } };
  template.hasResourceProperties('AWS::Events::Rule', { Targets: [Match.objectLike(letters)] });
  template.hasResourceProperties('AWS::Scheduler::Schedule', { Target: Match.objectLike(letters) });
  template.hasResourceProperties('AWS::SQS::QueuePolicy', {
    PolicyDocument: {
      Statement: [
        Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        Match.objectLike({ Effect: 'Allow', Action: 'sqs:SendMessage', Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('OnNewData[0-9a-f]{8}Rule'), 'Arn'] } } } }),
      ],
    },
  });
});

test('a pipeline without triggers has no queue', () => {
  fixture().template.resourceCountIs('AWS::SQS::Queue', 0);
});

test('two triggers of one kind stand side by side', () => {
  fixture(every(1), every(2)).template.resourceCountIs('AWS::Scheduler::Schedule', 2);
});

test('a trigger keeps its ids when another is removed', () => {
  const ids = (template: Template) => Object.keys(template.findResources('AWS::Scheduler::Schedule'));
  expect(ids(fixture(every(1), every(2)).template)).toEqual(expect.arrayContaining(ids(fixture(every(2)).template)));
});

test('two triggers that say the same are a problem', () => {
  expect(() => fixture(every(1), every(2), every(1))).toThrow('triggers[2] must differ from triggers[0]');
});

test.each<[string, (stack: Stack) => IBucket, number]>([
  ['that certainly sends no events', stack => new Bucket(stack, 'B'), 1],
  ['that sends events by a custom resource', stack => new Bucket(stack, 'B', { eventBridgeEnabled: true }), 0],
  ['that others made', stack => Bucket.fromBucketName(stack, 'B', 'lake'), 0],
  ['of the library', stack => new ModelArtifactBucket(stack, 'B').bucket, 0],
])('a bucket %s: %#', (_, bucket, count) => {
  const stack = new Stack(new App(), 'Stack');
  const data = Dataset.fromBucket(bucket(stack), 'raw/');
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image })], triggers: [PipelineTrigger.onNewData({ data })] });
  Template.fromStack(stack);
  expect(warningsOf(stack).filter(w => w.includes('cdk-ml-patterns:noBucketEvents'))).toHaveLength(count);
});

test.each(['*', 'a?b', ''])('the marker %p is refused', marker => {
  expect(() => fixture(data => PipelineTrigger.onNewData({ data, marker }))).toThrow(/triggers\[0\]\.marker must be 1 to 256 characters without \*, \? and/);
});

test('triggers that differ in tokens only stand side by side', () => {
  const stack = new Stack(new App(), 'Stack');
  const triggers = ['One', 'Two'].map(id => PipelineTrigger.onSchedule(ScheduleExpression.expression(new CfnParameter(stack, id).valueAsString)));
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image })], triggers });
  Template.fromStack(stack).resourceCountIs('AWS::Scheduler::Schedule', 2);
});

test('data in buckets of two stacks with the same ids are different', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const triggers = ['X', 'Y'].map(id => PipelineTrigger.onNewData({ data: new ModelArtifactBucket(new Stack(app, id), 'Data').dataset('d') }));
  new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image })], triggers });
  Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 2);
});
