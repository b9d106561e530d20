import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { checkUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DebugHookConfig.html */
const MAX_ENTRIES = 20;
const MAX_TEXT = 256;

/**
 * Tensors that SageMaker Debugger saves together.
 */
export interface DebugCollection {
  /** Name of the collection, for example `losses` or `gradients`; up to 256 characters. */
  readonly collectionName: string;

  /**
   * How it is saved, up to 20 entries, for example `{ save_interval: '50' }`.
   *
   * @default - as Debugger does it by itself
   */
  readonly parameters?: { [name: string]: string };
}

/**
 * What SageMaker Debugger saves of a training.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-configure-hook.html
 */
export interface DebugHook {
  /**
   * S3 URI for the tensors.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Directory in the container.
   *
   * @default - what SageMaker takes, /opt/ml/output/tensors
   */
  readonly localPath?: string;

  /**
   * What is saved, up to 20 collections.
   *
   * @default - what Debugger saves by itself
   */
  readonly collections?: DebugCollection[];

  /**
   * Parameters of the hook, up to 20.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };
}

/**
 * Where a training writes for TensorBoard, and where SageMaker puts it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/tensorboard-on-sagemaker.html
 */
export interface TensorBoardOutput {
  /**
   * S3 URI for what the container writes.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Directory in the container.
   *
   * @default - what SageMaker takes, /opt/ml/output/tensorboard
   */
  readonly localPath?: string;
}

/**
 * Maps of parameters have limits of their own.
 *
 * @internal
 */
export function checkParameters(name: string, parameters: { [name: string]: string } | undefined, max: number, problems: Problems): void {
  problems.count(name, Object.keys(parameters ?? {}), 0, max);
  Object.entries(parameters ?? {}).forEach(([k, v]) => {
    problems.pattern(`${name}.${k}`, v, new RegExp(`^[^]{0,${MAX_TEXT}}$`), `be at most ${MAX_TEXT} characters`);
  });
}

/**
 * A directory in the container.
 *
 * @internal
 */
export function checkLocalPath(name: string, path: string | undefined, problems: Problems): void {
  problems.pattern(name, path, /^\/.{0,4095}$/, "begin with '/'");
}

/** @internal */
export function checkDebugHook(name: string, hook: DebugHook | undefined, problems: Problems): void {
  checkUri(`${name}.destination`, hook?.destination, problems);
  checkLocalPath(`${name}.localPath`, hook?.localPath, problems);
  checkParameters(`${name}.parameters`, hook?.parameters, MAX_ENTRIES, problems);
  problems.count(`${name}.collections`, hook?.collections, 0, MAX_ENTRIES);
  hook?.collections?.forEach((c, i) => {
    problems.pattern(`${name}.collections[${i}].collectionName`, c.collectionName, /^.{1,256}$/, 'be 1 to 256 characters');
    checkParameters(`${name}.collections[${i}].parameters`, c.parameters, MAX_ENTRIES, problems);
  });
}

/** @internal */
export function checkTensorBoard(name: string, output: TensorBoardOutput | undefined, problems: Problems): void {
  checkUri(`${name}.destination`, output?.destination, problems);
  checkLocalPath(`${name}.localPath`, output?.localPath, problems);
}

/** @internal */
export function renderDebugHook(hook: DebugHook | undefined, defaultUri: () => string): object | undefined {
  return hook && {
    S3OutputPath: hook.destination ?? defaultUri(),
    LocalPath: hook.localPath,
    HookParameters: sorted(hook.parameters),
    CollectionConfigurations: (hook.collections ?? []).map(c => ({ CollectionName: c.collectionName, CollectionParameters: sorted(c.parameters) })),
  };
}

/** @internal */
export function renderTensorBoard(output: TensorBoardOutput | undefined, defaultUri: () => string): object | undefined {
  return output && { S3OutputPath: output.destination ?? defaultUri(), LocalPath: output.localPath };
}
