import { jobsOf } from './pipeline-steps';
import { MlRule } from './rule';

export const stepsTraffic: MlRule = {
  id: 'ML-SM31',
  finds: 'step',
  level: 'error',
  types: ['AWS::SageMaker::Pipeline'],
  info: 'The instances of a step talk to each other in clear: set EnableInterContainerTrafficEncryption to true in its arguments, as JobDefaults.secure() does.',
  control: 'own: what Security Hub SageMaker.9 asks of monitoring jobs',
  check: pipeline => jobsOf(pipeline).filter(s => s.traffic.some((t, i) => !t && several(s.clusters[i]?.instanceCount))).map(s => s.stepName),
};

/** A number that is only known while the pipeline runs passes. */
function several(count: unknown): boolean {
  return typeof count === 'number' && count > 1;
}
