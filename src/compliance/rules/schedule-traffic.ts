import { isTrue, MlRule } from './rule';
import { inline } from './schedule-isolation';

export const scheduleTraffic: MlRule = {
  id: 'ML-SM19',
  level: 'error',
  types: ['AWS::SageMaker::MonitoringSchedule'],
  info: 'The instances of scheduled monitoring jobs talk to each other in clear: set MonitoringJobDefinition.NetworkConfig.EnableInterContainerTrafficEncryption to true.',
  control: 'Security Hub SageMaker.22',
  check: schedule => inline(schedule) === undefined || isTrue(inline(schedule).NetworkConfig?.EnableInterContainerTrafficEncryption),
};
