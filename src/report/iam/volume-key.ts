import { JsonObject, listOf } from '../json';

/** What needs no more than the volume of an instance, and takes data keys that its caller never sees. */
const ACTIONS = ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'];

/** Why a key may be used for the volumes of jobs and endpoints by way of any service, where a statement says that. */
export function volumeKeyNote({ Effect, Action, Condition }: JsonObject): string | undefined {
  const ofVolumes = Effect !== 'Deny' && Condition === undefined && listOf(Action).map(String).sort().join() === ACTIONS.join();
  return ofVolumes ? 'For the volumes of instances. AWS does not document by way of which service they are attached, so no kms:ViaService limits it.' : undefined;
}
