import { listOf, MlRule } from './rule';

export const endpointConfigKey: MlRule = {
  id: 'ML-SM8',
  level: 'error',
  types: ['AWS::SageMaker::EndpointConfig'],
  info: 'The storage volumes of the endpoint are not encrypted with a key of the account: set KmsKeyId.',
  control: 'Config sagemaker-endpoint-configuration-kms-key-configured',
  check: config => config.KmsKeyId !== undefined || listOf(config.ProductionVariants).every(v => v.ServerlessConfig !== undefined),
};
