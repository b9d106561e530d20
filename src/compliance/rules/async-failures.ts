import { MlRule } from './rule';

export const asyncFailures: MlRule = {
  id: 'ML-SM30',
  level: 'warning',
  types: ['AWS::SageMaker::EndpointConfig'],
  info: 'Nobody learns which asynchronous calls failed: set S3FailurePath or NotificationConfig.ErrorTopic in AsyncInferenceConfig.OutputConfig.',
  control: 'own: operations',
  check: ({ AsyncInferenceConfig: config }) => config === undefined
    || config.OutputConfig?.S3FailurePath !== undefined || config.OutputConfig?.NotificationConfig?.ErrorTopic !== undefined,
};
