import { Problems } from '../../../core/problems';
import { checkUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_StartJobRun.html */
const MAX_ARGUMENTS = 1024;
const MAX_QUERY = 10_280;

/**
 * A Spark program for EMR Serverless.
 */
export interface EmrServerlessSparkOptions {
  /** S3 URI of the program, a Python file or a JAR file. */
  readonly entryPoint: string;

  /**
   * What the program is given, up to 1024 arguments.
   *
   * @default - nothing
   */
  readonly arguments?: string[];

  /**
   * Parameters of `spark-submit`, for example `--class com.example.Main --conf spark.executor.cores=4`.
   *
   * @default - none
   */
  readonly sparkSubmitParameters?: string;
}

/**
 * A Hive query for EMR Serverless.
 */
export interface EmrServerlessHiveOptions {
  /** S3 URI of the query, or the query itself. */
  readonly query: string;

  /**
   * S3 URI of a query that runs before.
   *
   * @default - none
   */
  readonly initQueryFile?: string;

  /**
   * Parameters of Hive, for example `--hiveconf hive.exec.scratchdir=s3://bucket/scratch`.
   *
   * @default - none
   */
  readonly parameters?: string;
}

/**
 * What an EmrServerlessStep runs.
 */
export class EmrServerlessJob {
  /**
   * A Spark program.
   *
   * @param options program and parameters
   */
  public static spark(options: EmrServerlessSparkOptions): EmrServerlessJob {
    const { entryPoint, sparkSubmitParameters } = options;
    return new EmrServerlessJob(
      { sparkSubmit: { entryPoint, entryPointArguments: options.arguments, sparkSubmitParameters } },
      (name, problems) => {
        checkUri(`${name}.entryPoint`, entryPoint, problems);
        problems.count(`${name}.arguments`, options.arguments, 0, MAX_ARGUMENTS);
      },
    );
  }

  /**
   * A Hive query.
   *
   * @param options query and parameters
   */
  public static hive(options: EmrServerlessHiveOptions): EmrServerlessJob {
    return new EmrServerlessJob(
      { hive: { query: options.query, initQueryFile: options.initQueryFile, parameters: options.parameters } },
      (name, problems) => {
        problems.pattern(`${name}.query`, options.query, /\S/, 'be a query, or its URI');
        problems.range(`${name}.query (characters)`, options.query.length, 0, MAX_QUERY);
        checkUri(`${name}.initQueryFile`, options.initQueryFile, problems);
      },
    );
  }

  private constructor(private readonly driver: object, private readonly check: (name: string, problems: Problems) => void) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    this.check(name, problems);
  }

  /** @internal */
  public _render(): object {
    return this.driver;
  }
}
