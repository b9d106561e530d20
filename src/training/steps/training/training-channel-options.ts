import { TrainingInputMode } from './training-values';

/**
 * How a training container sees a channel in S3.
 */
export interface TrainingChannelOptions {
  /**
   * MIME type of the data, which algorithms of AWS want to know; up to 256 characters.
   *
   * @default - not said
   */
  readonly contentType?: string;

  /**
   * Whether the objects are compressed with gzip. SageMaker unpacks them, in pipe mode only.
   *
   * @default - not said, they are not compressed
   */
  readonly gzip?: boolean;

  /**
   * Whether SageMaker wraps each record in RecordIO, as some algorithms of AWS want it.
   *
   * @default - not said, records stay as they are
   */
  readonly recordIo?: boolean;

  /**
   * Whether each instance gets a part of the objects, not all of them.
   *
   * @default - each instance gets all objects
   */
  readonly sharded?: boolean;

  /**
   * How SageMaker brings the data into the container.
   *
   * @default - the input mode of the step
   */
  readonly inputMode?: TrainingInputMode;

  /**
   * Mixes the order of the objects, or of the records of an augmented manifest, anew in each epoch; the number decides how.
   *
   * @default - the order of their names
   */
  readonly shuffleSeed?: number;

  /**
   * Names of the instance groups that get the channel, up to 5.
   *
   * @default - all instances get it
   */
  readonly instanceGroups?: string[];
}

/**
 * How a training container sees a directory of a file system.
 */
export interface FileSystemChannelOptions {
  /**
   * MIME type of the data, which algorithms of AWS want to know; up to 256 characters.
   *
   * @default - not said
   */
  readonly contentType?: string;

  /**
   * Whether the container may write.
   *
   * @default false
   */
  readonly writable?: boolean;
}
