import { Sentence } from './statement';
import { JsonObject, listOf } from '../json';
import { Resource } from '../model';
import { plain } from '../phrase';

/** What needs no more than the volume of an instance, and takes data keys that its caller never sees. */
const ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'];

/** Why a key may be used for the volumes of jobs and endpoints by way of any service, where a statement says that. */
export function volumeKeyNote({ Effect, Action, Condition }: JsonObject): string | undefined {
  const ofVolumes = Effect !== 'Deny' && Condition === undefined && listOf(Action).map(String).sort().join() === ACTIONS.join();
  return ofVolumes ? 'For the volumes of instances. AWS does not document by way of which service they are attached, so no kms:ViaService limits it.' : undefined;
}

/** What the wide first statement of the policy of a key means, which stands in those that AWS makes, too. */
export function accountKeyNote({ type }: Resource, { Effect, Action }: JsonObject, { who = [] }: Sentence): string | undefined {
  const ofAccount = type === 'AWS::KMS::Key' && Effect !== 'Deny' && listOf(Action).join() === 'kms:*' && plain(who) === 'this account';
  return ofAccount ? 'To no user or role by itself: it lets the policies of IAM decide, as in the keys that AWS makes by default.' : undefined;
}
