import { listOf, MlRule } from './rule';

export const endpointRollbackAlarms: MlRule = {
  id: 'ML-SM12',
  level: 'warning',
  types: ['AWS::SageMaker::Endpoint'],
  info: 'A bad version of the model stays in service: name alarms in DeploymentConfig.AutoRollbackConfiguration, so that an update rolls back.',
  control: 'own: safe deployment',
  check: endpoint => listOf(endpoint.DeploymentConfig?.AutoRollbackConfiguration?.Alarms).length > 0,
};
