import { Stack, Token } from 'aws-cdk-lib';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { KeyUse, knownKey, onOwnKey } from './key-behind';
import { Permission } from './permission-statement';

/** Use of a key through one service only, in the Region of the key. */
export function keyThrough(key: IKey, service: string, ...actions: string[]): Permission {
  return onOwnKey(key, useThrough(key, service, actions));
}

/** The same for onKey; a Region of a key that is only known at deployment is taken for that of the stack. */
export function useThrough(key: IKeyRef, service: string, actions: string[], region: string = regionOf(key)): KeyUse {
  return { actions, conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${Stack.of(knownKey(key)).urlSuffix}` } } };
}

/** Use of a key for the volumes of jobs and endpoints, which SageMaker attaches by means of grants. */
export function keyForVolumes(key: IKey): Permission[] {
  return [
    onOwnKey(key, { actions: ['kms:CreateGrant'], conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    onOwnKey(key, { actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'] }),
  ];
}

function regionOf(key: IKeyRef): string {
  const known = knownKey(key);
  return Token.isUnresolved(known.env.region) ? Stack.of(known).region : known.env.region;
}
