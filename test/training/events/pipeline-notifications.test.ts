import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  ConditionStep, ModelRegistry, PipelineNotifications, PipelineParameter, PipelineTrigger, ProcessingStep, RegisterModelStep, SageMakerPipeline,
} from '../../../src';
import { errorOf, expectCompliant, onlyResource, stackFixture, statementsOf } from '../../helper';
import { trainingPipelineOf } from '../happy-path/training-pipeline-of';
import { image } from '../triggers/fixture';

const topicOf = (scope: Construct) => Topic.fromTopicArn(scope, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:team');

function notified(names: (keyof PipelineNotifications)[]) {
  const fixture = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const { stack } = fixture;
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'churn');
  const topic = topicOf(stack);
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', {
    pipelineName: 'churn',
    steps: [
      new ProcessingStep('Process', { image }),
      new RegisterModelStep('Register', { registry, image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] }),
    ],
    notifications: Object.fromEntries(names.map(n => [n, topic])),
  });
  const rules = () => Object.values(fixture.template().findResources('AWS::Events::Rule')).map(r => r.Properties);
  return { ...fixture, pipeline, rules };
}

const ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:pipeline/', { Ref: expect.stringMatching(/^Pipeline/) }]] };
const ENDED = '"An execution of the pipeline <pipeline> ended at <time> as <status>: <execution>"';

test.each<[keyof PipelineNotifications, string, string[]]>([
  ['onFailure', 'FailureNotice', ['Failed', 'CompletedWithFailures']],
  ['onSuccess', 'SuccessNotice', ['Succeeded']],
  ['onStopped', 'StoppedNotice', ['Stopped']],
])('%s gets a sentence', (name, id, statuses) => {
  const { stack, template, rules } = notified([name]);
  const [rule] = rules();
  expect(rule.EventPattern).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Building Pipeline Execution Status Change'],
    'detail': { pipelineArn: [{ 'equals-ignore-case': ARN }], currentPipelineExecutionStatus: statuses },
  });
  expect(rule.Targets).toEqual([expect.objectContaining({
    Arn: 'arn:aws:sns:eu-west-1:111122223333:team',
    InputTransformer: {
      InputTemplate: ENDED,
      InputPathsMap: {
        execution: '$.detail.pipelineExecutionArn', pipeline: '$.detail.pipelineArn', status: '$.detail.currentPipelineExecutionStatus', time: '$.time',
      },
    },
  })]);
  expect(statementsOf(template(), `Pipeline${id}`)).toEqual([{ Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:aws:sns:eu-west-1:111122223333:team' }]);
  expectCompliant(stack);
});

test('onStepFailure says which step, and why', () => {
  const [{ EventPattern, Targets: [target] }] = notified(['onStepFailure']).rules();
  expect(EventPattern).toMatchObject({ 'detail-type': ['SageMaker Model Building Pipeline Execution Step Status Change'], 'detail': { currentStepStatus: ['Failed'] } });
  expect(EventPattern.detail).not.toHaveProperty('stepName');
  expect(target.InputTransformer.InputTemplate).toContain('The step <step> of the pipeline <pipeline> failed at <time>: <reason>');
});

test('onApprovalNeeded is told of complete versions that wait, in the registries of the steps', () => {
  const [{ EventPattern, Targets: [target] }] = notified(['onApprovalNeeded']).rules();
  expect(EventPattern).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Package State Change'],
    'detail': { ModelPackageGroupName: ['churn'], ModelPackageStatus: ['Completed'], ModelApprovalStatus: ['PendingManualApproval'] },
  });
  expect(target.InputTransformer.InputTemplate).toContain('Version <version> of the model <group> waits for approval');
});

test('every name in a sentence has its path, and every path its name', () => {
  for (const { Targets: [{ InputTransformer: { InputTemplate, InputPathsMap } }] } of notified(['onFailure', 'onStepFailure', 'onApprovalNeeded']).rules()) {
    expect([...InputTemplate.matchAll(/<(\w+)>/g)].map((m: any) => m[1]).sort()).toEqual(Object.keys(InputPathsMap));
  }
});

test('all share one queue', () => {
  const { template } = notified(['onFailure', 'onSuccess', 'onStopped', 'onStepFailure', 'onApprovalNeeded']);
  template().resourceCountIs('AWS::SQS::Queue', 1);
  template().resourceCountIs('AWS::Events::Rule', 5);
});

test('an alarm tells of what could not be delivered, in the queue of all, and also of triggers that come later', () => {
  const { stack, template, pipeline } = notified(['onFailure', 'onDeadLetters']);
  pipeline.addTrigger(PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(1))));
  const [queue] = Object.keys(template().findResources('AWS::SQS::Queue'));
  expect(onlyResource(template(), 'AWS::CloudWatch::Alarm').Properties).toEqual({
    AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:team'],
    AlarmDescription: 'A start or a notice of a pipeline could not be delivered: it waits in the dead-letter queue for up to 14 days',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
    EvaluationPeriods: 1,
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Namespace: 'AWS/SQS',
    Period: 300,
    Statistic: 'Maximum',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  });
  template().resourceCountIs('AWS::SQS::Queue', 1);
  expectCompliant(stack);
  expect(notified(['onFailure']).template().findResources('AWS::CloudWatch::Alarm')).toEqual({});
});

test('a pipeline that nothing starts yet has a queue, which is watched', () => {
  const { template } = notified(['onDeadLetters']);
  template().resourceCountIs('AWS::SQS::Queue', 1);
  template().resourceCountIs('AWS::Events::Rule', 0);
});

test('onApprovalNeeded is told of what a branch registers, too', () => {
  const { stack, template } = stackFixture();
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'churn');
  const register = new RegisterModelStep('Register', { registry, image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'] });
  const condition = PipelineParameter.flag('Go', { defaultValue: true }).equalToFlag(true);
  new SageMakerPipeline(stack, 'P', { steps: [new ConditionStep('If', { condition, elseSteps: [register] })], notifications: { onApprovalNeeded: topicOf(stack) } });
  template().hasResourceProperties('AWS::Events::Rule', { EventPattern: { detail: { ModelPackageGroupName: ['churn'] } } });
});

test('nobody waits for an approval that nothing asks for', () => {
  const { stack } = stackFixture();
  expect(errorOf(() => new SageMakerPipeline(stack, 'P', { steps: [new ProcessingStep('Process', { image })], notifications: { onApprovalNeeded: topicOf(stack) } })))
    .toContain('notifications.onApprovalNeeded needs a step that registers models');
});

test('a MlTrainingPipeline tells of executions and approvals, with one queue for them and its triggers', () => {
  const { stack, template } = stackFixture();
  const topic = topicOf(stack);
  const pipeline = trainingPipelineOf(stack, () => ({ notifications: { onFailure: topic, onApprovalNeeded: topic } }));
  pipeline.events.onStepStatusChange('Steps', { stepNames: ['Train'] });
  template().resourceCountIs('AWS::Events::Rule', 3);
  template().resourceCountIs('AWS::SQS::Queue', 1);
});
