import { MlRule } from './rule';

export const offlineStoreKey: MlRule = {
  id: 'ML-SM21',
  level: 'error',
  types: ['AWS::SageMaker::FeatureGroup'],
  info: 'The offline store of the feature group has no key of the account: set OfflineStoreConfig.S3StorageConfig.KmsKeyId.',
  control: 'Security Hub SageMaker.17',
  check: ({ OfflineStoreConfig: store }) => store === undefined || store.S3StorageConfig?.KmsKeyId !== undefined,
};
