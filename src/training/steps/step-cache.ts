import { Duration } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';

/**
 * Whether a step that ran before with the same arguments is run again.
 *
 * SageMaker compares what goes into a job (image, code, inputs, hyperparameters, environment), not where its output goes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-caching.html
 */
export class StepCache {
  /**
   * Uses the result of an earlier run, unless it is older than this.
   *
   * @param age for example `Duration.days(30)`
   */
  public static expiringAfter(age: Duration): StepCache {
    return new StepCache(true, age);
  }

  /** Uses the result of an earlier run, however old. */
  public static neverExpiring(): StepCache {
    return new StepCache(true);
  }

  /** Writes into the definition that the step is always run. */
  public static off(): StepCache {
    return new StepCache(false);
  }

  private constructor(
    /** @internal */
    public readonly _isOn: boolean,
    private readonly age?: Duration,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.check(this.age?.isUnresolved() !== true, `${name} must expire after a time that is known at synth, since it is written as a text`);
    problems.check(this.age === undefined || this.age.isUnresolved() || this.age.toMilliseconds() >= 1000, `${name} must expire after 1 second or more, got ${this.age?.toHumanString()}`);
  }

  /** @internal */
  public _render(): object {
    return { Enabled: this._isOn, ExpireAfter: this.age?.isUnresolved() ? undefined : this.age?.toIsoString() };
  }
}
