import { Duration, Size, TimeZone } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ArtifactPrefix, BatchInput, BatchTransform, BatchTransformProps, InferenceModel, MlInstanceType, ModelArtifact, ModelArtifactBucket, S3Prefix,
  SageMakerImage, TransformSplit,
} from '../../../src';
import { consumerRole, dependencyCycle, errorOf, expectCompliant, onlyResource, stackFixture, statementFor, statementsOf, warningsOf } from '../../helper';
import { TemplateGraph } from '../../template-graph';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const MODEL = InferenceModel.fromContainer({ image: IMAGE });
const NIGHTLY = { scheduleName: 'nightly', schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.EUROPE_VIENNA }) };

function batchFixture(props: Partial<BatchTransformProps> = {}) {
  const fixture = stackFixture();
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts');
  const batch = new BatchTransform(fixture.stack, 'Batch', {
    model: MODEL,
    input: BatchInput.dataset(artifacts.dataset('customers')),
    output: artifacts.at(ArtifactPrefix.OUTPUT),
    contentType: 'text/csv',
    split: TransformSplit.lines(),
    ...props,
  });
  const request = () => JSON.parse(text(fixture.stack.resolve(batch.requestJson)));
  return { ...fixture, artifacts, batch, request, only: (type: string) => onlyResource(fixture.template(), type) };
}

/** Functions of CloudFormation as `${LogicalId.Attribute}`. */
function text(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]); }
  return value.Ref ? `\${${value.Ref}}` : `\${${value['Fn::GetAtt'].join('.')}}`;
}

const everything = (): Partial<BatchTransformProps> => ({ schedules: [NIGHTLY], jobTags: { team: 'churn' }, jobNamePrefix: 'churn' });

test('with nothing said beyond model and places it is clean, and so with everything said', () => {
  for (const props of [{}, everything()]) {
    const template = expectCompliant(batchFixture(props).stack);
    expect(dependencyCycle(template.toJSON())).toBeUndefined();
    expect(new TemplateGraph(template.toJSON()).usersBeforePolicies()).toEqual([]);
  }
});

test('the logical ids are part of the contract', () => {
  expect(Object.keys(batchFixture(everything()).template().toJSON().Resources).filter(id => id.startsWith('Batch'))).toMatchInlineSnapshot(`
[
  "BatchRole28F08E5D",
  "BatchRolePolicy1DD917FD",
  "BatchModel971D8650",
  "BatchSchedulenightlyRoleEF8936EB",
  "BatchSchedulenightlyRolePolicy398C9C17",
  "BatchSchedulenightlyScheduleBC8E3747",
  "BatchDeadLettersA4106EC5",
  "BatchDeadLettersPolicy93F9D9E3",
]
`);
});

test('a job reads the input, writes the output with the key of the bucket, and encrypts its volumes', () => {
  const { request, batch, stack } = batchFixture();
  const key = '${MlEncryptionKey1CDF763F.Arn}';
  expect(request()).toEqual({
    ModelName: expect.stringMatching(/^\$\{BatchModel\w+\.ModelName\}$/),
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: expect.stringMatching(/^s3:\/\/\$\{ArtifactsBucket\w+\}\/datasets\/customers\/$/) } },
      ContentType: 'text/csv',
      SplitType: 'Line',
    },
    TransformOutput: { S3OutputPath: expect.stringMatching(/^s3:\/\/\$\{ArtifactsBucket\w+\}\/output\/$/), KmsKeyId: key },
    TransformResources: { InstanceCount: 1, InstanceType: 'ml.m5.large', VolumeKmsKeyId: key },
    BatchStrategy: 'MultiRecord',
  });
  expect(text(stack.resolve(batch.encryptionKey.keyArn))).toBe(key);
});

test('the container has no network unless that is asked for', () => {
  expect(batchFixture().only('AWS::SageMaker::Model').Properties).toMatchObject({ EnableNetworkIsolation: true, PrimaryContainer: { Image: IMAGE.imageUri } });
  const { stack, only } = batchFixture({ networkIsolation: false, compliance: { exceptions: ['ML-SM1', 'ML-SM2'].map(rule => ({ rule, reason: 'It asks a service.' })) } });
  expect(only('AWS::SageMaker::Model').Properties.EnableNetworkIsolation).toBe(false);
  expect(warningsOf(stack)).toEqual([]);
});

test('the role of the model may do this, and nothing else', () => {
  const { template } = batchFixture();
  const place = (resource: any) => text(resource).replace(/\$\{Artifacts\w+\.Arn\}/, 'BUCKET').replace(/^.*:(log-group|repository)/, '$1').replace(/\$\{MlEncryptionKey\w+\.Arn\}/, 'KEY');
  const rows = statementsOf(template(), 'BatchRolePolicy').map(s => [[s.Action].flat().join(' '), [s.Resource].flat().map(place).join(' '), s.Condition && Object.keys(Object.values<any>(s.Condition)[0])[0]]);
  expect(rows).toEqual([
    ['s3:GetObject', 'BUCKET/datasets/customers/*', undefined],
    ['s3:ListBucket', 'BUCKET', 's3:prefix'],
    ['kms:Decrypt', 'KEY', 'kms:ViaService'],
    ['s3:PutObject s3:AbortMultipartUpload', 'BUCKET/output/*', undefined],
    ['kms:Decrypt kms:GenerateDataKey', 'KEY', 'kms:ViaService'],
    ['kms:CreateGrant', 'KEY', 'kms:GrantIsForAWSResource'],
    ['kms:Decrypt kms:DescribeKey kms:GenerateDataKeyWithoutPlaintext', 'KEY', undefined],
    ['logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogStreams logs:PutLogEvents', 'log-group:/aws/sagemaker/TransformJobs log-group:/aws/sagemaker/TransformJobs:log-stream:*', undefined],
    ['cloudwatch:PutMetricData', '*', 'cloudwatch:namespace'],
    ['ecr:GetAuthorizationToken', '*', undefined],
    ['ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:GetDownloadUrlForLayer', expect.stringContaining('repository/churn'), undefined],
  ]);
});

test('the model waits for its role and the policies', () => {
  expect(batchFixture().only('AWS::SageMaker::Model').DependsOn).toEqual([expect.stringMatching(/^BatchRolePolicy/), expect.stringMatching(/^BatchRole[0-9A-F]{8}$/)]);
});

test('a role may be brought along: it gets what the jobs need', () => {
  const { stack, template } = stackFixture();
  const bucket = Bucket.fromBucketName(stack, 'Lake', 'lake');
  const role = Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own');
  const batch = new BatchTransform(stack, 'Batch', { model: MODEL, role, input: BatchInput.prefix(S3Prefix.of(bucket, 'in/')), output: S3Prefix.of(bucket, 'out/') });
  expect(batch.role).toBe(role);
  expect(onlyResource(template(), 'AWS::SageMaker::Model').Properties.ExecutionRoleArn).toBe('arn:aws:iam::111122223333:role/own');
  expect(statementsOf(template(), 'BatchPermissionsOfOwn').flatMap(s => s.Action)).toEqual(expect.arrayContaining(['s3:PutObject', 's3:GetObject', 'ecr:BatchGetImage', 'logs:PutLogEvents']));
});

test('what a bucket does not say its key of is encrypted with the key of the batch transform, which is kept', () => {
  const { stack, template } = stackFixture();
  const bucket = Bucket.fromBucketName(stack, 'Lake', 'lake');
  const batch = new BatchTransform(stack, 'Batch', { model: MODEL, input: BatchInput.prefix(S3Prefix.of(bucket, 'in/')), output: S3Prefix.of(bucket, 'out/') });
  const key = stack.resolve(batch.encryptionKey.keyArn);
  expect(JSON.parse(text(stack.resolve(batch.requestJson))).TransformOutput.KmsKeyId).toBe(text(key));
  expect(onlyResource(template(), 'AWS::KMS::Key').DeletionPolicy).toBe('Retain');
  expect(statementFor(statementsOf(template(), 'BatchRolePolicy'), 'kms:GenerateDataKey').Resource).toEqual(key);
});

test('SageMaker refuses a key for disks of the instance itself: it is left out, with a warning', () => {
  const { stack, request, template } = batchFixture({ instanceType: MlInstanceType.G5_XLARGE });
  expect(request().TransformResources).toEqual({ InstanceCount: 1, InstanceType: 'ml.g5.xlarge' });
  expect(statementsOf(template(), 'BatchRolePolicy').flatMap(s => s.Action)).not.toContain('kms:CreateGrant');
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:localDisks')]);
});

test('a manifest and all that it lists are below one prefix', () => {
  const { stack } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const { request } = batchFixture({ input: BatchInput.manifest(artifacts.at(ArtifactPrefix.of('in/')), 'lists/today.manifest') });
  const { S3DataType, S3Uri } = request().TransformInput.DataSource.S3DataSource;
  expect([S3DataType, S3Uri]).toEqual(['ManifestFile', expect.stringMatching(/\/in\/lists\/today\.manifest$/)]);
});

test('what the model gets and answers can be kept for monitors, with the key of its place', () => {
  const { stack, template } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const batch = new BatchTransform(stack, 'Batch', {
    model: MODEL,
    input: BatchInput.dataset(artifacts.dataset('a')),
    output: artifacts.at(ArtifactPrefix.OUTPUT),
    dataCapture: { destination: artifacts.at(ArtifactPrefix.CAPTURE), generateInferenceId: true },
  });
  expect(JSON.parse(text(stack.resolve(batch.requestJson))).DataCaptureConfig).toEqual({
    DestinationS3Uri: expect.stringMatching(/\/capture\/$/), KmsKeyId: expect.stringContaining('MlEncryptionKey'), GenerateInferenceId: true,
  });
  const written = statementsOf(template(), 'BatchRolePolicy').filter(s => [s.Action].flat().includes('s3:PutObject')).map(s => JSON.stringify(s.Resource));
  expect(written).toEqual([expect.stringContaining('/output/*'), expect.stringContaining('/capture/*')]);
});

test('in a VPC the containers have network interfaces there, and the model waits for the right to make them', () => {
  const { stack, template } = stackFixture();
  const vpc = new Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const batch = new BatchTransform(stack, 'Batch', { model: MODEL, input: BatchInput.dataset(artifacts.dataset('a')), output: artifacts.at(ArtifactPrefix.OUTPUT), vpc });
  batch.connections.allowTo(SecurityGroup.fromSecurityGroupId(stack, 'Db', 'sg-1'), Port.tcp(5432));
  expect(onlyResource(template(), 'AWS::SageMaker::Model').Properties.VpcConfig).toEqual({
    Subnets: [{ Ref: expect.stringMatching(/PrivateSubnet1/) }, { Ref: expect.stringMatching(/PrivateSubnet2/) }],
    SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^BatchSecurityGroup/), 'GroupId'] }],
  });
  expect(statementsOf(template(), 'BatchRolePolicy').flatMap(s => s.Action)).toContain('ec2:CreateNetworkInterface');
  expect(errorOf(() => batchFixture().batch.connections)).toContain('it has no connections, since it is not in a VPC: give it vpc');
});

test('a schedule starts a job whose name is new each time, and which the service takes', () => {
  const { only, request } = batchFixture({ schedules: [NIGHTLY] });
  const { ScheduleExpression: when, ScheduleExpressionTimezone: zone, FlexibleTimeWindow, Target } = only('AWS::Scheduler::Schedule').Properties;
  expect([when, zone, FlexibleTimeWindow]).toEqual(['cron(0 3 * * ? *)', 'Europe/Vienna', { Mode: 'OFF' }]);
  expect(text(Target.Arn)).toBe('arn:${AWS::Partition}:scheduler:::aws-sdk:sagemaker:createTransformJob');
  const { TransformJobName, ...rest } = JSON.parse(text(Target.Input));
  expect(rest).toEqual(request());
  expect(TransformJobName).toMatch(/^stack-batch-[0-9a-f]{8}-<aws\.scheduler\.execution-id>$/);
  for (const id of ['d32c5kddcf5bb8c3', '0bd4a141-0a02-9d8a-f977-3924c3fb259c']) { // as the documentation shows it, and the longest that is likely
    expect(TransformJobName.replace('<aws.scheduler.execution-id>', id)).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
  }
});

test('the longest prefix leaves room for the longest id', () => {
  const jobNamePrefix = 'a'.repeat(26);
  expect(`${jobNamePrefix}-0bd4a141-0a02-9d8a-f977-3924c3fb259c`).toHaveLength(63);
  expect(batchFixture({ jobNamePrefix }).batch.jobNamePrefix).toBe(jobNamePrefix);
  const { stack } = stackFixture({ stack: { stackName: 'a-stack-with-a-very-long-name' } });
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const long = new BatchTransform(stack, 'AnIdThatIsVeryLongToo', { model: MODEL, input: BatchInput.dataset(artifacts.dataset('a')), output: artifacts.at(ArtifactPrefix.OUTPUT) });
  expect(long.jobNamePrefix.length).toBeLessThanOrEqual(26);
});

test('each run may write into a folder of its own', () => {
  const { only } = batchFixture({ schedules: [{ ...NIGHTLY, datedOutput: true }] });
  expect(JSON.parse(text(only('AWS::Scheduler::Schedule').Properties.Target.Input)).TransformOutput.S3OutputPath).toMatch(/\/output\/<aws\.scheduler\.scheduled-time>\/$/);
});

test('a schedule has a role that can start these jobs and nothing else, and what it could not start goes to a queue', () => {
  const { stack, template, only } = batchFixture({ schedules: [NIGHTLY], jobNamePrefix: 'Churn' });
  const schedule = only('AWS::Scheduler::Schedule');
  const [start, letters, ...others] = statementsOf(template(), 'BatchSchedulenightlyRolePolicy');
  expect(start).toEqual({ Effect: 'Allow', Action: 'sagemaker:CreateTransformJob', Resource: expect.anything() });
  expect(text(start.Resource)).toMatch(/:transform-job\/churn-\*$/);
  expect(letters.Action).toBe('sqs:SendMessage');
  expect(others).toEqual([]);
  expect(schedule.Properties.Target).toMatchObject({
    RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
    DeadLetterConfig: { Arn: letters.Resource },
  });
  expect(schedule.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^BatchSchedulenightlyRolePolicy/)]));
  expect(warningsOf(stack)).toEqual([]);
});

test('schedules stand side by side, share the queue, and keep their ids when one is removed', () => {
  const hourly = { scheduleName: 'hourly', schedule: ScheduleExpression.rate(Duration.hours(1)) };
  const ids = (schedules: BatchTransformProps['schedules']) => {
    const { template } = batchFixture({ schedules });
    template().resourceCountIs('AWS::SQS::Queue', schedules!.length === 0 ? 0 : 1);
    return Object.keys(template().findResources('AWS::Scheduler::Schedule'));
  };
  expect(ids([hourly, NIGHTLY])).toEqual(expect.arrayContaining(ids([NIGHTLY])));
  expect(ids([])).toEqual([]);
});

test('jobs are tagged if asked, which takes sagemaker:AddTags (aws-cdk#26012)', () => {
  const { request, template } = batchFixture({ schedules: [NIGHTLY], jobTags: { b: '2', a: '1' } });
  expect(request().Tags).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }]);
  expect(statementFor(statementsOf(template(), 'BatchSchedulenightlyRolePolicy'), 'sagemaker:CreateTransformJob').Action).toEqual(['sagemaker:AddTags', 'sagemaker:CreateTransformJob']);
});

test('who is granted to start may start these jobs and look at them, and passes no role', () => {
  const { stack, batch, template } = batchFixture({ jobNamePrefix: 'churn' });
  batch.grants.start(consumerRole(stack));
  const [statement, ...others] = statementsOf(template(), 'Consumer');
  expect([statement.Action, others]).toEqual([['sagemaker:CreateTransformJob', 'sagemaker:DescribeTransformJob'], []]);
  expect(text(statement.Resource)).toMatch(/:transform-job\/churn-\*$/);
});

test('what is granted to it is granted to its role', () => {
  const { stack, batch, template } = batchFixture();
  new Bucket(stack, 'Features').grantRead(batch);
  expect(batch.grantPrincipal).toBe(batch.role);
  expect(statementsOf(template(), 'BatchRoleGrantedPolicy').flatMap(s => s.Action)).toContain('s3:GetObject*');
});

test('all that is wrong comes at once', () => {
  expect(errorOf(() => batchFixture({
    output: S3Prefix.of(Bucket.fromBucketName(stackFixture().stack, 'Lake', 'lake'), '/out'),
    instanceType: MlInstanceType.of('m5.large'),
    jobNamePrefix: 'my_jobs',
    jobTags: { ['x'.repeat(129)]: 'y'.repeat(257) },
    schedules: [NIGHTLY, { ...NIGHTLY }, { ...NIGHTLY, scheduleName: 'a b' }],
    securityGroups: [],
    maxPayload: Size.mebibytes(101),
  })).split('\n')).toEqual([
    "BatchTransform at 'Stack/Batch' has 10 problems:",
    "  - output must end with '/', not begin with it, and hold no *, no ? and no empty part, got '/out'",
    "  - instanceType must look like 'ml.m5.large', got 'm5.large'",
    "  - jobNamePrefix must be 1 to 26 letters, digits and dashes, with no dash at either end, got 'my_jobs'",
    `  - jobTags (characters of the key '${'x'.repeat(129)}') must be between 1 and 128, got 129`,
    `  - jobTags.${'x'.repeat(129)} (characters) must be between 0 and 256, got 257`,
    '  - names of schedules must be unique, used twice: nightly',
    "  - schedules[2].scheduleName must be 1 to 64 letters, digits, - and _, known at synth, got 'a b'",
    '  - securityGroups needs vpc',
    '  - securityGroups must hold 1 to 5 entries, got 0',
    '  - maxPayload (MiB) must be a whole number between 0 and 100, got 101',
  ]);
});

test.each(['a'.repeat(27), 'a' + '-'.repeat(26) + 'b'])('the prefix %s is too long', jobNamePrefix => {
  expect(errorOf(() => batchFixture({ jobNamePrefix }))).toMatch(/jobNamePrefix/);
});

test.each<[string, (artifacts: ModelArtifactBucket) => Partial<BatchTransformProps>, string]>([
  ['output that the next run reads', a => ({ input: BatchInput.prefix(a.at(ArtifactPrefix.of('data/'))), output: a.at(ArtifactPrefix.of('data/out/')) }), 'outputIsInput'],
  ['variables without network', () => ({ environment: { A: '1' } }), 'transformEnvironmentIsolated'],
  ['instances that are not listed', () => ({ instanceType: MlInstanceType.T2_MEDIUM }), 'transformInstanceType'],
])('legal, but risky: %s', (_, props, id) => {
  const { stack } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new BatchTransform(stack, 'Batch', { model: MODEL, input: BatchInput.dataset(artifacts.dataset('a')), output: artifacts.at(ArtifactPrefix.OUTPUT), ...props(artifacts) });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining(`cdk-ml-patterns:${id}`)]);
});

test('a model with an artifact of another bucket reads that too', () => {
  const { stack } = stackFixture();
  const models = Bucket.fromBucketName(stack, 'Models', 'models');
  const { template } = batchFixture({ model: InferenceModel.fromContainer({ image: IMAGE, artifact: ModelArtifact.fromBucket(models, 'churn/model.tar.gz') }) });
  template().hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 's3:GetObject', Resource: { 'Fn::Join': ['', Match.arrayWith([':s3:::models/churn/model.tar.gz'])] } })]) },
  });
});

test('data that is not compressed cannot be unpacked for a batch, and an image for other processors does not start', () => {
  const bucket = Bucket.fromBucketName(stackFixture().stack, 'Models', 'models');
  const model = InferenceModel.fromContainer({ image: IMAGE.builtFor(Platform.LINUX_ARM64), artifact: ModelArtifact.fromPrefix(bucket, 'llama/') });
  expect(errorOf(() => batchFixture({ model, instanceType: MlInstanceType.C5_XLARGE }))).toBe([
    "BatchTransform at 'Stack/Batch' has 2 problems:",
    '  - model cannot be served by a batch transform: it has uncompressed data',
    '  - model.image is built for arm64, but instances of ml.c5.xlarge have processors for amd64',
  ].join('\n'));
});

test('a topic may be told of jobs that fail, of these and no others', () => {
  const { stack, template } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const topic = new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey') });
  new BatchTransform(stack, 'Batch', {
    model: MODEL,
    input: BatchInput.dataset(artifacts.dataset('customers')),
    output: artifacts.at(ArtifactPrefix.OUTPUT),
    contentType: 'text/csv',
    split: TransformSplit.lines(),
    jobNamePrefix: 'churn',
    schedules: [NIGHTLY],
    onFailedJob: topic,
  });
  const rule = onlyResource(expectCompliant(stack), 'AWS::Events::Rule').Properties;
  expect(rule.EventPattern).toEqual({
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Transform Job State Change'],
    'detail': { TransformJobName: [{ prefix: 'churn-' }], TransformJobStatus: ['Failed', 'Stopped'] },
  });
  const [target] = rule.Targets;
  expect(target).toMatchObject({ Arn: stack.resolve(topic.topicArn), DeadLetterConfig: { Arn: expect.anything() } });
  expect(statementFor(statementsOf(template(), 'BatchFailedJobsRole'), 'sns:Publish').Resource).toEqual(stack.resolve(topic.topicArn));
  template().resourceCountIs('AWS::SQS::Queue', 1);
});

test('an alarm tells of starts that were given up, and the queue has a metric', () => {
  const stack = stackFixture().stack;
  const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:team');
  const { batch, only } = batchFixture({ schedules: [NIGHTLY], onDeadLetters: topic });
  expect(only('AWS::CloudWatch::Alarm').Properties).toMatchObject({
    AlarmActions: [topic.topicArn],
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching(/^BatchDeadLetters/), 'QueueName'] } }],
  });
  expect(batch.metricDeadLetters({ period: Duration.hours(1) })).toMatchObject({ namespace: 'AWS/SQS', statistic: 'Maximum', period: Duration.hours(1) });
  expect(errorOf(() => batchFixture({ onDeadLetters: topic }))).toContain('- onDeadLetters needs schedules or onFailedJob');
  expect(errorOf(() => batchFixture().batch.metricDeadLetters())).toContain('- it has no dead-letter queue, since it has neither schedules nor onFailedJob');
});
