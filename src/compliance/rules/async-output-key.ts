import { MlRule } from './rule';

export const asyncOutputKey: MlRule = {
  id: 'ML-SM10',
  level: 'error',
  types: ['AWS::SageMaker::EndpointConfig'],
  info: 'Answers of the asynchronous endpoint are stored without a key of the account: set AsyncInferenceConfig.OutputConfig.KmsKeyId.',
  control: 'own: encryption at rest',
  check: ({ AsyncInferenceConfig: config }) => config === undefined || config.OutputConfig?.KmsKeyId !== undefined,
};
