import { DEFINITION_TYPES } from './monitoring-definitions';
import { isSeveral, isTrue, MlRule } from './rule';

export const monitoringTraffic: MlRule = {
  id: 'ML-SM16',
  level: 'error',
  types: DEFINITION_TYPES,
  info: 'The instances of monitoring jobs talk to each other in clear: set NetworkConfig.EnableInterContainerTrafficEncryption to true.',
  control: 'Security Hub SageMaker.9, .10, .13, .15',
  // One instance has nobody to talk to.
  check: definition => isTrue(definition.NetworkConfig?.EnableInterContainerTrafficEncryption)
    || !isSeveral(definition.JobResources?.ClusterConfig?.InstanceCount),
};
