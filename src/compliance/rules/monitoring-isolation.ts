import { DEFINITION_TYPES } from './monitoring-definitions';
import { isTrue, MlRule } from './rule';

export const monitoringIsolation: MlRule = {
  id: 'ML-SM15',
  level: 'error',
  types: DEFINITION_TYPES,
  info: 'Monitoring jobs can reach the network: set NetworkConfig.EnableNetworkIsolation to true.',
  control: 'Security Hub SageMaker.11, .12, .20, .25',
  check: definition => isTrue(definition.NetworkConfig?.EnableNetworkIsolation),
};
