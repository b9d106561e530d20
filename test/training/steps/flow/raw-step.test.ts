import { Duration } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FailStep, PipelineParameter, RawStep, RawStepProps, StepCache } from '../../../../src';
import { errorOf, expectCompliant, statementFor } from '../../../helper';
import { pipelineOf } from '../pipeline-of';

const workgroup = 'arn:aws:athena:eu-west-1:111122223333:workgroup/primary';
const raw = (props: Partial<RawStepProps> = {}) => new RawStep('Query', { stepType: 'Athena', arguments: { QueryString: 'SELECT 1' }, ...props });

test('a step of any type', () => {
  const limit = PipelineParameter.integer('Limit', { defaultValue: 5 });
  const step = raw({ arguments: { QueryString: `SELECT 1 LIMIT ${limit.asString()}` }, cache: StepCache.expiringAfter(Duration.days(1)), description: 'a query' });
  step.addOverride('Extra', 'beside');
  const made = pipelineOf(() => [step, new FailStep('F', { message: step.property('QueryExecutionId').asString() })]);
  expect(made.step()).toEqual({
    Name: 'Query',
    Type: 'Athena',
    Description: 'a query',
    Arguments: { QueryString: { 'Std:Join': { On: '', Values: ['SELECT 1 LIMIT ', { Get: 'Parameters.Limit' }] } } },
    CacheConfig: { Enabled: true, ExpireAfter: 'P1D' },
    Extra: 'beside',
  });
  expect(made.step(1).Arguments.ErrorMessage).toEqual({ Get: 'Steps.Query.QueryExecutionId' });
});

test('its arguments come in the order of their names, however a language gives them', () => {
  const [one, other] = [{ b: [{ d: 1, c: 2 }], a: 'x' }, { a: 'x', b: [{ c: 2, d: 1 }] }].map(args => pipelineOf(() => [raw({ arguments: args })]).step().Arguments);
  expect(JSON.stringify(one)).toBe(JSON.stringify(other));
});

test('its permissions go to the roles that are meant', () => {
  const { statements, jobStatements, stack } = pipelineOf(() => [raw({
    permissions: [new PolicyStatement({ actions: ['athena:StartQueryExecution'], resources: [workgroup], conditions: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    jobPermissions: [new PolicyStatement({ actions: ['glue:GetTable'], resources: ['arn:aws:glue:eu-west-1:111122223333:catalog'] })],
  })]);
  expect(statementFor(statements(), 'athena:StartQueryExecution')).toEqual({
    Effect: 'Allow', Action: 'athena:StartQueryExecution', Resource: workgroup, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
  });
  expect(statementFor(jobStatements(), 'glue:GetTable')).toEqual({ Effect: 'Allow', Action: 'glue:GetTable', Resource: 'arn:aws:glue:eu-west-1:111122223333:catalog' });
  expectCompliant(stack);
});

test('a wildcard without a reason is a finding', () => {
  const { stack } = pipelineOf(() => [raw({ permissions: [new PolicyStatement({ actions: ['athena:GetQueryExecution'], resources: ['*'] })] })]);
  expect(() => expectCompliant(stack)).toThrow(/AwsSolutions-IAM5/);
});

test('its own role is passed, and gets the permissions of the job', () => {
  const { statements } = pipelineOf(stack => [raw({ role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) })]);
  expect(JSON.stringify(statementFor(statements(), 'iam:PassRole').Resource)).toContain('"Own');
});

test('bad input is one error', () => {
  const permissions = [
    new PolicyStatement({ effect: Effect.DENY, actions: ['s3:GetObject'], resources: [workgroup] }), new PolicyStatement({ notActions: ['s3:GetObject'], resources: [workgroup] }),
  ];
  const jobPermissions = [new PolicyStatement({ actions: ['s3:GetObject'], principals: [new ServicePrincipal('sagemaker.amazonaws.com')], resources: [workgroup] })];
  expect(errorOf(() => pipelineOf(() => [raw({ stepType: 'No type', permissions, jobPermissions })]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 4 problems:",
    "  - step 'Query'.stepType must be letters only, got 'No type'",
    "  - step 'Query'.permissions[0] must allow actions on resources, and name no principals",
    "  - step 'Query'.permissions[1] must allow actions on resources, and name no principals",
    "  - step 'Query'.jobPermissions[0] must allow actions on resources, and name no principals",
  ].join('\n'));
});
