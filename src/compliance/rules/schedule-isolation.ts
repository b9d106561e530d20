import { isTrue, MlRule } from './rule';

export const scheduleIsolation: MlRule = {
  id: 'ML-SM18',
  level: 'error',
  types: ['AWS::SageMaker::MonitoringSchedule'],
  info: 'Scheduled monitoring jobs can reach the network: set MonitoringJobDefinition.NetworkConfig.EnableNetworkIsolation to true.',
  control: 'Security Hub SageMaker.14',
  check: schedule => inline(schedule) === undefined || isTrue(inline(schedule).NetworkConfig?.EnableNetworkIsolation),
};

/** The definition within a schedule; one that stands apart is judged by itself. */
export function inline(schedule: any): any {
  return schedule.MonitoringScheduleConfig?.MonitoringJobDefinition;
}
