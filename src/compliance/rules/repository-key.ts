import { MlRule } from './rule';

export const repositoryKey: MlRule = {
  id: 'ML-ECR4',
  level: 'warning',
  types: ['AWS::ECR::Repository'],
  info: 'Images have no key of the account: set EncryptionConfiguration.EncryptionType to KMS, and KmsKey.',
  control: 'Security Hub ECR.5',
  check: ({ EncryptionConfiguration: encryption }) => String(encryption?.EncryptionType).startsWith('KMS') && encryption.KmsKey !== undefined,
};
