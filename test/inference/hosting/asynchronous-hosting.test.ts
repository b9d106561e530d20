import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArtifactPrefix, BacklogScaling, Hosting, ModelArtifactBucket, S3Prefix } from '../../../src';
import { dependencyCycle, expectCompliant, stackFixture, statementFor, statementsOf, warning, warningsOf } from '../../helper';
import { hosted, MODEL, problemsOf } from '../hosted';

const places = (a: ModelArtifactBucket) => ({ model: MODEL, input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) });

test('asynchronous endpoints (aws-cdk#23149): answers and failures go to S3, encrypted, and all is clean', () => {
  const { stack, artifacts, config, properties } = hosted(a => Hosting.asynchronous(places(a)));
  expect(config().AsyncInferenceConfig).toEqual({
    OutputConfig: {
      S3OutputPath: stack.resolve(artifacts.at(ArtifactPrefix.ASYNC_OUTPUT).uri),
      S3FailurePath: stack.resolve(artifacts.at(ArtifactPrefix.ASYNC_OUTPUT).below('failures').uri),
      KmsKeyId: stack.resolve(artifacts.encryptionKey.keyArn),
    },
  });
  expect(properties('AWS::SageMaker::Endpoint')).toMatchObject({ RetainAllVariantProperties: true });
  expect(dependencyCycle(expectCompliant(stack).toJSON())).toBeUndefined();
});

test('the role reads requests and writes answers, and nothing else of the bucket', () => {
  const { stack, artifacts, template } = hosted(a => Hosting.asynchronous(places(a)));
  const statements = statementsOf(template(), 'EndpointRolePolicy');
  expect(statementFor(statements, 's3:GetObject').Resource).toEqual(stack.resolve(artifacts.bucket.arnForObjects('async/input/*')));
  expect(statements.filter(s => [s.Action].flat().includes('s3:PutObject')).map(s => s.Resource)).toEqual([
    stack.resolve(artifacts.bucket.arnForObjects('async/output/*')), stack.resolve(artifacts.bucket.arnForObjects('async/output/failures/*')),
  ]);
});

test('at zero instances the first request wakes it up (re:Post, amazon-sagemaker-developer-guide#203)', () => {
  const { template } = hosted(a => Hosting.asynchronous(places(a)));
  template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 1 });
  template().hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'HasBacklogWithoutCapacity', Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold' });
  template().resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 2);
});

test('topics are told, with the answers if asked for, and the role may publish to exactly these', () => {
  const { stack, config, template } = hosted(a => Hosting.asynchronous({
    ...places(a),
    onSuccess: new Topic(a, 'Good', { masterKey: new Key(a, 'TopicKey') }),
    onError: new Topic(a, 'Bad'),
    includeResponse: true,
    maxConcurrentInvocationsPerInstance: 4,
    scaling: BacklogScaling.onBacklog({ maxCapacity: 3 }),
  }));
  const { ClientConfig, OutputConfig: { NotificationConfig } } = config().AsyncInferenceConfig;
  expect(ClientConfig).toEqual({ MaxConcurrentInvocationsPerInstance: 4 });
  expect(NotificationConfig.IncludeInferenceResponseIn).toEqual(['SUCCESS_NOTIFICATION_TOPIC', 'ERROR_NOTIFICATION_TOPIC']);
  const statements = statementsOf(template(), 'EndpointRolePolicy');
  expect(statements.filter(s => s.Action === 'sns:Publish').map(s => s.Resource)).toEqual([NotificationConfig.SuccessTopic, NotificationConfig.ErrorTopic]);
  const topicKey = stack.resolve((stack.node.findChild('Artifacts').node.findChild('TopicKey') as Key).keyArn);
  expect(statements.filter(s => JSON.stringify(s.Resource) === JSON.stringify(topicKey)).flatMap(s => s.Action)).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
});

test('without a scaling of its own it goes back up to as many instances as at first', () => {
  const { template } = hosted(a => Hosting.asynchronous({ ...places(a), instanceCount: 3 }));
  template().hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', { MinCapacity: 0, MaxCapacity: 3 });
});

test('URIs of answers have a length, also where the place of failures follows from it', () => {
  const { artifacts } = hosted(Hosting.realTime({ model: MODEL }));
  const problems = (length: number) => {
    const output = S3Prefix.of(Bucket.fromBucketName(stackFixture().stack, 'Lake', 'lake'), 'out/'.padStart(length, 'x'));
    return problemsOf(Hosting.asynchronous({ ...places(artifacts), output }));
  };
  expect(problems(493)).toEqual([]);
  expect(problems(502)).toEqual([expect.stringMatching(/^failures \(URI\) must be at most 512 characters/)]);
  expect(problems(503)).toEqual([
    expect.stringMatching(/^output \(URI\) must be at most 512 characters/), expect.stringMatching(/^failures \(URI\) must be at most 512 characters/),
  ]);
});

test.each(['input', 'input/answers'])('answers below the requests, in %s, may be overwritten by callers, which is warned of', path => {
  const warned = (output: string) => {
    const { stack, template } = hosted(a => Hosting.asynchronous({ ...places(a), input: a.at(ArtifactPrefix.of('input/')), output: a.at(ArtifactPrefix.of(`${output}/`)) }));
    template();
    return warningsOf(stack);
  };
  expect(warned(path)).toEqual([warning('outputIsInput', "Answers go below 'input/'")]);
  expect(warned('inputs')).toEqual([]);
});

test('bad input is refused in words', () => {
  const { artifacts } = hosted(Hosting.realTime({ model: MODEL }));
  expect(problemsOf(Hosting.asynchronous({
    ...places(artifacts), output: artifacts.at(ArtifactPrefix.ALL), includeResponse: true, maxConcurrentInvocationsPerInstance: 0,
  }))).toEqual([
    "output must end with '/', not begin with it, and hold no *, no ? and no empty part, got ''",
    'maxConcurrentInvocationsPerInstance must be a whole number between 1 and 1000, got 0',
    'includeResponse needs onSuccess or onError',
  ]);
});
