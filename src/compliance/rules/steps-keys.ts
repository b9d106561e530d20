import { jobsOf, StepJobs } from './pipeline-steps';
import { MlRule } from './rule';
import { hasLocalDisks } from '../../instances/local-disks';

export const stepsKeys: MlRule = {
  id: 'ML-SM32',
  finds: 'step',
  level: 'error',
  types: ['AWS::SageMaker::Pipeline'],
  info: 'A step keeps its volumes or what it writes without a key of the account: set VolumeKmsKeyId, and KmsKeyId of its output, in its arguments, as JobDefaults.secure() does.',
  control: 'own: encryption at rest; checkov CKV_AWS_367 asks it of monitoring jobs',
  check: pipeline => jobsOf(pipeline).filter(s => s.outputs.includes(undefined) || !areVolumesEncrypted(s)).map(s => s.stepName),
};

/** SageMaker takes no key for instances with disks of their own, which encrypt themselves. One key is for all clusters of a job. */
function areVolumesEncrypted({ clusters }: StepJobs): boolean {
  return clusters.every(c => c.key !== undefined) || clusters.some(c => [c.instanceType].flat().every(hasLocalDisks));
}
