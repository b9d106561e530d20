import { Bucket } from 'aws-cdk-lib/aws-s3';
import { IRELAND, Kind, KINDS, monitored } from './fixture';
import { MonitorKind, S3Prefix, SageMakerImage } from '../../../src';
import { statementsOf } from '../../helper';

const BUCKET = { 'Fn::GetAtt': ['ArtifactsBucket88671897', 'Arn'] };
const KEY = { 'Fn::GetAtt': ['MlEncryptionKey1CDF763F', 'Arn'] };
const objects = (path: string) => ({ 'Fn::Join': ['', [BUCKET, path]] });
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, rest]] });
const allow = (Action: unknown, Resource: unknown, Condition?: unknown) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) });
const s3Key = (...actions: string[]) => allow(actions.length === 1 ? actions[0] : actions, KEY, {
  StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } },
});
const readPlace = (prefix: string) => [allow('s3:GetObject', objects(`/${prefix}*`)), allow('s3:ListBucket', BUCKET, { StringLike: { 's3:prefix': `${prefix}*` } })];
const readFile = (key: string) => [allow('s3:GetObject', objects(`/${key}`)), allow('s3:ListBucket', BUCKET, { StringEquals: { 's3:prefix': key } })];
const pull = (account: string, repository: string) =>
  allow(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], arn(`:ecr:eu-west-1:${account}:repository/${repository}`));

const REPORTS = 'monitoring/stack-endpoint-drift-271afd2f/';
const ANALYZER = pull('468650794304', 'sagemaker-model-monitor-analyzer');
const CLARIFY = pull('131013547314', 'sagemaker-clarify-processing');
const MERGER = pull('468650794304', 'sagemaker-model-monitor-groundtruth-merger');
const LABELS = readPlace('labels/');
const ANALYSIS = readFile('baselines/analysis_config.json');

const COMMON = [
  allow('ecr:GetAuthorizationToken', '*'),
  ...readPlace('capture/'),
  s3Key('kms:Decrypt'),
  allow(['s3:PutObject', 's3:AbortMultipartUpload'], objects(`/${REPORTS}*`)),
  s3Key('kms:Decrypt', 'kms:GenerateDataKey'),
  allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [
    arn(':logs:eu-west-1:111122223333:log-group:/aws/sagemaker/ProcessingJobs'),
    arn(':logs:eu-west-1:111122223333:log-group:/aws/sagemaker/ProcessingJobs:log-stream:*'),
  ]),
  allow('cloudwatch:PutMetricData', '*', { StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'aws/sagemaker/*'] } }),
  allow('kms:CreateGrant', KEY, { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'], KEY),
];

const ENDPOINT = { Ref: 'EndpointRealTimeD05C090E' };
const MORE: Record<Kind, object[]> = {
  DataQuality: [ANALYZER],
  ModelQuality: [ANALYZER, ...LABELS, ...readPlace(REPORTS), MERGER],
  ModelBias: [CLARIFY, ...ANALYSIS, ...LABELS, ...readPlace(REPORTS), MERGER],
  ModelExplainability: [CLARIFY, ...ANALYSIS, allow(['sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'], ENDPOINT)],
};

const byText = (statements: object[]) => statements.map(s => JSON.stringify(s)).sort();
const roleOf = (fixture: ReturnType<typeof monitored>) => statementsOf(fixture.template(), 'EndpointDriftRolePolicy');

test.each(KINDS)('the role of %s may do exactly this', kind => {
  expect(byText(roleOf(monitored(kind, {}, IRELAND)))).toEqual(byText([...COMMON, ...MORE[kind]]));
});

test('a model that is asked by an endpoint of each run takes the right to make it', () => {
  const { stack, artifacts, ...fixture } = monitored('DataQuality', {}, IRELAND);
  const kind = MonitorKind.modelExplainability({ analysisConfig: fixture.baseline.file('analysis_config.json'), modelName: 'Churn' });
  fixture.endpoint.addMonitor('Weights', { kind });
  const config = arn(':sagemaker:eu-west-1:111122223333:endpoint-config/sagemaker-clarify-*');
  const endpoint = arn(':sagemaker:eu-west-1:111122223333:endpoint/sagemaker-clarify-*');
  expect(statementsOf(fixture.template(), 'EndpointWeightsRolePolicy').filter(s => JSON.stringify(s.Action).includes('sagemaker:'))).toEqual([
    allow('sagemaker:DescribeModel', arn(':sagemaker:eu-west-1:111122223333:model/churn')),
    allow(['sagemaker:AddTags', 'sagemaker:CreateEndpoint'], [config, endpoint]),
    allow(['sagemaker:CreateEndpointConfig', 'sagemaker:DeleteEndpointConfig', 'sagemaker:DescribeEndpointConfig'], config),
    allow(['sagemaker:DeleteEndpoint', 'sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'], endpoint),
  ]);
});

test('reports in a bucket whose key is not known are encrypted with the key of the monitor, which the role may then use', () => {
  const { stack, endpoint, kinds, template } = monitored('DataQuality', {}, IRELAND);
  endpoint.addMonitor('Other', { kind: kinds.DataQuality, reports: S3Prefix.of(Bucket.fromBucketName(stack, 'Reports', 'reports'), 'churn/') });
  const statements = statementsOf(template(), 'EndpointOtherRolePolicy');
  expect(statements).toContainEqual(allow(['s3:PutObject', 's3:AbortMultipartUpload'], arn(':s3:::reports/churn/*')));
  expect(statements).toContainEqual(s3Key('kms:Decrypt', 'kms:GenerateDataKey'));
});

test('an image of your own is pulled from its repository, labels are still merged by that of AWS', () => {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/monitor:1');
  const pulled = roleOf(monitored('ModelQuality', { image }, IRELAND)).filter(s => JSON.stringify(s.Action).includes('BatchGetImage'));
  expect(byText(pulled)).toEqual(byText([pull('111122223333', 'monitor'), MERGER]));
});
