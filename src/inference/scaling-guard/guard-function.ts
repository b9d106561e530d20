import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { guardPermissions } from './guard-permissions';
import { inPacks } from '../../compliance/accepted-kinds';
import { encryptedLog, inlineFunction } from '../../delivery/inline-function';

/** CloudFormation calls it three times in a deployment, one call after the other. */
const EXCUSES = [
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
  const logGroup = encryptedLog(scope, 'Log', key);
  return inlineFunction(scope, {
    prefix: '',
    code: ['scaling-guard', 'index.js'],
    runtime: 'nodejs24.x',
    description: `Scaling guard of the endpoint ${endpointName}: deregisters scalable targets whose instance type changes, and puts them back`,
    roleDescription: `Scaling guard of the endpoint ${endpointName}`,
    logGroup,
    permissions: guardPermissions(scope, endpointName, parameter.ref, logGroup.attrArn),
    more: { environment: { variables: { PARAMETER: parameter.ref } } },
    excuses: EXCUSES,
  }).attrArn;
}
