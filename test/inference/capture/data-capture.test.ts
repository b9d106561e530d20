import { CfnParameter } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ArtifactPrefix, CaptureMode, DataCapture, DataCaptureOptions, Hosting, InferenceEndpoint, InferenceModel, ModelArtifactBucket, S3Prefix,
  SageMakerImage,
} from '../../../src';
import { errorOf, expectCompliant, onlyResource, stackFixture, statementsOf } from '../../helper';

const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

function captured(options?: DataCaptureOptions, prefix = ArtifactPrefix.CAPTURE) {
  const fixture = stackFixture();
  const artifacts = new ModelArtifactBucket(fixture.stack, 'Artifacts');
  new InferenceEndpoint(fixture.stack, 'Endpoint', { hosting: Hosting.realTime({ model, dataCapture: DataCapture.to(artifacts.at(prefix), options) }) });
  const config = () => onlyResource(fixture.template(), 'AWS::SageMaker::EndpointConfig').Properties.DataCaptureConfig;
  return { ...fixture, artifacts, config };
}

const uri = (artifacts: ModelArtifactBucket, path: string) => ({ 'Fn::Join': ['', ['s3://', artifacts.bucket.stack.resolve(artifacts.bucket.bucketName), path]] });

test('an endpoint captures requests and answers, encrypted and readable (aws-cdk#23150)', () => {
  const { stack, artifacts, config } = captured();
  expect(config()).toEqual({
    EnableCapture: true,
    InitialSamplingPercentage: 20,
    DestinationS3Uri: uri(artifacts, '/capture'),
    KmsKeyId: stack.resolve(artifacts.encryptionKey.keyArn),
    CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
    CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json', 'application/jsonlines'] },
  });
  expectCompliant(stack);
});

test('all of it may be said', () => {
  const { config } = captured({ percent: 100, modes: [CaptureMode.OUTPUT], csvContentTypes: ['text/x-csv'], jsonContentTypes: ['application/vnd.api'] });
  expect(config()).toMatchObject({
    InitialSamplingPercentage: 100,
    CaptureOptions: [{ CaptureMode: 'Output' }],
    CaptureContentTypeHeader: { CsvContentTypes: ['text/x-csv'], JsonContentTypes: ['application/vnd.api'] },
  });
});

test('zero percent stays zero', () => {
  expect(captured({ percent: 0 }).config().InitialSamplingPercentage).toBe(0);
});

test('the role may write to exactly this place, and use its key for that', () => {
  const { stack, artifacts, template } = captured({}, ArtifactPrefix.CAPTURE.below('churn'));
  const statements = statementsOf(template(), 'EndpointRole').filter(s => /s3|GenerateDataKey"/.test(JSON.stringify([s.Action])));
  expect(statements).toEqual([
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: { 'Fn::Join': ['', [stack.resolve(artifacts.bucket.bucketArn), '/capture/churn/*']] } },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: stack.resolve(artifacts.encryptionKey.keyArn),
      Condition: { StringEquals: { 'kms:ViaService': expect.anything() } },
    },
  ]);
});

test('without it nothing is captured', () => {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { model });
  expect(onlyResource(template(), 'AWS::SageMaker::EndpointConfig').Properties).not.toHaveProperty('DataCaptureConfig');
});

test('values known at deployment pass', () => {
  const { stack, template } = stackFixture();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const percent = new CfnParameter(stack, 'Percent', { type: 'Number' }).valueAsNumber;
  const destination = S3Prefix.of(Bucket.fromBucketName(stack, 'Lake', text), `${text}/`);
  const dataCapture = DataCapture.to(destination, { percent, csvContentTypes: [text] });
  new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model, dataCapture }), compliance: { exceptions: [{ rule: 'ML-SM9', reason: 'The key is not known.' }] } });
  expect(onlyResource(template(), 'AWS::SageMaker::EndpointConfig').Properties.DataCaptureConfig).toMatchObject({
    InitialSamplingPercentage: { Ref: 'Percent' },
    DestinationS3Uri: { 'Fn::Join': ['', ['s3://', { Ref: 'Text' }, '/', { Ref: 'Text' }]] },
    CaptureContentTypeHeader: { CsvContentTypes: [{ Ref: 'Text' }] },
  });
});

test('all problems come in one error', () => {
  const { stack } = stackFixture();
  const destination = S3Prefix.of(Bucket.fromBucketName(stack, 'Lake', 'lake'), `/${'x'.repeat(512)}`);
  const dataCapture = DataCapture.to(destination, {
    percent: 101,
    modes: [CaptureMode.INPUT, CaptureMode.INPUT],
    csvContentTypes: ['csv'],
    jsonContentTypes: Array(11).fill('application/json'),
  });
  const error = errorOf(() => new InferenceEndpoint(stack, 'Endpoint', { hosting: Hosting.realTime({ model, dataCapture }) }));
  expect(error.replace(/x{512}/g, 'xxx')).toBe([
    "InferenceEndpoint at 'Stack/Endpoint' has 6 problems:",
    "  - dataCapture.destination must end with '/', not begin with it, and hold no *, no ? and no empty part, got '/xxx'",
    "  - dataCapture.destination (URI) must be at most 512 characters, got 's3://lake/xxx'",
    '  - dataCapture.percent must be a whole number between 0 and 100, got 101',
    '  - dataCapture.modes must be unique, used twice: Input',
    "  - dataCapture.csvContentTypes[0] must look like 'text/csv', got 'csv'",
    '  - dataCapture.jsonContentTypes must hold 1 to 10 entries, got 11',
  ].join('\n'));
});

test.each<[string, DataCaptureOptions, string]>([
  ['half a percent', { percent: 0.5 }, 'dataCapture.percent must be a whole number between 0 and 100, got 0.5'],
  ['no mode', { modes: [] }, 'dataCapture.modes must hold 1 to 2 entries, got 0'],
  ['no content type', { csvContentTypes: [] }, 'dataCapture.csvContentTypes must hold 1 to 10 entries, got 0'],
])('%s is an error', (_, options, problem) => {
  expect(errorOf(() => captured(options))).toBe(`InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - ${problem}`);
});
