import { jobsOf } from './pipeline-steps';
import { MlRule } from './rule';

export const stepsIsolation: MlRule = {
  id: 'ML-SM13',
  finds: 'step',
  level: 'error',
  types: ['AWS::SageMaker::Pipeline'],
  info: 'The container of a step can reach the network: set EnableNetworkIsolation to true in its arguments, as JobDefaults.secure() does.',
  control: 'own: what Security Hub SageMaker.11 asks of monitoring jobs',
  check: pipeline => jobsOf(pipeline).filter(s => s.isolation.some(open)).map(s => s.stepName),
};

/** A value that is only known while the pipeline runs passes. */
function open(isolation: unknown): boolean {
  return isolation === undefined || isolation === false || isolation === null;
}
