import { Duration, Stack } from 'aws-cdk-lib';
import { CfnApplication } from 'aws-cdk-lib/aws-emrserverless';
import { Role } from 'aws-cdk-lib/aws-iam';
import { EmrServerlessApplication, EmrServerlessJob, EmrServerlessStep, EmrServerlessStepProps, FailStep, PipelineParameter } from '../../../../src';
import { errorOf, expectCompliant, statementFor } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

const ROLE = 'arn:aws:iam::111122223333:role/Spark';
const APP = EmrServerlessApplication.existingFromId('00f1r2s3t4u5v6w7');
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:emr-serverless:eu-west-1:111122223333:${rest}`]] });

const serverless = (props: Partial<EmrServerlessStepProps> = {}) => new EmrServerlessStep('Spark', {
  application: APP,
  job: EmrServerlessJob.spark({ entryPoint: 's3://lake/app.py', arguments: ['x'], sparkSubmitParameters: '--conf spark.executor.cores=4' }),
  executionRole: Role.fromRoleArn(new Stack(), 'Role', ROLE),
  ...props,
});

test('a Spark program on an application that is there', () => {
  const step = serverless({
    maxRuntime: Duration.hours(2),
    configurations: [{ classification: 'spark-defaults', properties: { b: '2', a: '1' } }],
    logUri: 's3://lake/logs/',
    jobRunName: 'features',
    tags: { team: 'ml' },
  });
  const { definition, statements, stack } = pipelineOf(() => [step, new FailStep('F', { message: `${step.jobRunId} ${step.applicationId}` })]);
  expect(definition().Steps[0].Arguments).toEqual({
    ExecutionRoleArn: ROLE,
    ApplicationId: '00f1r2s3t4u5v6w7',
    JobConfig: {
      executionRoleArn: ROLE,
      applicationId: '00f1r2s3t4u5v6w7',
      jobDriver: { sparkSubmit: { entryPoint: 's3://lake/app.py', entryPointArguments: ['x'], sparkSubmitParameters: '--conf spark.executor.cores=4' } },
      configurationOverrides: {
        applicationConfiguration: [{ classification: 'spark-defaults', properties: { a: '1', b: '2' } }],
        monitoringConfiguration: { s3MonitoringConfiguration: { logUri: 's3://lake/logs/' } },
      },
      executionTimeoutMinutes: 120,
      name: 'features',
      tags: { team: 'ml' },
    },
  });
  expect(definition().Steps[1].Arguments.ErrorMessage['Std:Join'].Values).toEqual([{ Get: 'Steps.Spark.jobRun.jobRunId' }, ' ', { Get: 'Steps.Spark.jobRun.applicationId' }]);
  expect(strictFaults(definition())).toEqual([]);
  expect(statementFor(statements(), 'emr-serverless:StartJobRun')).toEqual({
    Effect: 'Allow',
    Action: ['emr-serverless:GetApplication', 'emr-serverless:StartApplication', 'emr-serverless:StartJobRun'],
    Resource: arn('/applications/00f1r2s3t4u5v6w7'),
  });
  expect(statementFor(statements(), 'emr-serverless:GetJobRun').Resource).toEqual(arn('/applications/00f1r2s3t4u5v6w7/jobruns/*'));
  expect(statementFor(statements(), 'emr-serverless:TagResource').Resource).toEqual(arn('/applications/00f1r2s3t4u5v6w7/jobruns/*'));
  expect(statements().filter(s => s.Resource === ROLE)).toEqual([
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: ROLE, Condition: { StringEquals: { 'iam:PassedToService': 'emr-serverless.amazonaws.com' } } },
  ]);
  expect(JSON.stringify(statements())).not.toContain('CreateApplication');
  expectCompliant(stack);
});

test('a Hive query on an application of its own', () => {
  const { definition, statements, stack } = pipelineOf(() => [serverless({
    application: EmrServerlessApplication.ownApplication({ releaseLabel: 'emr-7.1.0', engine: 'Hive', architecture: 'ARM64', tags: { b: '2', a: '1' } }),
    job: EmrServerlessJob.hive({ query: 's3://lake/query.sql', initQueryFile: 's3://lake/init.sql', parameters: '--hiveconf a=b' }),
  })]);
  expect(definition().Steps[0].Arguments).toEqual({
    ExecutionRoleArn: ROLE,
    ApplicationConfig: { releaseLabel: 'emr-7.1.0', type: 'Hive', architecture: 'ARM64', tags: { a: '1', b: '2' } },
    JobConfig: { executionRoleArn: ROLE, jobDriver: { hive: { query: 's3://lake/query.sql', initQueryFile: 's3://lake/init.sql', parameters: '--hiveconf a=b' } } },
  });
  expect(statementFor(statements(), 'emr-serverless:CreateApplication')).toMatchObject({
    Action: ['emr-serverless:CreateApplication', 'emr-serverless:TagResource'], Resource: arn('/'),
  });
  expect(statementFor(statements(), 'emr-serverless:DeleteApplication').Resource).toEqual(arn('/applications/*'));
  expectCompliant(stack);
});

test('an application of the stack, or one that a parameter names', () => {
  const ofStack = pipelineOf(stack => [serverless({ application: EmrServerlessApplication.existing(new CfnApplication(stack, 'App', { releaseLabel: 'emr-7.1.0', type: 'Spark' })) })]);
  expect(ofStack.step().Arguments.ApplicationId).toBe('${App}');
  const ofParameter = pipelineOf(() => [serverless({ application: EmrServerlessApplication.existingFromId(PipelineParameter.text('App').asString()) })]);
  expect(ofParameter.step().Arguments.JobConfig.applicationId).toEqual({ Get: 'Parameters.App' });
  expect(statementFor(ofParameter.statements(), 'emr-serverless:StartJobRun').Resource).toEqual(arn('/applications/*'));
});

test('bad input is one error', () => {
  const own = (more: object) => EmrServerlessApplication.ownApplication({ releaseLabel: '7', ...more });
  const named = (name: string, props: Partial<EmrServerlessStepProps>) => new EmrServerlessStep(name, { application: APP, job: EmrServerlessJob.hive({ query: ' ' }), executionRole: Role.fromRoleArn(new Stack(), 'Role', ROLE), ...props });
  expect(errorOf(() => pipelineOf(() => [
    serverless({ application: EmrServerlessApplication.existingFromId('App'), job: EmrServerlessJob.spark({ entryPoint: 'app.py' }), maxRuntime: Duration.seconds(90), logUri: 'logs', jobRunName: '' }),
    named('Own', { application: own({ engine: 'Flink', architecture: 'arm' }) }),
  ]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 9 problems:",
    "  - step 'Spark'.application id must be 1 to 64 small letters and digits, got 'App'",
    "  - step 'Spark'.job.entryPoint must begin with 's3://' and a bucket, or be a variable, got 'app.py'",
    "  - step 'Spark'.maxRuntime (minutes) must be a whole number between 1 and 1000000, got 1.5",
    "  - step 'Spark'.logUri must begin with 's3://' and a bucket, or be a variable, got 'logs'",
    "  - step 'Spark'.jobRunName (characters) must be between 1 and 256, got 0",
    "  - step 'Own'.application.releaseLabel must look like 'emr-7.1.0', got '7'",
    "  - step 'Own'.application.engine must be one of Spark, Hive, got 'Flink'",
    "  - step 'Own'.application.architecture must be one of ARM64, X86_64, got 'arm'",
    "  - step 'Own'.job.query must be a query, or its URI, got ' '",
  ].join('\n'));
});
