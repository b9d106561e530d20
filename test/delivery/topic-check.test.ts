import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnTopic, ITopicRef, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import {
  ArtifactPrefix, BatchInput, BatchTransform, CustomContainerRepo, DataCapture, EndpointConfigStep, FailStep, Hosting, InferenceEndpoint,
  InferenceModel, ModelArtifactBucket, MonitorKind, MonitorMetric, SageMakerImage, SageMakerPipeline, StepVariant,
} from '../../src';
import { Problems } from '../../src/core/problems';
import { checkTopicHere } from '../../src/delivery/topic-check';
import { errorOf, stackFixture, warning, warningsOf } from '../helper';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const here = () => stackFixture({ stack: { env: ENV } });
const imported = (topicArn: string) => (scope: Construct) => Topic.fromTopicArn(scope, 'Topic', topicArn);
const ELSEWHERE = imported('arn:aws:sns:us-east-1:111122223333:operators');
const FIFO = imported('arn:aws:sns:eu-west-1:111122223333:operators.fifo');

const STANDARD = 'topic must be a standard topic, since SageMaker, EventBridge and CloudWatch do not say the group that a FIFO topic needs of each message';
const OTHER = 'topic must be in the Region of what tells it, eu-west-1, got a topic in us-east-1';

test.each<[string, (scope: Construct) => ITopicRef, string[]]>([
  ['one of the stack', scope => new Topic(scope, 'Topic'), []],
  ['one of the Region', imported('arn:aws:sns:eu-west-1:111122223333:operators'), []],
  ['a token', scope => imported(new CfnParameter(scope, 'Arn').valueAsString)(scope), []],
  ['one of a stack that is anywhere', () => new Topic(new Stack(new App(), 'There'), 'Topic'), []],
  ['another resource', imported('arn:aws:sqs:eu-west-1:111122223333:operators'),
    ["topic must be an SNS topic, with an ARN like 'arn:aws:sns:eu-west-1:111122223333:operators', got 'arn:aws:sqs:eu-west-1:111122223333:operators'"]],
  ['a subscription', imported('arn:aws:sns:eu-west-1:111122223333:operators:abc'), [expect.stringContaining('topic must be an SNS topic')]],
  ['one of another Region', ELSEWHERE, [OTHER]],
  ['one of a stack in another Region', () => new Topic(new Stack(new App(), 'There', { env: { ...ENV, region: 'us-east-1' } }), 'Topic'), [OTHER]],
  ['a FIFO topic by its ARN', FIFO, [STANDARD]],
  ['a FIFO topic', scope => new Topic(scope, 'Topic', { fifo: true }), [STANDARD]],
  ['an L1 FIFO topic', scope => new CfnTopic(scope, 'Topic', { fifoTopic: true }), [STANDARD]],
])('%s', (_, topicOf, found) => {
  const { stack } = here();
  const problems = new Problems();
  checkTopicHere('topic', topicOf(stack), stack, problems);
  if (found.length === 0) { problems.throwIfAny(stack); return; }
  expect(errorOf(() => problems.throwIfAny(stack)).split('\n').slice(1).map(line => line.replace('  - ', ''))).toEqual(found);
});

const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });
const pipelineOf = (stack: Stack, notifications: object) => new SageMakerPipeline(stack, 'Pipeline', { steps: [new FailStep('Fail', { message: 'no' })], notifications });
const places = (stack: Stack) => {
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  return { artifacts, input: artifacts.at(ArtifactPrefix.ASYNC_INPUT), output: artifacts.at(ArtifactPrefix.ASYNC_OUTPUT) };
};
const configStep = (asyncInference: object) =>
  new EndpointConfigStep('Config', { variants: [StepVariant.instances('churn')], asyncInference: { destination: 's3://answers/', ...asyncInference } });

test.each<[string, string, (stack: Stack, topic: ITopicRef) => unknown]>([
  ...['onFailure', 'onSuccess', 'onStopped', 'onStepFailure'].map(prop =>
    [`${prop} of a pipeline`, `notifications.${prop}`, (stack: Stack, topic: ITopicRef) => pipelineOf(stack, { [prop]: topic })] as [string, string, () => unknown]),
  ['of an endpoint', 'onFailedUpdate', (stack, topic) => new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, onFailedUpdate: topic })],
  ['of alarms', 'topic', (stack, topic) => new InferenceEndpoint(stack, 'Endpoint', { model: MODEL }).addAlarms({ topic })],
  ['of a batch transform', 'onFailedJob', (stack, topic) => {
    const { artifacts, output } = places(stack);
    return new BatchTransform(stack, 'Batch', { model: MODEL, input: BatchInput.dataset(artifacts.dataset('a')), output, onFailedJob: topic });
  }],
  ['of a repository', 'criticalFindingsTopic', (stack, topic) => new CustomContainerRepo(stack, 'Images', { criticalFindingsTopic: topic })],
  ['of a monitor', 'alarmTopic', (stack, topic) => {
    const { artifacts } = places(stack);
    const baseline = artifacts.at(ArtifactPrefix.BASELINES);
    const kind = MonitorKind.dataQuality({ constraints: baseline.file('constraints.json'), statistics: baseline.file('statistics.json') });
    const hosting = Hosting.realTime({ model: MODEL, dataCapture: DataCapture.to(artifacts.at(ArtifactPrefix.CAPTURE)) });
    return new InferenceEndpoint(stack, 'Endpoint', { hosting }).addMonitor('Drift', { kind, alarms: [MonitorMetric.featureDrift('age').above(0.2)], alarmTopic: topic });
  }],
])('the topic %s is one of the Region, and no FIFO topic', (_, prop, make) => {
  const made = (topicOf: (scope: Construct) => ITopicRef) => { const { stack } = here(); return () => make(stack, topicOf(stack)); };
  expect(errorOf(made(ELSEWHERE))).toContain(`- ${prop} must be in the Region of what tells it, eu-west-1, got a topic in us-east-1`);
  expect(errorOf(made(FIFO))).toContain(`- ${prop} must be a standard topic`);
  expect(made(scope => new Topic(scope, 'Topic'))).not.toThrow();
});

test.each<[string, string, string, (stack: Stack, topic: ITopicRef) => unknown]>([
  ['an endpoint', 'onError', 'the role of the endpoint', (stack, topic) => {
    const { artifacts: _, ...rest } = places(stack);
    return new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.asynchronous({ model: MODEL, ...rest, onSuccess: topic, onError: topic }) });
  }],
  ['a step', 'asyncInference.errorTopic', 'the role of the model', (stack, topic) =>
    new SageMakerPipeline(stack, 'Pipeline', { steps: [configStep({ successTopic: topic, errorTopic: topic })] })],
])('asynchronous answers of %s go to a standard topic; what the program does not know of it is warned of, once', (_, prop, role, make) => {
  const warned = (topicOf: (scope: Construct) => ITopicRef) => {
    const { stack, template } = here();
    make(stack, topicOf(stack));
    template();
    return warningsOf(stack).filter(w => w.includes('topic'));
  };
  expect(errorOf(() => warned(FIFO))).toContain(`${prop} must be a standard topic`);
  expect(errorOf(() => warned(imported('arn:aws:sqs:eu-west-1:111122223333:operators')))).toContain(`${prop} must be an SNS topic`);
  expect(warned(scope => new Topic(scope, 'Topic'))).toEqual([]);
  expect(warned(ELSEWHERE)).toEqual([warning('topicOfOtherRegion', 'The topic is in us-east-1 and the endpoint in eu-west-1')]);
  expect(warned(imported('arn:aws:sns:eu-west-1:999999999999:operators'))).toEqual([warning('topicOfOtherAccount', `must let ${role} publish`)]);
  expect(warned(scope => new CfnTopic(scope, 'Topic', { kmsMasterKeyId: 'alias/own' }))).toEqual([warning('topicKeyUnknown', `allow ${role} kms:Decrypt`)]);
});
