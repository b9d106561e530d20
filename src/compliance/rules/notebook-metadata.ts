import { MlRule } from './rule';

export const notebookMetadata: MlRule = {
  id: 'ML-SM27',
  level: 'error',
  types: ['AWS::SageMaker::NotebookInstance'],
  info: 'Any program of the notebook can be made to hand out its credentials: set InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion to 2.',
  control: 'checkov CKV_AWS_371',
  check: notebook => String(notebook.InstanceMetadataServiceConfiguration?.MinimumInstanceMetadataServiceVersion) === '2',
};
