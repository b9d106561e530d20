import { MlRule } from './rule';

export const notebookRoot: MlRule = {
  id: 'ML-SM25',
  level: 'error',
  types: ['AWS::SageMaker::NotebookInstance'],
  info: 'Users of the notebook are root, and can change what guards it: set RootAccess to Disabled.',
  control: 'Security Hub SageMaker.3',
  check: notebook => notebook.RootAccess === 'Disabled',
};
