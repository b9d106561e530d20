import { isTrue, MlRule } from './rule';

export const modelNetworkIsolation: MlRule = {
  id: 'ML-SM1',
  level: 'error',
  types: ['AWS::SageMaker::Model'],
  info: 'The model container can reach the network: set EnableNetworkIsolation to true.',
  control: 'Security Hub SageMaker.5, Config sagemaker-model-isolation-enabled',
  check: model => isTrue(model.EnableNetworkIsolation),
};
