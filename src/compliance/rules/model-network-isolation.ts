import { MlRule } from './rule';

export const modelNetworkIsolation: MlRule = {
  id: 'ML-SM1',
  level: 'error',
  types: ['AWS::SageMaker::Model'],
  info: 'The model container can reach the network: set EnableNetworkIsolation to true (Security Hub SageMaker.5).',
  check: model => model.EnableNetworkIsolation === true,
};
