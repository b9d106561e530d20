import { listOf, MlRule } from './rule';

/** Names that can hardly mean anything but a secret; `MAX_TOKENS` is none. */
const NAME = /(^|_)(SECRET|PASSWORD|PASSWD|SECRET_ACCESS_KEY|SESSION_TOKEN|ACCESS_TOKEN|AUTH_TOKEN|API_TOKEN|PRIVATE_KEY|API_KEY)$/i;

/** Ids of access keys of IAM and of STS. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const ACCESS_KEY = /^(AKIA|ASIA)[A-Z0-9]{16}$/;

export const modelSecrets: MlRule = {
  id: 'ML-SM6',
  finds: 'variable',
  level: 'error',
  types: ['AWS::SageMaker::Model'],
  info: 'Everybody who may describe the model can read a secret in its Environment: keep it in AWS Secrets Manager, and let the container fetch it.',
  control: 'own: secrets; cdk-nag CodeBuildProjectEnvVarAwsCred',
  check: model => [model.PrimaryContainer, ...listOf(model.Containers)].flatMap(c => Object.entries(c?.Environment ?? {}))
    .filter(([name, value]) => typeof value === 'string' && value !== '' && (NAME.test(name) || ACCESS_KEY.test(value)))
    .map(([name]) => name),
};
