import { isTrue, MlRule } from './rule';

export const captureKey: MlRule = {
  id: 'ML-SM9',
  level: 'error',
  types: ['AWS::SageMaker::EndpointConfig'],
  info: 'Captured requests and answers are stored without a key of the account: set DataCaptureConfig.KmsKeyId.',
  control: 'own: encryption at rest',
  check: ({ DataCaptureConfig: capture }) => capture?.KmsKeyId !== undefined || !captures(capture),
};

/** Without a word about it, capture is on. */
function captures(capture: any): boolean {
  return capture !== undefined && (capture.EnableCapture === undefined || isTrue(capture.EnableCapture));
}
