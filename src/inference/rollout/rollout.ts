import { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { allAtOnce, AllAtOnceRolloutOptions } from './all-at-once-rollout';
import { canary, CanaryRolloutOptions } from './canary-rollout';
import { linear, LinearRolloutOptions } from './linear-rollout';
import { renderRetained, RenderedRetained } from './retained';
import { checkRollbackSettings, RollbackSettings, rollbackSettings } from './rollback-settings';
import { rolling, RollingRolloutOptions } from './rolling-rollout';
import { RolloutOptions } from './rollout-options';
import { DEFAULT_WAIT, RolloutStrategy } from './rollout-strategy';
import { warnOfRollout } from './rollout-warnings';
import { MAX_ALARMS, WatchedAlarms } from './watched-alarms';
import { Problems } from '../../core/problems';
import { ComponentRollout } from '../components/component-rollout';
import { Fleet, Retained } from '../hosting/hosting-kind';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentRollingUpdatePolicy.html */
const MAX_COPIES_PERCENT = 50;

/**
 * How a new version of an endpoint takes over from the old one, and what rolls it back.
 *
 * All but `rolling` need twice the instances while they run, since the new ones stand beside the old ones.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
 *
 * @example
 * declare const models: ModelRegistry;
 * new InferenceEndpoint(this, 'Endpoint', {
 *   model: InferenceModel.fromModelPackage(models, { version: 1 }),
 *   rollout: Rollout.canary({ percent: 10, bake: Duration.minutes(10), modelLatency: Duration.millis(800) }),
 * });
 */
export class Rollout {
  /**
   * All traffic at once, to new instances beside the old ones; back to the old ones if an alarm goes off.
   *
   * @param options how long alarms are watched, and which
   */
  public static allAtOnce(options: AllAtOnceRolloutOptions = {}): Rollout {
    return new Rollout(allAtOnce(options), options);
  }

  /**
   * A small part of the traffic first, then the rest. Needs two instances or more.
   *
   * @param options size of the part, how long alarms are watched, and which
   */
  public static canary(options: CanaryRolloutOptions = {}): Rollout {
    return new Rollout(canary(options), options);
  }

  /**
   * The traffic in equal steps. Needs two instances or more.
   *
   * @param options size of the steps, how long alarms are watched, and which
   */
  public static linear(options: LinearRolloutOptions = {}): Rollout {
    return new Rollout(linear(options), options);
  }

  /**
   * Instances one batch after the other, so that only a batch is needed beside the old ones. For endpoints with one variant and two instances or
   * more.
   *
   * @param options size of the batches, how long alarms are watched, and which
   */
  public static rolling(options: RollingRolloutOptions = {}): Rollout {
    return new Rollout(rolling(options), options);
  }

  /**
   * What the standard alarms go by.
   *
   * @internal
   */
  public readonly _settings: RollbackSettings;

  /**
   * Alarms of the program.
   *
   * @internal
   */
  public readonly _alarms: IAlarmRef[];

  private constructor(private readonly strategy: RolloutStrategy, private readonly options: RolloutOptions) {
    this._settings = rollbackSettings(options);
    this._alarms = options.alarms ?? [];
  }

  /** @internal */
  public _check(problems: Problems, fleet: Fleet, scope: IConstruct): void {
    checkRollbackSettings(this.options, problems, scope);
    this.strategy.check(problems, fleet);
    this.checkNumberOfAlarms(problems);
    warnOfRollout(scope, fleet, this.strategy, this._settings);
  }

  /**
   * Copies of components have batches of their own: as large as can be, unless the rollout says it, so that few of them take few steps.
   *
   * @internal
   */
  public get _components(): ComponentRollout {
    const { batchPercent, wait, maximumExecutionTime } = this.strategy.components ?? {};
    return { maximumExecutionTime, batchPercent: batchPercent ?? MAX_COPIES_PERCENT, wait: wait ?? DEFAULT_WAIT };
  }

  /**
   * The template always says how to deploy, so `RetainDeploymentConfig`, which is for a call that does not say it, has no use.
   *
   * @internal
   */
  public _render(alarms: WatchedAlarms): CfnEndpoint.DeploymentConfigProperty {
    return { autoRollbackConfiguration: alarms.render(), ...this.strategy.render() };
  }

  /** @internal */
  public _renderRetained(byKind: Retained | undefined): RenderedRetained {
    return renderRetained(byKind, this.options);
  }

  /** Standard alarms that are too many are left out with a warning. */
  private checkNumberOfAlarms(problems: Problems): void {
    const given = this._alarms.length;
    problems.check(given <= MAX_ALARMS, `rollout.alarms must hold at most ${MAX_ALARMS} alarms, got ${given}`);
  }
}
