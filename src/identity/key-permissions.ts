import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Permission } from './permission';

/** In a key's own policy, the key. */
const SELF = { selfArns: ['*'] };

/** Use of a key through one service only. */
export function keyThrough(key: IKey, service: string, ...actions: string[]): Permission {
  const { region, urlSuffix } = Stack.of(key);
  return {
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    resource: key,
    ...SELF,
  };
}

/** Use of a key for the volumes of jobs and endpoints, which SageMaker attaches by means of grants. */
export function keyForVolumes(key: IKey): Permission[] {
  return [
    { actions: ['kms:CreateGrant'], resources: [key.keyArn], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, resource: key, ...SELF },
    { actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'], resources: [key.keyArn], resource: key, ...SELF },
  ];
}
