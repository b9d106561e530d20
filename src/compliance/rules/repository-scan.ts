import { MlRule } from './rule';

export const repositoryScan: MlRule = {
  id: 'ML-ECR1',
  level: 'error',
  types: ['AWS::ECR::Repository'],
  info: 'Images are not scanned for vulnerabilities when they are pushed: set ImageScanningConfiguration.ScanOnPush to true.',
  control: 'Security Hub ECR.1',
  check: repository => repository.ImageScanningConfiguration?.ScanOnPush === true,
};
