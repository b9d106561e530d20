import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Permission } from './permission';

/** Use of a key through one service only. */
export function keyThrough(key: IKey, service: string, ...actions: string[]): Permission {
  const { region, urlSuffix } = Stack.of(key);
  return {
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    resource: key,
  };
}

/** Use of a key for the volumes of jobs and endpoints, which SageMaker attaches by means of grants. */
export function keyForVolumes(key: IKey): Permission[] {
  return [
    { actions: ['kms:CreateGrant'], resources: [key.keyArn], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } }, resource: key },
    { actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'], resources: [key.keyArn], resource: key },
  ];
}
