import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey, IKeyRef, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { knownKey } from './key-behind';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { ComplianceOptions } from '../compliance/compliance-options';

const ID = 'MlEncryptionKey';

/** Permissions come from IAM policies, with and without the feature flag @aws-cdk/aws-kms:defaultKeyPolicies. */
const TRUST_IAM = { trustAccountIdentities: true };

/** The customer-managed key that the constructs of one stack share, since each key costs the same every month. */
class StackKey extends Construct {
  public readonly key: Key;

  constructor(scope: Stack, compliance: ComplianceOptions) {
    super(scope, ID);
    this.key = new Key(this, 'Key', {
      ...TRUST_IAM,
      description: `Data and volumes of machine learning in ${scope.stackName}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.key.addToResourcePolicy(grantsForServicesOnly());
    bakeInChecks(this, { ...compliance, exceptions: undefined }); // these are for the construct alone, not for a key shared with others
    sealChecks(this);
  }
}

/** Nobody hands the key on but by way of an AWS service, as Control Tower's control CT.KMS.PR.3 asks for. */
function grantsForServicesOnly(): PolicyStatement {
  return new PolicyStatement({
    sid: 'GrantsForServicesOnly',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  });
}

/**
 * The key brought along, itself where that is an alias whose key is known, or, failing that, the one of the stack.
 *
 * `holdsData` keeps the key when the stack is deleted, since without it the data is lost; a key that only served endpoint
 * volumes goes with the stack. The key of the stack is judged as the first construct that needs it is.
 */
export function encryptionKey(scope: Construct, given: IKeyRef | undefined, holdsData: boolean, compliance: ComplianceOptions = {}): IKey {
  if (given !== undefined) { return isKey(given) ? knownKey(given) : Key.fromKeyArn(scope, 'EncryptionKey', given.keyRef.keyArn); }
  const stack = Stack.of(scope);
  const { key } = (stack.node.tryFindChild(ID) as StackKey | undefined) ?? new StackKey(stack, compliance);
  if (holdsData) { key.applyRemovalPolicy(RemovalPolicy.RETAIN); }
  return key;
}

function isKey(key: IKeyRef): key is IKey {
  return 'keyArn' in key && 'grantDecrypt' in key;
}
