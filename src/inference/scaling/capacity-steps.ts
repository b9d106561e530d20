import { Duration, Token, Validations } from 'aws-cdk-lib';
import { AdjustmentType, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { wholeFrom, wholeSeconds } from './checks';
import { checkMetric } from './customized-metric';
import { Problems } from '../../core/problems';

/** Every default stands here, and only here. */
const DEFAULTS = {
  adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
  cooldown: Duration.minutes(5),
  evaluationPeriods: 1,
  treatMissingData: TreatMissingData.NOT_BREACHING,
};

/** A quota that AWS raises on request. https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-quotas.html */
const USUAL_STEPS = 20;

/** Part of construct ids and of the policy's name. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;

/**
 * One step: what happens from a threshold on.
 */
export interface CapacityStep {
  /** Value of the metric from which on the step holds, until that of the next step. */
  readonly threshold: number;

  /** How much capacity is added, or taken away if negative; what that counts says `adjustmentType`. */
  readonly change: number;
}

/**
 * What is watched, and what happens then.
 */
export interface CapacityStepsOptions {
  /** The metric, of the same account and Region; metric math as well. */
  readonly metric: IMetric;

  /** At least one step, with different thresholds, in any order; more than 20 only where AWS has raised the quota. */
  readonly steps: CapacityStep[];

  /**
   * What a change counts: units of capacity, percent of it, or the capacity itself.
   *
   * @default AdjustmentType.CHANGE_IN_CAPACITY
   */
  readonly adjustmentType?: AdjustmentType;

  /**
   * The least change in units when changes are in percent.
   *
   * @default - one unit
   */
  readonly minAdjustmentMagnitude?: number;

  /**
   * Time to wait for a change to take effect before the next, in whole seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly cooldown?: Duration;

  /**
   * For how many periods of the metric it must be so.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number;

  /**
   * What times without data count as; SageMaker sends none while nobody calls.
   *
   * @default TreatMissingData.NOT_BREACHING
   */
  readonly treatMissingData?: TreatMissingData;
}

/**
 * Changes capacity by steps when a metric leaves its bounds: an alarm and a scaling policy.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
export class CapacitySteps {
  /**
   * When a metric reaches or exceeds thresholds.
   *
   * @param stepsName name, unique in a scaling: up to 100 letters, digits and dashes
   * @param options what is watched, and what happens then
   */
  public static above(stepsName: string, options: CapacityStepsOptions): CapacitySteps {
    return new CapacitySteps(stepsName, options, 1);
  }

  /**
   * When a metric reaches or falls below thresholds.
   *
   * @param stepsName name, unique in a scaling: up to 100 letters, digits and dashes
   * @param options what is watched, and what happens then
   */
  public static below(stepsName: string, options: CapacityStepsOptions): CapacitySteps {
    return new CapacitySteps(stepsName, options, -1);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    private readonly options: CapacityStepsOptions,
    private readonly direction: 1 | -1,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems, scope: IConstruct): void {
    const { steps, metric, adjustmentType, minAdjustmentMagnitude, cooldown, evaluationPeriods } = this.options;
    problems.pattern(`the name of ${name}`, this._name, NAME, 'be 1 to 100 letters, digits and dashes');
    const of = `${name} '${this._name}'`;
    checkMetric(`${of}: metric`, problems, scope, metric);
    problems.check(steps.length > 0, `${of} must have at least one step`);
    problems.check(!steps.some(s => Token.isUnresolved(s.threshold)), `${of}: thresholds must be known at synth`);
    problems.unique(`${of}: thresholds`, steps.map(s => `${s.threshold}`));
    const exact = adjustmentType === AdjustmentType.EXACT_CAPACITY;
    for (const { change } of steps) {
      if (Token.isUnresolved(change)) { continue; }
      const ok = Number.isInteger(change) && (exact ? change >= 0 : change !== 0);
      problems.check(ok, `${of}: change must be a whole number${exact ? ' of at least 0' : ' other than 0'}, got ${change}`);
    }
    const percent = adjustmentType === AdjustmentType.PERCENT_CHANGE_IN_CAPACITY;
    problems.check(percent || minAdjustmentMagnitude === undefined, `${of}: minAdjustmentMagnitude is for changes in percent: set adjustmentType, or leave it out`);
    wholeFrom(problems, `${of}: minAdjustmentMagnitude`, minAdjustmentMagnitude, 1);
    wholeFrom(problems, `${of}: evaluationPeriods`, evaluationPeriods, 1);
    wholeSeconds(problems, `${of}: cooldown`, cooldown);
  }

  /** @internal */
  public _bind(scope: Construct, scalingTargetId: string): CfnScalingPolicy {
    const { options, direction } = this;
    if (options.steps.length > USUAL_STEPS) {
      Validations.of(scope).addWarning('cdk-ml-patterns:manyScalingSteps',
        `The steps '${this._name}' are ${options.steps.length}, and the quota of an account is ${USUAL_STEPS} unless AWS has raised it.`);
    }
    const policy = new CfnScalingPolicy(scope, `Steps-${this._name}`, {
      scalingTargetId,
      policyName: `Steps-${this._name}`,
      policyType: 'StepScaling',
      stepScalingPolicyConfiguration: {
        adjustmentType: options.adjustmentType ?? DEFAULTS.adjustmentType,
        minAdjustmentMagnitude: options.minAdjustmentMagnitude,
        cooldown: (options.cooldown ?? DEFAULTS.cooldown).toSeconds(),
        stepAdjustments: stepAdjustments(options.steps, direction),
      },
    });
    const alarm = new Alarm(scope, `Steps-${this._name}-Alarm`, { // L2, since it renders every kind of metric
      metric: options.metric,
      threshold: nearestFirst(options.steps, direction)[0].threshold,
      comparisonOperator: direction > 0 ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD : ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: options.evaluationPeriods ?? DEFAULTS.evaluationPeriods,
      treatMissingData: options.treatMissingData ?? DEFAULTS.treatMissingData,
    });
    alarm.addAlarmAction({ bind: () => ({ alarmActionArn: policy.attrArn }) });
    return policy;
  }
}

/** Bounds are distances from the alarm's threshold, without gaps; the last one is open. */
function stepAdjustments(steps: CapacityStep[], direction: 1 | -1): CfnScalingPolicy.StepAdjustmentProperty[] {
  const near = nearestFirst(steps, direction);
  const distance = (i: number) => near[i] && near[i].threshold - near[0].threshold;
  return near.map(({ change: scalingAdjustment }, i) => direction > 0
    ? { metricIntervalLowerBound: distance(i), metricIntervalUpperBound: distance(i + 1), scalingAdjustment }
    : { metricIntervalLowerBound: distance(i + 1), metricIntervalUpperBound: distance(i), scalingAdjustment });
}

function nearestFirst(steps: CapacityStep[], direction: 1 | -1): CapacityStep[] {
  return [...steps].sort((a, b) => direction * (a.threshold - b.threshold));
}
