import { readFileSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { inPacks } from '../../compliance/accepted-kinds';
import { excuse } from '../../compliance/excuses';
import { keyForLogs } from '../../identity/key-for-logs';
import { Permission } from '../../identity/permission-statement';
import { RolePolicy } from '../../identity/role-policy';

/** In the package beside src and lib, and inline in the template, so that a build of a commit or of another registry needs no asset. */
const CODE = join(__dirname, '..', '..', '..', 'lambda', 'image-build', 'index.py');

const RUNTIME = 'python3.14';
const TIMEOUT_SECONDS = 300;
const MEMORY = 256;
const RETENTION_DAYS = 365;

/** CloudFormation itself waits, so nothing is gained by keeping what could not be delivered. */
export const WAITED_FOR = 'CloudFormation waits for the answer, and fails the deployment if none comes.';

const EXCUSES = [
  { rule: 'AwsSolutions-L1', reason: `The function is tested with ${RUNTIME}, whatever newer runtime CDK knows.` },
  ...inPacks('LambdaDLQ').map(rule => ({ rule, reason: WAITED_FOR })),
  ...inPacks('LambdaConcurrency').map(rule => ({ rule, reason: 'Reserved calls are taken from the rest of the account, so functionConcurrency says them, not the library.' })),
  ...inPacks('LambdaTracing').map(rule => ({ rule, reason: 'It is called a few times in a deployment, and its log holds each call.' })),
  ...inPacks('LambdaInsideVPC').map(rule => ({
    rule, reason: 'The function calls CodeBuild, ECR, CloudWatch Logs and the answer URL of CloudFormation, and reaches nothing in a VPC.',
  })),
];

/** A log group that is encrypted if the key can be used for it. */
export function encryptedLog(scope: Construct, id: string, key: IKey): CfnLogGroup {
  return new CfnLogGroup(scope, id, { retentionInDays: RETENTION_DAYS, kmsKeyId: keyForLogs(scope, key) });
}

/** The function that starts builds and answers for them; `permissions` are asked for at synth. It waits for its own policy. */
export function buildFunction(scope: Construct, key: IKey, concurrency: number | undefined, permissions: () => Permission[]): CfnFunction {
  const logGroup = encryptedLog(scope, 'FunctionLog', key);
  const role = new CfnRole(scope, 'FunctionRole', {
    description: 'Starts builds of container images, and tells CloudFormation how they ended',
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }],
    },
  });
  const policy = new RolePolicy(scope, 'FunctionPolicy', role.ref);
  policy.allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.attrArn], reason: 'A log group has as many streams as it needs.' }, permissions);
  const fn = new CfnFunction(scope, 'Function', {
    description: 'Starts builds of container images, and tells CloudFormation how they ended',
    code: { zipFile: readFileSync(CODE, 'utf8') },
    handler: 'index.handler',
    runtime: RUNTIME,
    timeout: TIMEOUT_SECONDS,
    memorySize: MEMORY,
    role: role.attrArn,
    reservedConcurrentExecutions: concurrency,
    loggingConfig: { logGroup: logGroup.ref },
  });
  fn.node.addDependency(policy);
  excuse(fn, 'deploymentHelpers', () => EXCUSES);
  return fn;
}
