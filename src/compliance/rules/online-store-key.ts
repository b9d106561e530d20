import { isTrue, MlRule } from './rule';

export const onlineStoreKey: MlRule = {
  id: 'ML-SM22',
  level: 'error',
  types: ['AWS::SageMaker::FeatureGroup'],
  info: 'The online store of the feature group has no key of the account: set OnlineStoreConfig.SecurityConfig.KmsKeyId.',
  control: 'Security Hub SageMaker.18',
  check: ({ OnlineStoreConfig: store }) => !isTrue(store?.EnableOnlineStore) || store.StorageType === 'InMemory' || store.SecurityConfig?.KmsKeyId !== undefined,
};
