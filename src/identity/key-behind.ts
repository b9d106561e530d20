import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Permission } from './permission-statement';

/** The end of an alias' ARN; a name that is only known at deployment has no such end. */
const ALIAS = /:(alias\/[^:]+)$/;

/** In a key's own policy, the key. */
const SELF = { selfArns: ['*'] };

/** What is allowed on a key, and when. */
export type KeyUse = Pick<Permission, 'actions' | 'conditions'>;

/** The key that an alias stands for, if the program knows it; any other key as it is. */
export function knownKey(key: IKey): IKey;
export function knownKey(key: IKeyRef): IKeyRef;
export function knownKey(key: IKeyRef): IKeyRef {
  const target = targetOf(key);
  return target === undefined ? key : knownKey(target);
}

/** The name of the alias that a key is known by; undefined if the key itself is known. */
export function aliasOf(key: IKeyRef): string | undefined {
  const known = knownKey(key);
  return isAlias(known) ? known.aliasName : ALIAS.exec(known.keyRef.keyArn)?.[1];
}

/**
 * A statement on a key. IAM takes the ARN of an alias for the alias itself, so a key that is known by nothing else is any of its account and Region that has the alias.
 *
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function onKey(key: IKeyRef, { actions, conditions }: KeyUse): Permission {
  const { keyArn } = knownKey(key).keyRef;
  const alias = aliasOf(key);
  if (alias === undefined) { return { actions, resources: [keyArn], conditions }; }
  return {
    actions,
    resources: [`${keyArn.slice(0, -alias.length)}key/*`],
    conditions: { ...conditions, 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
    reason: `The key is known by its alias only, and IAM knows no aliases; the condition names '${alias}'.`,
  };
}

/** The same, with the key's own policy for grantees of other accounts. */
export function onOwnKey(key: IKey, use: KeyUse): Permission {
  return { ...onKey(key, use), resource: knownKey(key), ...SELF };
}

function isAlias(key: IKeyRef): key is IKey & { aliasName: string; aliasTargetKey: IKey } {
  return 'aliasName' in key && 'keyArn' in key;
}

/** An alias that is imported by its name throws where it is asked for its key. */
function targetOf(key: IKeyRef): IKey | undefined {
  if (!isAlias(key)) { return undefined; }
  try {
    return key.aliasTargetKey;
  } catch {
    return undefined;
  }
}
