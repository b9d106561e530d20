import { missing, MlRule } from './rule';

export const experimentKeys: MlRule = {
  id: 'ML-SM20',
  finds: 'property',
  level: 'error',
  types: ['AWS::SageMaker::InferenceExperiment'],
  info: 'An inference experiment keeps volumes or captured data without a key of the account: set KmsKey, and DataStorageConfig.KmsKey.',
  control: 'Security Hub SageMaker.23, .24',
  check: ({ KmsKey, DataStorageConfig: data }) => missing({ 'KmsKey': KmsKey, 'DataStorageConfig.KmsKey': data === undefined ? 'nothing kept' : data.KmsKey }),
};
