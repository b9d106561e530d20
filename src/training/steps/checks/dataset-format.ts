/**
 * Options of CheckDatasetFormat.csv.
 */
export interface CsvFormatOptions {
  /**
   * Whether the first line names the columns.
   *
   * @default true
   */
  readonly header?: boolean;

  /**
   * Whether the columns with the output of the model stand behind the others, and not before them.
   *
   * @default false
   */
  readonly outputColumnsAtEnd?: boolean;
}

/**
 * In what form a check of quality finds its data.
 */
export class CheckDatasetFormat {
  /**
   * Comma-separated values.
   *
   * @param options header and place of the output
   */
  public static csv(options: CsvFormatOptions = {}): CheckDatasetFormat {
    const position = options.outputColumnsAtEnd ? 'END' : 'START';
    return new CheckDatasetFormat(`{"csv": {"header": ${options.header ?? true}, "output_columns_position": "${position}"}}`);
  }

  /** JSON documents. */
  public static json(): CheckDatasetFormat {
    return new CheckDatasetFormat('{"json": {"lines": false}}');
  }

  /** A JSON document in each line. */
  public static jsonLines(): CheckDatasetFormat {
    return new CheckDatasetFormat('{"json": {"lines": true}}');
  }

  /** What endpoints and batch transforms capture. */
  public static captured(): CheckDatasetFormat {
    return new CheckDatasetFormat('{"sagemakerCaptureJson": {}}');
  }

  private constructor(
    /**
     * With the spaces that Python writes, so that the step is cached as that of the SageMaker Python SDK.
     *
     * @internal
     */
    public readonly _json: string,
  ) {}
}
