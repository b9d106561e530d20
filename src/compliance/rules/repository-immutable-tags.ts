import { MlRule } from './rule';

export const repositoryImmutableTags: MlRule = {
  id: 'ML-ECR2',
  level: 'error',
  types: ['AWS::ECR::Repository'],
  info: 'A tag can be moved to another image after it was tested: set ImageTagMutability to IMMUTABLE.',
  control: 'Security Hub ECR.2',
  check: repository => String(repository.ImageTagMutability).startsWith('IMMUTABLE'),
};
