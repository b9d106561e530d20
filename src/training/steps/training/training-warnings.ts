import { warnOfRegexes } from './metric-definitions';
import { instanceTypes } from './training-cluster';
import { Launcher, warnOfPackages } from './training-code';
import { TrainingJobOptions } from './training-job-options';
import { warnLate } from '../../../compliance/late-warning';
import { warnOfLocalDisks } from '../instances';
import { StepContext } from '../step-context';

/** What is legal of a training, but risky. */
export function warnOfTraining(
  stepName: string, options: TrainingJobOptions, launcher: Launcher, context: StepContext, types: string[] = instanceTypes(options),
): void {
  const { scope } = context;
  const { spot, checkpoints, keepAlivePeriod, instanceGroups, code } = options;
  types.forEach(t => warnOfLocalDisks(stepName, t, context));
  warnOfPackages(stepName, code, launcher, context);
  warnOfRegexes(stepName, options.metricDefinitions, context);
  if (spot !== undefined && checkpoints === undefined) {
    warnLate(scope, 'cdk-ml-patterns:spotWithoutCheckpoints',
      `Step '${stepName}' trains on spot instances without checkpoints, so an interruption begins it anew: checkpoints: {}, and a program that uses them.`);
  }
  if (keepAlivePeriod !== undefined && (spot !== undefined || instanceGroups !== undefined)) {
    warnLate(scope, 'cdk-ml-patterns:warmPoolUnlikely',
      `Step '${stepName}' keeps its instances, which SageMaker does not do for ${spot === undefined ? 'instance groups' : 'spot instances'}: leave out keepAlivePeriod.`);
  }
}
