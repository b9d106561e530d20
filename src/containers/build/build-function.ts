import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { encryptedLog, inlineFunction } from '../../identity/inline-function';
import { Permission } from '../../identity/permission-statement';

const DESCRIPTION = 'Starts builds of container images, and tells CloudFormation how they ended';

/** CloudFormation itself waits, so nothing is gained by keeping what could not be delivered. */
export const WAITED_FOR = 'CloudFormation waits for the answer, and fails the deployment if none comes.';

const EXCUSES = [
  ...['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'].map(rule => ({ rule, reason: WAITED_FOR })),
  ...['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'].map(pack => ({
    rule: `${pack}-LambdaInsideVPC`, reason: 'The function calls CodeBuild, ECR, CloudWatch Logs and the answer URL of CloudFormation, and reaches nothing in a VPC.',
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
