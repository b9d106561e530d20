import { readFileSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, CfnFunctionProps } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { inPacks } from '../compliance/accepted-kinds';
import { Excuse, excuse } from '../compliance/excuses';
import { keyForLogs } from '../identity/key-for-logs';
import { Permissions, RolePolicy } from '../identity/role-policy';

const TIMEOUT_SECONDS = 300;
const MEMORY = 256;
const RETENTION_DAYS = 365;

/** CloudFormation itself waits, so nothing is gained by keeping what could not be delivered. */
export const WAITED_FOR = 'CloudFormation waits for the answer, and fails the deployment if none comes.';

/** A function that answers CloudFormation, and whose code stands in the template, so that the app needs no asset. */
export interface InlineFunction {
  /** Begins the ids of what the function needs beside itself. */
  readonly prefix: string;
  /** Path of the code in the package, below `lambda`, beside src and lib. */
  readonly code: string[];
  readonly runtime: string;
  readonly description: string;
  readonly roleDescription: string;
  readonly logGroup: CfnLogGroup;
  readonly permissions: Permissions[];
  readonly more?: Pick<CfnFunctionProps, 'environment' | 'reservedConcurrentExecutions'>;
  /** Rules that the function breaks besides those of the newest runtime and of dead letters. */
  readonly excuses: Excuse[];
}

/** A log group that is encrypted if the key can be used for it. */
export function encryptedLog(scope: Construct, id: string, key: IKey): CfnLogGroup {
  return new CfnLogGroup(scope, id, { retentionInDays: RETENTION_DAYS, kmsKeyId: keyForLogs(scope, key) });
}

/** Makes the function with a role of its own; it waits for its policy. */
export function inlineFunction(scope: Construct, of: InlineFunction): CfnFunction {
  const role = new CfnRole(scope, `${of.prefix}Role`, {
    description: of.roleDescription,
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
  const policy = new RolePolicy(scope, `${of.prefix}Policy`, role.ref);
  policy.allow(...of.permissions);
  const fn = new CfnFunction(scope, 'Function', {
    description: of.description,
    code: { zipFile: readFileSync(join(__dirname, '..', '..', 'lambda', ...of.code), 'utf8') },
    handler: 'index.handler',
    runtime: of.runtime,
    timeout: TIMEOUT_SECONDS,
    memorySize: MEMORY,
    role: role.attrArn,
    loggingConfig: { logGroup: of.logGroup.ref },
    ...of.more,
  });
  fn.node.addDependency(policy);
  excuse(fn, 'deploymentHelpers', () => [
    { rule: 'AwsSolutions-L1', reason: `The function is tested with ${of.runtime}, whatever newer runtime CDK knows.` },
    ...inPacks('LambdaDLQ').map(rule => ({ rule, reason: WAITED_FOR })),
    ...of.excuses,
  ]);
  return fn;
}
