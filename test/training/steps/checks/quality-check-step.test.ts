import { Duration, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { checking } from './fixture';
import {
  CheckDatasetFormat, CheckSwitch, PipelineParameter, ProblemType, QualityCheck, QualityCheckStep, QualityCheckStepProps, S3File,
} from '../../../../src';
import { errorOf, expectCompliant, statementFor, statementsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';

const DATA = QualityCheck.dataQuality({ format: CheckDatasetFormat.csv() });

const fixture = (props: Partial<QualityCheckStepProps> = {}) => checking(() => [new QualityCheckStep('Check', { dataset: 's3://lake/train/', check: DATA, ...props })]);

const jobOf = (props: Partial<QualityCheckStepProps>) => definitionOf(fixture(props).stack).Steps[0].Arguments;

test('with little said it is secure, and writes below the prefix of the pipeline', () => {
  const { stack } = fixture();
  const template = expectCompliant(stack);
  const [step] = definitionOf(stack).Steps;
  expect(step).toMatchObject({
    Type: 'QualityCheck',
    CheckType: 'DATA_QUALITY',
    ModelPackageGroupName: null,
    SkipCheck: false,
    FailOnViolation: true,
    RegisterNewBaseline: false,
    SuppliedBaselineStatistics: null,
    SuppliedBaselineConstraints: null,
  });
  expect(step.Arguments.NetworkConfig).toEqual({ EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true });
  expect(step.Arguments.ProcessingOutputConfig).toMatchObject({ KmsKeyId: expect.any(String) });
  const statements = statementsOf(template, 'PipelineJobRolePolicy');
  const reads = JSON.stringify(statements.filter(s => s.Action === 's3:GetObject').map(s => s.Resource));
  expect(reads).toContain(':s3:::lake/train/*');
  expect(JSON.stringify(statements.filter(s => [s.Action].flat().includes('ecr:BatchGetImage')).map(s => s.Resource))).toContain(
    ':ecr:eu-west-1:468650794304:repository/sagemaker-model-monitor-analyzer');
  const pipeline = statementsOf(template, 'PipelineRolePolicy');
  expect(statementFor(pipeline, 'sagemaker:CreateProcessingJob').Action).toEqual([
    'sagemaker:AddTags', 'sagemaker:CreateProcessingJob', 'sagemaker:DescribeProcessingJob', 'sagemaker:StopProcessingJob',
  ]);
  expect(JSON.stringify(pipeline)).not.toContain('ListModelPackages');
});

test.each<[CheckDatasetFormat, string]>([
  [CheckDatasetFormat.csv(), '{"csv": {"header": true, "output_columns_position": "START"}}'],
  [CheckDatasetFormat.csv({ header: false, outputColumnsAtEnd: true }), '{"csv": {"header": false, "output_columns_position": "END"}}'],
  [CheckDatasetFormat.json(), '{"json": {"lines": false}}'],
  [CheckDatasetFormat.jsonLines(), '{"json": {"lines": true}}'],
  [CheckDatasetFormat.captured(), '{"sagemakerCaptureJson": {}}'],
])('a format as Python writes it: %#', (format, text) => {
  expect(jobOf({ check: QualityCheck.dataQuality({ format }) }).Environment.dataset_format).toBe(text);
});

test('scripts are brought in, and may be read', () => {
  const bucket = Bucket.fromBucketName(new Stack(), 'Scripts', 'scripts');
  const check = QualityCheck.dataQuality({
    format: CheckDatasetFormat.csv(), preprocessor: S3File.of(bucket, 'a/pre.py'), postprocessor: S3File.of(bucket, 'post.py'),
  });
  const { stack, template } = fixture({ check });
  const { Environment, ProcessingInputs } = definitionOf(stack).Steps[0].Arguments;
  const root = '/opt/ml/processing/input';
  expect(Environment).toMatchObject({
    record_preprocessor_script: `${root}/record_preprocessor_script_input/pre.py`,
    post_analytics_processor_script: `${root}/post_analytics_processor_script_input/post.py`,
  });
  expect(ProcessingInputs.map((i: any) => [i.InputName, i.S3Input.S3Uri, i.S3Input.LocalPath])).toEqual(expect.arrayContaining([
    ['record_preprocessor_script_input', 's3://scripts/a/pre.py', `${root}/record_preprocessor_script_input`],
    ['post_analytics_processor_script_input', 's3://scripts/post.py', `${root}/post_analytics_processor_script_input`],
  ]));
  const reads = JSON.stringify(statementsOf(template(), 'PipelineJobRolePolicy').filter(s => s.Action === 's3:GetObject').map(s => s.Resource));
  expect(reads).toContain(':s3:::scripts/a/pre.py"');
});

test('attributes and threshold may be variables; numbers become texts', () => {
  const format = CheckDatasetFormat.jsonLines();
  const threshold = PipelineParameter.number('Threshold', { defaultValue: 0.5 });
  const of = (probabilityThreshold: number) => jobOf({
    check: QualityCheck.modelQuality({
      format, problemType: ProblemType.BINARY_CLASSIFICATION, probabilityThreshold, probabilityAttribute: PipelineParameter.text('Where').asString(),
    }),
  }).Environment;
  expect(of(0.25)).toMatchObject({ problem_type: 'BinaryClassification', probability_threshold_attribute: '0.25', probability_attribute: { Get: 'Parameters.Where' } });
  expect(of(threshold.asNumber()).probability_threshold_attribute).toEqual({ 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Threshold' }] } });
});

test('switches may be parameters', () => {
  const flag = PipelineParameter.flag('First', { defaultValue: true });
  const { stack } = fixture({ skipCheck: CheckSwitch.when(flag), failOnViolation: CheckSwitch.off(), registerNewBaseline: CheckSwitch.on() });
  const definition = definitionOf(stack);
  expect(definition.Parameters).toEqual([{ Name: 'First', Type: 'Boolean', DefaultValue: true }]);
  expect(definition.Steps[0]).toMatchObject({ SkipCheck: { Get: 'Parameters.First' }, FailOnViolation: false, RegisterNewBaseline: true });
});

test('baselines are read by the pipeline, of an earlier step too', () => {
  const first = new QualityCheckStep('First', { dataset: 's3://lake/train/', check: DATA });
  const second = new QualityCheckStep('Second', {
    dataset: 's3://lake/test/',
    check: DATA,
    suppliedBaselineStatistics: first.calculatedBaselineStatistics,
    suppliedBaselineConstraints: 's3://lake/base/constraints.json',
    destination: 's3://lake/out/',
  });
  const { stack, template } = checking(() => [first, second]);
  expect(definitionOf(stack).Steps[1]).toMatchObject({
    SuppliedBaselineStatistics: { Get: 'Steps.First.CalculatedBaselineStatistics' }, SuppliedBaselineConstraints: 's3://lake/base/constraints.json',
  });
  expect(second.baselineUsedForDriftCheckStatistics).not.toBe(second.baselineUsedForDriftCheckConstraints);
  const resources = (role: string, action: string) =>
    JSON.stringify(statementsOf(template(), role).filter(s => [s.Action].flat().includes(action)).map(s => s.Resource));
  expect(resources('PipelineRolePolicy', 's3:GetObject')).toContain(':s3:::lake/base/constraints.json"');
  expect(resources('PipelineRolePolicy', 's3:GetObject')).toContain(':s3:::lake/out/*');
  expect(resources('PipelineJobRolePolicy', 's3:PutObject')).toContain(':s3:::lake/out/*');
  expect(resources('PipelineRolePolicy', 's3:GetObject')).not.toContain('lake/train');
});

test('all that is wrong comes at once', () => {
  const check = QualityCheck.modelQuality({ format: CheckDatasetFormat.csv(), problemType: ProblemType.REGRESSION, probabilityThreshold: 2 });
  expect(errorOf(() => fixture({
    check,
    dataset: 'lake',
    destination: 'out',
    suppliedBaselineConstraints: 'c.json',
    suppliedBaselineStatistics: 's.json',
    environment: { output_path: '/tmp', A: 'x' },
    instanceType: 'm5.large',
    instanceCount: 0,
    maxRuntime: Duration.days(6),
    tags: { 'aws:x': '1' },
  }))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 10 problems:",
    "  - step 'Check'.dataset must begin with 's3://' and a bucket, or be a variable, got 'lake'",
    "  - step 'Check'.destination must begin with 's3://' and a bucket, or be a variable, got 'out'",
    "  - step 'Check'.suppliedBaselineConstraints must begin with 's3://' and a bucket, or be a variable, got 'c.json'",
    "  - step 'Check'.instanceType must look like 'ml.m5.large', got 'm5.large'",
    "  - step 'Check'.instanceCount must be a whole number between 1 and 100, got 0",
    "  - step 'Check'.maxRuntime (seconds) must be a whole number between 1 and 432000, got 518400",
    "  - step 'Check'.tags key must be 1 to 128 letters, digits, spaces and any of _.:/=+-@, and not begin with 'aws:', got 'aws:x'",
    "  - step 'Check'.environment must not name what the check sets itself, got output_path",
    "  - step 'Check'.check.probabilityThreshold must be between 0 and 1, got 2",
    "  - step 'Check'.suppliedBaselineStatistics must begin with 's3://' and a bucket, or be a variable, got 's.json'",
  ].join('\n'));
});
