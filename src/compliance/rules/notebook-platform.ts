import { MlRule } from './rule';

export const notebookPlatform: MlRule = {
  id: 'ML-SM26',
  level: 'warning',
  types: ['AWS::SageMaker::NotebookInstance'],
  info: 'The operating system of the notebook gets no fixes any more, or soon none: set PlatformIdentifier to notebook-al2023-v1.',
  control: 'Security Hub SageMaker.8',
  check: ({ PlatformIdentifier: platform }) => (typeof platform === 'object') || /^notebook-al20(2[3-9]|[3-9]\d)/.test(String(platform)),
};
