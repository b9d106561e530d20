import { MlRule } from './rule';

export const domainClosed: MlRule = {
  id: 'ML-SM24',
  finds: 'property',
  level: 'error',
  types: ['AWS::SageMaker::Domain'],
  info: 'The apps of the domain reach the internet, or their files have no key of the account: set AppNetworkAccessType to VpcOnly, and KmsKeyId.',
  control: 'Config sagemaker-domain-in-vpc, checkov CKV_AWS_187',
  check: domain => [...domain.AppNetworkAccessType === 'VpcOnly' ? [] : ['AppNetworkAccessType'], ...domain.KmsKeyId === undefined ? ['KmsKeyId'] : []],
};
