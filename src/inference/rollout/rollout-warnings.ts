import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { LOOKS_BACK_SECONDS } from './rollback-alarms';
import { RollbackSettings } from './rollback-settings';
import { RolloutStrategy } from './rollout-strategy';
import { seconds } from '../../core/units';
import { Fleet } from '../hosting/hosting-kind';

/** Says what is legal, but does not protect as it seems to. */
export function warnOfRollout(scope: IConstruct, fleet: Fleet, strategy: RolloutStrategy, settings: RollbackSettings): void {
  const warn = (id: string, text: string) => Validations.of(scope).addWarning(id, text);
  const inSteps = strategy.name !== 'allAtOnce';
  const { alone, wait, waitName } = strategy.firstStep(fleet);

  const reason = fallbackReason(fleet, inSteps);
  if (reason !== undefined) {
    warn('cdk-ml-patterns:rolloutFallsBack', `${reason} may not use deployment guardrails: SageMaker moves all traffic at once and watches no alarms, without a word.`);
  }
  const single = fleet.variants.filter(v => v.instanceCount === 1);
  if (inSteps && single.length > 0) {
    const names = single.map(v => v.variantName).join(', ');
    const more = single.some(v => v.scaled) ? 'two or more, where it is scaled as its least' : 'two or more';
    warn('cdk-ml-patterns:oneInstanceRollout', `There is no part of one instance, so Rollout.${strategy.name} has nothing to do step by step in ${names}: give it ${more}.`);
  }
  if (inSteps && fleet.components.length > 0) {
    warn('cdk-ml-patterns:componentsRollout', `Nothing says how Rollout.${strategy.name} treats an endpoint with inference components: try it, or take Rollout.allAtOnce.`);
  }
  if (settings.standardAlarms && alone !== undefined && alone <= settings.errorPercent) {
    warn('cdk-ml-patterns:canaryUnseen',
      `A canary of ${alone} % can fail no more than ${alone} % of all calls, so alarms at more than ${settings.errorPercent} % never see it: a larger canary, or a smaller errorPercent.`);
  }
  if ((seconds(wait) ?? LOOKS_BACK_SECONDS) < LOOKS_BACK_SECONDS) {
    warn('cdk-ml-patterns:shortBake', `rollout.${waitName} is over before alarms that look back ${LOOKS_BACK_SECONDS / 60} minutes can have seen it.`);
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-exclusions.html, https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html */
function fallbackReason({ variants, serverless }: Fleet, inSteps: boolean): string | undefined {
  if (variants.some(v => v.instanceTypes.some(t => /^ml\.inf1\./.test(t.instanceTypeName)))) { return 'Instances of Inf1'; }
  if (variants.some(v => v.marketplace)) { return 'Models of AWS Marketplace'; }
  return serverless && inSteps ? 'Serverless endpoints' : undefined;
}
