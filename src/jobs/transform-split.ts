import { TransformBatchStrategy } from './transform-values';

/**
 * How records make requests.
 */
export interface TransformSplitOptions {
  /**
   * How many records make one request.
   *
   * @default TransformBatchStrategy.MULTI_RECORD
   */
  readonly batchStrategy?: TransformBatchStrategy;
}

/**
 * What a record is in the objects that a batch transform reads. Without it each object is one request.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformInput.html
 */
export class TransformSplit {
  /**
   * Each line is a record.
   *
   * @param options how records make requests
   */
  public static lines(options: TransformSplitOptions = {}): TransformSplit {
    return new TransformSplit('Line', options);
  }

  /**
   * The objects are in the format RecordIO.
   *
   * @param options how records make requests
   */
  public static recordIo(options: TransformSplitOptions = {}): TransformSplit {
    return new TransformSplit('RecordIO', options);
  }

  /**
   * The objects are in the format TFRecord.
   *
   * @param options how records make requests
   */
  public static tfRecord(options: TransformSplitOptions = {}): TransformSplit {
    return new TransformSplit('TFRecord', options);
  }

  private constructor(
    /** @internal */
    public readonly _splitType: string,
    private readonly options: TransformSplitOptions,
  ) {}

  /** @internal */
  public get _batchStrategy(): string {
    return this.options.batchStrategy ?? TransformBatchStrategy.MULTI_RECORD;
  }
}
