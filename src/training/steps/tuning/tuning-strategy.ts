import { Problems } from '../../../core/problems';

/**
 * How long a training of a Hyperband tuning runs, counted in epochs for example.
 */
export interface HyperbandOptions {
  /**
   * What each training gets at least.
   *
   * @default - what SageMaker takes
   */
  readonly minResource?: number;

  /**
   * What a training gets at most, up to 20,000.
   *
   * @default - the hyperparameter `epochs`, `numepochs`, `n-epochs`, `n_epochs` or `num_epochs`
   */
  readonly maxResource?: number;
}

/**
 * How a tuning chooses the values that it tries.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-how-it-works.html
 */
export class TuningStrategy {
  /** By what it learnt of the values before. */
  public static bayesian(): TuningStrategy {
    return new TuningStrategy('Bayesian');
  }

  /** By chance. */
  public static random(): TuningStrategy {
    return new TuningStrategy('Random');
  }

  /**
   * Every combination of categorical values, once; it takes no other ranges.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-how-it-works.html
   */
  public static grid(): TuningStrategy {
    return new TuningStrategy('Grid');
  }

  /**
   * Many at first, of which the better ones go on.
   *
   * @param options how long trainings run
   */
  public static hyperband(options: HyperbandOptions = {}): TuningStrategy {
    return new TuningStrategy('Hyperband', options);
  }

  private constructor(
    /**
     * As the service calls it.
     *
     * @internal
     */
    public readonly _name: string,
    private readonly options?: HyperbandOptions,
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { minResource, maxResource } = this.options ?? {};
    problems.integer(`${name}.minResource`, minResource, 1, 20_000);
    problems.integer(`${name}.maxResource`, maxResource, 1, 20_000);
    problems.atMost(`${name}.minResource`, minResource, 'maxResource', maxResource);
  }

  /** @internal */
  public _render(): object {
    const { minResource, maxResource } = this.options ?? {};
    const said = minResource !== undefined || maxResource !== undefined;
    const config = said ? { HyperbandStrategyConfig: { MinResource: minResource, MaxResource: maxResource } } : undefined;
    return { Strategy: this._name, StrategyConfig: config };
  }
}
