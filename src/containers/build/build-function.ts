import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { inPacks } from '../../compliance/accepted-kinds';
import { encryptedLog, inlineFunction } from '../../delivery/inline-function';
import { Permission } from '../../identity/permission-statement';

const DESCRIPTION = 'Starts builds of container images, and tells CloudFormation how they ended';

const EXCUSES = [
  ...inPacks('LambdaConcurrency').map(rule => ({ rule, reason: 'Reserved calls are taken from the rest of the account, so functionConcurrency says them, not the library.' })),
  ...inPacks('LambdaTracing').map(rule => ({ rule, reason: 'It is called a few times in a deployment, and its log holds each call.' })),
  ...inPacks('LambdaInsideVPC').map(rule => ({
    rule, reason: 'The function calls CodeBuild, ECR, CloudWatch Logs and the answer URL of CloudFormation, and reaches nothing in a VPC.',
  })),
];

/** The function that starts builds and answers for them; `permissions` are asked for at synth. It waits for its own policy. */
export function buildFunction(scope: Construct, key: IKey, concurrency: number | undefined, permissions: () => Permission[]): CfnFunction {
  const logGroup = encryptedLog(scope, 'FunctionLog', key);
  const log = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.attrArn], reason: 'A log group has as many streams as it needs.' };
  return inlineFunction(scope, {
    prefix: 'Function',
    code: ['image-build', 'index.py'],
    runtime: 'python3.14',
    description: DESCRIPTION,
    roleDescription: DESCRIPTION,
    logGroup,
    permissions: [log, permissions],
    more: { reservedConcurrentExecutions: concurrency },
    excuses: EXCUSES,
  });
}
