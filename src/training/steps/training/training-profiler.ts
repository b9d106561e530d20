import { Duration } from 'aws-cdk-lib';
import { checkParameters } from './debug-hook';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { checkUnit, inMillis } from '../../../core/units';
import { checkUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProfilerConfig.html */
const INTERVALS = [100, 200, 500, 1000, 5000, 60_000];
const MAX_PARAMETERS = 20;

/**
 * What the profiler measures and where that goes.
 */
export interface TrainingProfilerOptions {
  /**
   * S3 URI for the measurements.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Time between two measurements: 100, 200 or 500 milliseconds, 1 or 5 seconds, or 1 minute.
   *
   * @default - what SageMaker takes, 500 milliseconds
   */
  readonly interval?: Duration;

  /**
   * What is measured of the framework, up to 20 entries.
   *
   * @default - nothing
   */
  readonly parameters?: { [name: string]: string };
}

/**
 * Whether SageMaker measures how a training uses its instances.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-configure-system-monitoring.html
 */
export class TrainingProfiler {
  /**
   * It does.
   *
   * @param options what and where
   */
  public static enabled(options: TrainingProfilerOptions = {}): TrainingProfiler {
    return new TrainingProfiler(options);
  }

  /** It does not, and the definition says so. */
  public static disabled(): TrainingProfiler {
    return new TrainingProfiler();
  }

  private constructor(private readonly options?: TrainingProfilerOptions) {}

  /** @internal */
  public get _destination(): string | undefined {
    return this.options?.destination;
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { destination, interval, parameters } = this.options ?? {};
    checkUri(`${name}.destination`, destination, problems);
    const known = interval === undefined || interval.isUnresolved() || INTERVALS.includes(inMillis(interval)!);
    problems.check(known, `${name}.interval must be one of ${INTERVALS.join(', ')} milliseconds, got ${inMillis(interval)}`);
    checkUnit(`${name}.interval`, interval, 'millis', problems);
    checkParameters(`${name}.parameters`, parameters, MAX_PARAMETERS, problems);
  }

  /** @internal */
  public _render(defaultUri: () => string): object {
    if (this.options === undefined) { return { DisableProfiler: true }; }
    const { destination, interval, parameters } = this.options;
    return {
      S3OutputPath: destination ?? defaultUri(),
      DisableProfiler: false,
      ProfilingIntervalInMilliseconds: inMillis(interval),
      ProfilingParameters: sorted(parameters),
    };
  }
}
