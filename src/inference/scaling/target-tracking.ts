import { Duration } from 'aws-cdk-lib';
import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { IConstruct } from 'constructs';
import { positive, wholeSeconds } from './checks';
import { TrackingOptions } from './scaling-options';
import { ScalingPlace } from './scaling-place';
import { Problems } from '../../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = { cooldown: Duration.minutes(5), disableScaleIn: false };

/** A metric that is held at a target by changing the capacity. */
export interface Tracking {
  /** Child id and name of the policy. */
  readonly id: string;
  /** How the target is called in the options. */
  readonly targetName: string;
  readonly target: number;
  readonly options: TrackingOptions;
  readonly metric: (place: ScalingPlace) => TrackedMetric;
  /** What must hold beyond what holds for any metric. */
  readonly check?: (name: string, problems: Problems, scope: IConstruct) => void;
}

/** Either of the two. */
export type TrackedMetric = Pick<CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty, 'predefinedMetricSpecification' | 'customizedMetricSpecification'>;

/** A metric that Application Auto Scaling knows by its name. */
export function predefined(predefinedMetricType: string): () => TrackedMetric {
  return () => ({ predefinedMetricSpecification: { predefinedMetricType } });
}

export function checkTracking(name: string, problems: Problems, scope: IConstruct, { targetName, target, options, check }: Tracking): void {
  positive(problems, `${name}.${targetName}`, target);
  wholeSeconds(problems, `${name}.scaleInCooldown`, options.scaleInCooldown);
  wholeSeconds(problems, `${name}.scaleOutCooldown`, options.scaleOutCooldown);
  problems.check(!options.disableScaleIn || options.scaleInCooldown === undefined, `${name}.scaleInCooldown must be left out with disableScaleIn: true, since nothing scales in`);
  check?.(name, problems, scope);
}

export function makeTracking({ id, target, options, metric }: Tracking, place: ScalingPlace, scalingTargetId: string): CfnScalingPolicy {
  return new CfnScalingPolicy(place.scope, id, {
    scalingTargetId,
    policyName: id,
    policyType: 'TargetTrackingScaling',
    targetTrackingScalingPolicyConfiguration: {
      ...metric(place),
      targetValue: target,
      scaleInCooldown: (options.scaleInCooldown ?? DEFAULTS.cooldown).toSeconds(),
      scaleOutCooldown: (options.scaleOutCooldown ?? DEFAULTS.cooldown).toSeconds(),
      disableScaleIn: options.disableScaleIn ?? DEFAULTS.disableScaleIn,
    },
  });
}
