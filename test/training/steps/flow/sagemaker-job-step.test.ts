import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FailStep, PipelineExecution, SageMakerJobStep, SageMakerJobStepProps, StepCache, StepRetry } from '../../../../src';
import { errorOf, expectCompliant, statementFor } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

const job = (props: Partial<SageMakerJobStepProps> = {}) => new SageMakerJobStep('Tune', {
  jobCategory: 'AgentRFT',
  schemaVersion: '1.0.0',
  jobConfig: { OutputDataConfig: { S3OutputPath: `s3://lake/${PipelineExecution.ID.asString()}/` } },
  ...props,
});

test('a job as the service wants it', () => {
  const step = job({ cache: StepCache.neverExpiring(), retries: [StepRetry.onResourceLimit()] });
  const made = pipelineOf(() => [step, new FailStep('F', { message: step.configValue('OutputModelPackageArn').asString() })]);
  expect(made.step()).toMatchObject({
    Type: 'Job',
    Arguments: {
      RoleArn: expect.stringMatching(/^\$\{PipelineJobRole\w+\.Arn\}$/),
      JobCategory: 'AgentRFT',
      JobConfigSchemaVersion: '1.0.0',
      JobConfigDocument: { 'Std:Join': { On: '', Values: ['{"OutputDataConfig":{"S3OutputPath":"s3://lake/', { Get: 'Execution.PipelineExecutionId' }, '/"}}'] } },
    },
    CacheConfig: { Enabled: true },
    RetryPolicies: [{ ExceptionType: ['SageMaker.RESOURCE_LIMIT'] }],
  });
  expect(made.step(1).Arguments.ErrorMessage).toEqual({ Get: 'Steps.Tune.JobConfigDocument.OutputModelPackageArn' });
});

test('a document without variables is what the schema wants', () => {
  const { definition, stack } = pipelineOf(() => [job({ jobConfig: { a: 1 } })]);
  const made = definition();
  made.Steps[0].Arguments.RoleArn = 'arn:aws:iam::111122223333:role/Jobs';
  expect(made.Steps[0].Arguments.JobConfigDocument).toBe('{"a":1}');
  expect(strictFaults(made)).toEqual([]);
  expectCompliant(stack);
});

test('its own role is used and passed', () => {
  const { statements, step } = pipelineOf(stack => [job({ role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) })]);
  expect(step().Arguments.RoleArn).toMatch(/^\$\{Own\w+\.Arn\}$/);
  expect(JSON.stringify(statementFor(statements(), 'iam:PassRole').Resource)).toContain('"Own');
  expect(statementFor(statements(), 'sagemaker:CreateJob').Action).toEqual(['sagemaker:AddTags', 'sagemaker:CreateJob', 'sagemaker:DescribeJob', 'sagemaker:StopJob']);
});

test('bad input is one error', () => {
  expect(errorOf(() => pipelineOf(() => [job({ jobCategory: 'Other', schemaVersion: '1', jobConfig: { x: 'x'.repeat(262_144) } })]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 3 problems:",
    "  - step 'Tune'.jobCategory must be one of AgentRFT, AgentRFTEvaluation, DataQualityEvaluation, DataTransformation, SyntheticDataGeneration, got 'Other'",
    "  - step 'Tune'.schemaVersion must look like '1.0.0', got '1'",
    "  - step 'Tune'.jobConfig (characters) must be between 1 and 262144, got 262152",
  ].join('\n'));
});
