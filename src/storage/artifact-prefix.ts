import { Problems } from '../core/problems';

/**
 * A place in a ModelArtifactBucket, with a purpose and permissions of its own.
 */
export class ArtifactPrefix {
  /** Model artifacts that you put there, `models/`. Those that a pipeline trains and registers lie below `PIPELINES`. */
  public static readonly MODELS = new ArtifactPrefix('models/');

  /** Data sets, `datasets/<name>/`. */
  public static readonly DATASETS = new ArtifactPrefix('datasets/');

  /** Checkpoints of training jobs whose `destination` is there, `checkpoints/`. Without a `destination` they lie below `PIPELINES`. */
  public static readonly CHECKPOINTS = new ArtifactPrefix('checkpoints/');

  /** What pipelines make while they run, models and checkpoints included, `pipelines/<pipeline>/`. */
  public static readonly PIPELINES = new ArtifactPrefix('pipelines/');

  /** What only one execution of a pipeline needs, `intermediate/<pipeline>/`. A ModelArtifactBucket lets it expire. */
  public static readonly INTERMEDIATE = new ArtifactPrefix('intermediate/');

  /** Requests and answers that endpoints capture, `capture/`. */
  public static readonly CAPTURE = new ArtifactPrefix('capture/');

  /** Baselines that monitors compare with, `baselines/`. */
  public static readonly BASELINES = new ArtifactPrefix('baselines/');

  /** Requests of asynchronous inference, `async/input/`. */
  public static readonly ASYNC_INPUT = new ArtifactPrefix('async/input/');

  /** Answers of asynchronous inference, `async/output/`. */
  public static readonly ASYNC_OUTPUT = new ArtifactPrefix('async/output/');

  /** Requests that asynchronous inference could not answer, `async/failures/`. */
  public static readonly ASYNC_FAILURES = new ArtifactPrefix('async/failures/');

  /** Reports of evaluations and monitors, `reports/`. */
  public static readonly REPORTS = new ArtifactPrefix('reports/');

  /** Output of batch inference, `output/`. */
  public static readonly OUTPUT = new ArtifactPrefix('output/');

  /** The whole bucket. */
  public static readonly ALL = new ArtifactPrefix('');

  /**
   * Any other place.
   *
   * @param prefix beginning of the object keys; must end with `/` and must not begin with it
   */
  public static of(prefix: string): ArtifactPrefix {
    return new ArtifactPrefix(prefix);
  }

  private constructor(
    /** Beginning of the object keys, ending with `/`. */
    public readonly prefix: string,
  ) {}

  /**
   * A place below this one.
   *
   * @param name one or more path segments, without `/` at either end
   */
  public below(name: string): ArtifactPrefix {
    return new ArtifactPrefix(`${this.prefix}${name}/`);
  }

  /**
   * Checked where it is used, since only there a construct path is known.
   *
   * @internal
   */
  public _check(name: string, problems: Problems): void {
    if (this === ArtifactPrefix.ALL) { return; }
    checkPrefix(name, this.prefix, problems);
  }
}

/** Each property of SageMaker takes a URI up to some length. */
export function checkUri(name: string, uri: string | undefined, max: number, problems: Problems): void {
  problems.pattern(`${name} (URI)`, uri, new RegExp(`^.{0,${max}}$`, 's'), `be at most ${max} characters`);
}

/** No wildcards: in a policy they would reach further than in S3. */
export function checkPrefix(name: string, prefix: string, problems: Problems): void {
  problems.pattern(name, prefix, /^(?!s3:)([^/*?]+\/)+$/, "end with '/', not begin with it, and hold no *, no ? and no empty part");
}

/** Of one object. */
export function checkKey(name: string, key: string, problems: Problems): void {
  problems.pattern(name, key, /^(?!s3:)[^/*?]([^*?]*[^/*?])?$/, "be the object key of a file (no URI), without '/' at either end and without * or ?");
}
