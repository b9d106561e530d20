import { DEFINITION_TYPES, reportKey } from './monitoring-definitions';
import { missing, MlRule } from './rule';
import { hasLocalDisks } from '../../instances/local-disks';

export const monitoringKeys: MlRule = {
  id: 'ML-SM17',
  finds: 'property',
  level: 'error',
  types: DEFINITION_TYPES,
  info: 'Monitoring jobs keep volumes or reports without a key of the account: set VolumeKmsKeyId of the cluster and KmsKeyId of the output.',
  control: 'checkov CKV_AWS_367, CKV_AWS_368',
  check: definition => {
    const { InstanceType, VolumeKmsKeyId } = definition.JobResources?.ClusterConfig ?? {};
    return missing({ VolumeKmsKeyId: hasLocalDisks(InstanceType) ? 'their own' : VolumeKmsKeyId, KmsKeyId: reportKey(definition) });
  },
};
