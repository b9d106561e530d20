import { readFileSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { guardPermissions } from './guard-permissions';
import { inPacks } from '../../compliance/accepted-kinds';
import { excuse } from '../../compliance/excuses';
import { keyForLogs } from '../../identity/key-for-logs';
import { RolePolicy } from '../../identity/role-policy';

/** In the package beside src and lib, and inline in the template, so that the app needs no asset. */
const CODE = join(__dirname, '..', '..', '..', 'lambda', 'scaling-guard', 'index.js');

const RUNTIME = 'nodejs24.x';
const TIMEOUT_SECONDS = 300;
const MEMORY = 256;
const RETENTION_DAYS = 365;

/** CloudFormation calls it three times in a deployment, one call after the other. */
const EXCUSES = [
  { rule: 'AwsSolutions-L1', reason: `The function is tested with ${RUNTIME}, whatever newer runtime CDK knows.` },
  ...inPacks('LambdaDLQ').map(rule => ({ rule, reason: 'CloudFormation waits for the answer, and fails the deployment if none comes.' })),
  ...inPacks('LambdaConcurrency').map(rule => ({ rule, reason: 'CloudFormation calls it one call after the other; reserved calls would be taken from the rest of the account.' })),
  ...inPacks('LambdaInsideVPC').map(rule => ({ rule, reason: 'The function calls APIs of AWS and the answer URL of CloudFormation, and reaches nothing in a VPC.' })),
  ...inPacks('LambdaTracing').map(rule => ({ rule, reason: 'It is called three times in a deployment, and its log holds each call.' })),
];

/** The function behind the custom resources, with all it needs; returns its ARN, which waits for its permissions. */
export function guardFunction(scope: Construct, endpointName: string, key: IKey): string {
  const parameter = new CfnParameter(scope, 'Snapshots', {
    type: 'String',
    tier: 'Intelligent-Tiering',
    description: `What the scaling guard of endpoint ${endpointName} has taken away and must put back; written by its function`,
    value: '{}',
  });
  const logGroup = new CfnLogGroup(scope, 'Log', { retentionInDays: RETENTION_DAYS, kmsKeyId: keyForLogs(scope, key) });
  const role = new CfnRole(scope, 'Role', {
    description: `Scaling guard of the endpoint ${endpointName}`,
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
  const policy = new RolePolicy(scope, 'Policy', role.ref);
  policy.allow(...guardPermissions(scope, endpointName, parameter.ref, logGroup.attrArn));
  const fn = new CfnFunction(scope, 'Function', {
    description: `Scaling guard of the endpoint ${endpointName}: deregisters scalable targets whose instance type changes, and puts them back`,
    code: { zipFile: readFileSync(CODE, 'utf8') },
    handler: 'index.handler',
    runtime: RUNTIME,
    timeout: TIMEOUT_SECONDS,
    memorySize: MEMORY,
    role: role.attrArn,
    environment: { variables: { PARAMETER: parameter.ref } },
    loggingConfig: { logGroup: logGroup.ref },
  });
  fn.node.addDependency(policy);
  excuse(fn, 'deploymentHelpers', () => EXCUSES);
  return fn.attrArn;
}
