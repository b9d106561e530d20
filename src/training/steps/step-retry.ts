import { Duration } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';
import { checkMinutes, checkSeconds, inMinutes, inSeconds } from '../../core/units';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html */
const EXCEPTIONS = ['Step.SERVICE_FAULT', 'Step.THROTTLING', 'SageMaker.JOB_INTERNAL_ERROR', 'SageMaker.CAPACITY_ERROR', 'SageMaker.RESOURCE_LIMIT'];
const MAX_INTERVAL = 43_200;
const MAX_ATTEMPTS = 20;
const MAX_EXPIRY = 14_400;

/** Every default stands here, and only here. */
const DEFAULTS = { interval: Duration.seconds(1), backoffRate: 2, maxAttempts: 5 };

/**
 * How often and how long a step is tried again.
 */
export interface StepRetryOptions {
  /**
   * Time before the first retry, 1 second to 12 hours.
   *
   * @default Duration.seconds(1)
   */
  readonly interval?: Duration;

  /**
   * By what the time is multiplied from one retry to the next.
   *
   * @default 2
   */
  readonly backoffRate?: number;

  /**
   * Number of attempts, 1 to 20. Not together with `expireAfter`.
   *
   * @default - 5, unless there is an `expireAfter`
   */
  readonly maxAttempts?: number;

  /**
   * How long the step is tried again, in whole minutes, up to 10 days. Not together with `maxAttempts`.
   *
   * @default - until the attempts are used up
   */
  readonly expireAfter?: Duration;
}

/**
 * When a step is tried again, and how often.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 */
export class StepRetry {
  /**
   * The service had an error or took no more calls.
   *
   * @param options how often
   */
  public static onServiceErrors(options: StepRetryOptions = {}): StepRetry {
    return new StepRetry(['Step.SERVICE_FAULT', 'Step.THROTTLING'], options);
  }

  /**
   * There were no instances of this type.
   *
   * @param options how often
   */
  public static onCapacity(options: StepRetryOptions = {}): StepRetry {
    return new StepRetry(['SageMaker.CAPACITY_ERROR'], options);
  }

  /**
   * A quota of the account was used up.
   *
   * @param options how often
   */
  public static onResourceLimit(options: StepRetryOptions = {}): StepRetry {
    return new StepRetry(['SageMaker.RESOURCE_LIMIT'], options);
  }

  /**
   * The job failed within SageMaker, not in its container.
   *
   * @param options how often
   */
  public static onJobErrors(options: StepRetryOptions = {}): StepRetry {
    return new StepRetry(['SageMaker.JOB_INTERNAL_ERROR'], options);
  }

  /**
   * Any of these exceptions.
   *
   * @param exceptions of `Step.SERVICE_FAULT`, `Step.THROTTLING`, `SageMaker.JOB_INTERNAL_ERROR`, `SageMaker.CAPACITY_ERROR`, `SageMaker.RESOURCE_LIMIT`
   * @param options how often
   */
  public static onExceptions(exceptions: string[], options: StepRetryOptions = {}): StepRetry {
    return new StepRetry(exceptions, options);
  }

  private constructor(private readonly exceptions: string[], private readonly options: StepRetryOptions) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { interval, backoffRate, maxAttempts, expireAfter } = this.options;
    problems.count(`${name} exceptions`, this.exceptions, 1, EXCEPTIONS.length);
    this.exceptions.forEach(e => problems.oneOf(`${name} exceptions`, e, EXCEPTIONS));
    checkSeconds(`${name}.interval`, interval, { min: 1, max: MAX_INTERVAL }, problems);
    problems.check(backoffRate === undefined || backoffRate > 0, `${name}.backoffRate must be greater than 0, got ${backoffRate}`);
    problems.integer(`${name}.maxAttempts`, maxAttempts, 1, MAX_ATTEMPTS);
    checkMinutes(`${name}.expireAfter`, expireAfter, { min: 1, max: MAX_EXPIRY }, problems);
    problems.check(maxAttempts === undefined || expireAfter === undefined, `${name} must have maxAttempts or expireAfter, not both`);
  }

  /** @internal */
  public _render(): object {
    const { options } = this;
    return {
      BackoffRate: options.backoffRate ?? DEFAULTS.backoffRate,
      IntervalSeconds: inSeconds(options.interval ?? DEFAULTS.interval),
      MaxAttempts: options.maxAttempts ?? (options.expireAfter === undefined ? DEFAULTS.maxAttempts : undefined),
      ExpireAfterMin: inMinutes(options.expireAfter),
      ExceptionType: this.exceptions,
    };
  }
}
