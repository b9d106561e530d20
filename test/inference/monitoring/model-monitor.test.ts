import { CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { capturing, Kind, KINDS, MODEL, monitored } from './fixture';
import {
  ArtifactPrefix, CaptureMode, ComplianceEnforcement, InferenceEndpoint, MlInstanceType, ModelMonitor, ModelMonitorOptions, MonitorKind,
  MonitorSchedule, S3Prefix, SageMakerImage,
} from '../../../src';
import { dependencyCycle, errorOf, expectCompliant, onlyResource, statementsOf, warningsOf } from '../../helper';
import { TemplateGraph } from '../../template-graph';

const OWN_IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/monitor:1');

test.each(KINDS)('a monitor of %s with nothing said is clean, without a circle, and waits for what its role may do', kind => {
  const { stack } = monitored(kind);
  const template = expectCompliant(stack).toJSON();
  expect(dependencyCycle(template)).toBeUndefined();
  expect(new TemplateGraph(template).usersBeforePolicies()).toEqual([]);
});

test.each(KINDS)('a schedule comes with its definition of %s, which can be replaced (aws-cdk#12208)', kind => {
  const { monitor, definition, schedule } = monitored(kind);
  expect(definition(kind).Properties).not.toHaveProperty('JobDefinitionName');
  expect(schedule().Properties).toEqual({
    MonitoringScheduleName: 'stack-endpoint-drift-271afd2f',
    MonitoringScheduleConfig: {
      MonitoringJobDefinitionName: { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^EndpointDrift${kind}`)), 'JobDefinitionArn'] }] }] },
      MonitoringType: kind,
      ScheduleConfig: { ScheduleExpression: 'cron(0 0 ? * * *)' },
    },
  });
  expect(monitor.scheduleName).toBe('stack-endpoint-drift-271afd2f');
});

test('the logical ids are part of the contract', () => {
  const { template } = monitored('DataQuality');
  expect(Object.keys(template().toJSON().Resources).filter(id => id.startsWith('EndpointDrift'))).toMatchInlineSnapshot(`
[
  "EndpointDriftRoleAFD5C211",
  "EndpointDriftRolePolicy279F7F6D",
  "EndpointDriftDataQuality556D7860",
  "EndpointDriftSchedule469C1828",
]
`);
});

test.each(KINDS)('the same program gives the same template for %s', kind => {
  expect(monitored(kind).template().toJSON()).toEqual(monitored(kind).template().toJSON());
});

test.each(KINDS)('a job of %s is encrypted, short and, unless it asks the model, cut off from the network', kind => {
  const { stack, artifacts, definition } = monitored(kind);
  const key = stack.resolve(artifacts.encryptionKey.keyArn);
  const { Properties } = definition(kind);
  expect(Properties).toMatchObject({
    JobResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30, VolumeKmsKeyId: key } },
    NetworkConfig: { EnableNetworkIsolation: kind !== 'ModelExplainability', EnableInterContainerTrafficEncryption: true },
    StoppingCondition: { MaxRuntimeInSeconds: 1800 },
    [`${kind}JobOutputConfig`]: {
      KmsKeyId: key,
      MonitoringOutputs: [{
        S3Output: {
          LocalPath: '/opt/ml/processing/output',
          S3UploadMode: 'EndOfJob',
          S3Uri: { 'Fn::Join': ['', ['s3://', stack.resolve(artifacts.bucket.bucketName), '/monitoring/stack-endpoint-drift-271afd2f']] },
        },
      }],
    },
  });
  expect(Properties[`${kind}AppSpecification`].Environment).toEqual({ publish_cloudwatch_metrics: 'Enabled' });
  expect(Properties[`${kind}JobInput`].EndpointInput).toEqual({
    EndpointName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointRealTime/), 'EndpointName'] },
    LocalPath: '/opt/ml/processing/input/endpoint',
  });
});

test.each(KINDS)('a job of %s may be told everything', kind => {
  const { stack, kinds, endpoint, template } = capturing();
  const key = new Key(stack, 'Key', { enableKeyRotation: true });
  const monitor = endpoint.addMonitor('Drift', {
    kind: kinds[kind],
    schedule: MonitorSchedule.everyHours(6),
    reports: S3Prefix.of(Bucket.fromBucketName(stack, 'Reports', 'reports'), 'churn/'),
    image: OWN_IMAGE,
    environment: { B: '2', A: '1' },
    instanceType: MlInstanceType.of('ml.r5.xlarge'),
    instanceCount: 2,
    volumeSize: Size.gibibytes(50),
    maxRuntime: Duration.hours(3),
    interContainerTrafficEncryption: true,
    networkIsolation: kind !== 'ModelExplainability',
    vpc: new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'a', subnetType: SubnetType.PRIVATE_ISOLATED }] }),
    vpcSubnets: { subnetGroupName: 'a' },
    encryptionKey: key,
  });
  const { Properties } = onlyResource(template(), `AWS::SageMaker::${kind}JobDefinition`);
  expect(Properties).toMatchObject({
    JobResources: { ClusterConfig: { InstanceCount: 2, InstanceType: 'ml.r5.xlarge', VolumeSizeInGB: 50, VolumeKmsKeyId: stack.resolve(key.keyArn) } },
    NetworkConfig: {
      VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^EndpointDriftSecurityGroup/), 'GroupId'] }], Subnets: [expect.anything(), expect.anything()] },
    },
    StoppingCondition: { MaxRuntimeInSeconds: 10_800 },
    [`${kind}JobOutputConfig`]: { KmsKeyId: stack.resolve(key.keyArn), MonitoringOutputs: [{ S3Output: { S3Uri: 's3://reports/churn' } }] },
    [`${kind}AppSpecification`]: { ImageUri: OWN_IMAGE.imageUri, Environment: { publish_cloudwatch_metrics: 'Enabled', A: '1', B: '2' } },
  });
  expect(Object.keys(Properties[`${kind}AppSpecification`].Environment)).toEqual(['publish_cloudwatch_metrics', 'A', 'B']);
  expect(monitor.connections.securityGroups).toHaveLength(1);
  expect(monitor.encryptionKey).toBe(key);
  const actions = statementsOf(template(), 'EndpointDriftRole').flatMap(s => s.Action);
  expect(actions).toEqual(expect.arrayContaining(['ec2:CreateNetworkInterface', 's3:PutObject']));
});

test('an isolation that is asked for is kept, also where it is weaker', () => {
  const { definition } = monitored('DataQuality', { networkIsolation: false, interContainerTrafficEncryption: false, compliance: { enforcement: ComplianceEnforcement.OFF } });
  expect(definition('DataQuality').Properties.NetworkConfig).toEqual({ EnableNetworkIsolation: false, EnableInterContainerTrafficEncryption: false });
});

test('a role may be brought along: it gets what the monitor needs, and the definition waits for it', () => {
  const { stack, endpoint, kinds, template } = capturing();
  const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  const monitor = endpoint.addMonitor('Drift', { kind: kinds.DataQuality, role });
  expect(monitor.role).toBe(role);
  expect(statementsOf(template(), 'EndpointDriftPermissionsOfOwn').flatMap(s => s.Action)).toEqual(expect.arrayContaining(['s3:PutObject', 'logs:PutLogEvents']));
  expect(onlyResource(template(), 'AWS::SageMaker::DataQualityJobDefinition').DependsOn)
    .toEqual([expect.stringMatching(/^EndpointDriftPermissionsOfOwn/), expect.stringMatching(/^Own[0-9A-F]{8}$/)]);
});

test('disks of the instances themselves get no key, and a warning', () => {
  const { stack, definition } = monitored('DataQuality', { instanceType: MlInstanceType.of('ml.g5.xlarge') });
  expect(definition('DataQuality').Properties.JobResources.ClusterConfig).not.toHaveProperty('VolumeKmsKeyId');
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:localDisks')]);
});

test('an endpoint that is imported may be monitored where it captures to', () => {
  const { stack, artifacts, kinds, template } = capturing();
  const endpoint = InferenceEndpoint.fromEndpointName(stack, 'Imported', 'churn');
  new ModelMonitor(stack, 'Drift', { endpoint, kind: kinds.DataQuality, captured: artifacts.at(ArtifactPrefix.of('elsewhere/')) });
  expect(onlyResource(template(), 'AWS::SageMaker::DataQualityJobDefinition').Properties.DataQualityJobInput.EndpointInput.EndpointName).toBe('churn');
  expect(JSON.stringify(statementsOf(template(), 'DriftRole'))).toContain('/elsewhere/*');
});

test('an endpoint may have several monitors, also of one kind', () => {
  const { stack, endpoint, kinds, template } = capturing();
  KINDS.forEach(kind => endpoint.addMonitor(`Monitor${kind}`, { kind: kinds[kind] }));
  endpoint.addMonitor('Other', { kind: kinds.DataQuality });
  expectCompliant(stack);
  const names = Object.values(template().findResources('AWS::SageMaker::MonitoringSchedule')).map(s => s.Properties.MonitoringScheduleName);
  expect(new Set(names).size).toBe(5);
  expect(Object.keys(template().toJSON().Mappings)).toEqual(['ModelMonitorAccounts']);
});

test('values known at deployment pass', () => {
  const { stack, endpoint, template } = capturing();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
  const lake = Bucket.fromBucketName(stack, 'Lake', text);
  const place = S3Prefix.of(lake, `${text}/`);
  endpoint.addMonitor('Drift', {
    kind: MonitorKind.dataQuality({ constraints: place.file(text), excludedFeatures: [text] }),
    schedule: MonitorSchedule.expression(text),
    captured: place,
    reports: place,
    image: SageMakerImage.fromUri(text),
    instanceType: MlInstanceType.of(text),
    instanceCount: count,
    volumeSize: Size.gibibytes(count),
    maxRuntime: Duration.seconds(count),
    environment: { A: text },
  });
  const { Properties } = onlyResource(template(), 'AWS::SageMaker::DataQualityJobDefinition');
  expect(Properties.JobResources.ClusterConfig).toMatchObject({ InstanceCount: { Ref: 'Count' }, InstanceType: { Ref: 'Text' }, VolumeSizeInGB: { Ref: 'Count' } });
  expect(Properties.StoppingCondition).toEqual({ MaxRuntimeInSeconds: { Ref: 'Count' } });
});

test.each<[string, Parameters<typeof capturing>[0], Kind, string]>([
  ['nothing', { percent: 0 }, 'DataQuality', 'endpoint must capture data: give its hosting dataCapture, which only real-time hosting has'],
  ['no answers, for quality', { modes: [CaptureMode.INPUT] }, 'ModelQuality', 'endpoint must capture Output for ModelQuality, got Input'],
  ['no requests, for bias', { modes: [CaptureMode.OUTPUT] }, 'ModelBias', 'endpoint must capture Input for ModelBias, got Output'],
  ['no requests, for explainability', { modes: [CaptureMode.OUTPUT] }, 'ModelExplainability', 'endpoint must capture Input for ModelExplainability, got Output'],
])('an endpoint that captures %s cannot be monitored', (_, capture, kind, problem) => {
  const { endpoint, kinds } = capturing(capture);
  expect(errorOf(() => endpoint.addMonitor('Drift', { kind: kinds[kind] }))).toBe(`ModelMonitor at 'Stack/Endpoint/Drift' has 1 problem:\n  - ${problem}`);
});

test('an endpoint without data capture cannot be monitored', () => {
  const { stack, kinds } = capturing();
  const silent = new InferenceEndpoint(stack, 'Silent', { model: MODEL });
  expect(errorOf(() => silent.addMonitor('Drift', { kind: kinds.DataQuality }))).toContain('endpoint must capture data: give its hosting dataCapture');
});

test('an endpoint that is imported must be in reach, and what it captures must be said', () => {
  const { stack, kinds } = capturing({ stack: { env: { region: 'eu-west-1', account: '111122223333' } } });
  const other = new Stack(stack.node.root as any, 'Other', { env: { region: 'us-east-1', account: '444455556666' } });
  const endpoint = InferenceEndpoint.fromEndpointName(other, 'Imported', 'churn');
  expect(errorOf(() => new ModelMonitor(stack, 'Drift', { endpoint, kind: kinds.DataQuality }))).toBe([
    "ModelMonitor at 'Stack/Drift' has 3 problems:",
    '  - endpoint must be in the Region of the monitor, eu-west-1, got us-east-1',
    '  - endpoint must be in the account of the monitor, 111122223333, got 444455556666',
    '  - captured must be given for an endpoint that is imported: where it captures to',
  ].join('\n'));
});

test('all problems come in one error', () => {
  const { stack, endpoint } = capturing();
  const bad = S3Prefix.of(Bucket.fromBucketName(stack, 'Lake', 'lake'), '/bad');
  expect(errorOf(() => endpoint.addMonitor('Drift', {
    kind: MonitorKind.dataQuality({ constraints: bad.file(''), excludedFeatures: [] }),
    schedule: MonitorSchedule.expression('rate(1 day)'),
    captured: bad,
    reports: bad,
    image: SageMakerImage.fromUri('a b'),
    instanceType: MlInstanceType.of('m5.large'),
    instanceCount: 101,
    volumeSize: Size.gibibytes(0),
    maxRuntime: Duration.days(2),
    environment: { '1X': 'a', 'LONG': 'x'.repeat(257) },
    vpcSubnets: {},
  })).replace(/x{257}/, 'xxx').split('\n').map(line => line.replace(/ (be|end) .*, got/, ' …, got'))).toEqual([
    "ModelMonitor at 'Stack/Endpoint/Drift' has 13 problems:",
    "  - kind.constraints must …, got '/bad'",
    "  - kind.excludedFeatures must …, got ''",
    "  - schedule must …, got 'rate(1 day)'",
    "  - captured must …, got '/bad'",
    "  - reports must …, got '/bad'",
    "  - instanceType must look like 'ml.m5.large', got 'm5.large'",
    '  - instanceCount must …, got 101',
    '  - volumeSize (GiB) must …, got 0',
    '  - maxRuntime (seconds) must …, got 172800',
    "  - environment key must …, got '1X'",
    "  - environment.LONG must …, got 'xxx'",
    "  - image must …, got 'a b'",
    '  - vpcSubnets needs vpc',
  ]);
});

test.each<[string, Kind, Omit<ModelMonitorOptions, 'kind'>, string]>([
  ['longer than to the next run', 'DataQuality', { schedule: MonitorSchedule.hourly(), maxRuntime: Duration.minutes(61) }, 'maxRuntime (seconds) must be a whole number between 1 and 3600, got 3660'],
  ['longer than half of it with labels', 'ModelQuality', { schedule: MonitorSchedule.hourly(), maxRuntime: Duration.minutes(31) }, 'maxRuntime (seconds) must be a whole number between 1 and 1800, got 1860'],
  ['longer than over midnight', 'ModelBias', { schedule: MonitorSchedule.everyHours(5), maxRuntime: Duration.hours(3) }, 'maxRuntime (seconds) must be a whole number between 1 and 7200, got 10800'],
  ['in an isolation that it cannot have', 'ModelExplainability', { networkIsolation: true }, 'networkIsolation must not be true for ModelExplainability, whose jobs ask the model'],
  ['on no instance', 'DataQuality', { instanceCount: 0 }, 'instanceCount must be a whole number between 1 and 100, got 0'],
  ['with a topic and no alarms', 'DataQuality', { alarmTopic: { topicRef: { topicArn: 'a' } } as any }, 'alarmTopic needs alarms'],
])('a monitor cannot run %s', (_, kind, options, problem) => {
  expect(errorOf(() => monitored(kind, options))).toBe(`ModelMonitor at 'Stack/Endpoint/Drift' has 1 problem:\n  - ${problem}`);
});

test('a monitor without a VPC has no connections', () => {
  expect(errorOf(() => monitored('DataQuality').monitor.connections)).toContain('it has no connections, since it is not in a VPC: give it vpc');
});

test('what is granted to the monitor is granted to its role', () => {
  const { monitor, artifacts, template } = monitored('DataQuality');
  artifacts.bucket.grantRead(monitor);
  expect(monitor.grantPrincipal).toBe(monitor.role);
  expect(statementsOf(template(), 'EndpointDriftRoleGrantedPolicy').flatMap(s => s.Action)).toContain('s3:GetObject*');
});

test.each(['Schedule', 'DataQuality', 'Role/Resource', 'Role/Policy/Resource'])('the escape hatch %s is where the documentation says', path => {
  const found = path.split('/').reduce((node: any, id) => node.node.findChild(id), monitored('DataQuality').monitor);
  expect(found.cfnResourceType).toBeDefined();
});
