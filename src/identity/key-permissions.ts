import { Stack, Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { knownKey, onOwnKey } from './key-behind';
import { Permission } from './permission-statement';

/** Use of a key through one service only, in the Region of the key. */
export function keyThrough(key: IKey, service: string, ...actions: string[]): Permission {
  const known = knownKey(key);
  const { region, urlSuffix } = Stack.of(known);
  const keyRegion = Token.isUnresolved(known.env.region) ? region : known.env.region;
  return onOwnKey(key, { actions, conditions: { StringEquals: { 'kms:ViaService': `${service}.${keyRegion}.${urlSuffix}` } } });
}

/** Use of a key for the volumes of jobs and endpoints, which SageMaker attaches by means of grants. */
export function keyForVolumes(key: IKey): Permission[] {
  return [
    onOwnKey(key, { actions: ['kms:CreateGrant'], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    onOwnKey(key, { actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'] }),
  ];
}
