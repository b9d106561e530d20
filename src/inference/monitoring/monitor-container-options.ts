import { CfnDataQualityJobDefinition } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { S3File } from '../../storage/s3-file';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataQualityAppSpecification.html */
const MAX_ENTRYPOINT = 100;
const MAX_ARGUMENTS = 50;
const WORD = /^.{0,256}$/;

/**
 * What the container of a monitor runs beyond what it does by itself.
 */
export interface MonitorContainerOptions {
  /**
   * Python script that the image of AWS calls for each captured record before the analysis.
   *
   * @default - records are analysed as they were captured
   */
  readonly preprocessor?: S3File;

  /**
   * Python script that the image of AWS calls after the analysis.
   *
   * @default - none
   */
  readonly postprocessor?: S3File;

  /**
   * Command of an image of your own, 1 to 100 words.
   *
   * @default - what the image runs by itself
   */
  readonly entrypoint?: string[];

  /**
   * Arguments for an image of your own, 1 to 50.
   *
   * @default - none
   */
  readonly arguments?: string[];
}

/**
 * Limits of what stands above.
 *
 * @internal
 */
export function checkMonitorContainer(options: MonitorContainerOptions, problems: Problems): void {
  options.preprocessor?._check('kind.preprocessor', problems);
  options.postprocessor?._check('kind.postprocessor', problems);
  for (const [name, words, max] of [['entrypoint', options.entrypoint, MAX_ENTRYPOINT], ['arguments', options.arguments, MAX_ARGUMENTS]] as const) {
    problems.count(`kind.${name}`, words, 1, max);
    words?.forEach((word, i) => problems.pattern(`kind.${name}[${i}]`, word, WORD, 'be up to 256 characters in one line'));
  }
}

/**
 * What reading the scripts takes.
 *
 * @internal
 */
export function readScripts({ preprocessor, postprocessor }: MonitorContainerOptions): Permission[] {
  return [...preprocessor?._read() ?? [], ...postprocessor?._read() ?? []];
}

/**
 * As it stands in the specification of the container.
 *
 * @internal
 */
export function renderMonitorContainer(options: MonitorContainerOptions): Omit<CfnDataQualityJobDefinition.DataQualityAppSpecificationProperty, 'imageUri'> {
  return {
    containerEntrypoint: options.entrypoint,
    containerArguments: options.arguments,
    recordPreprocessorSourceUri: options.preprocessor?.uri,
    postAnalyticsProcessorSourceUri: options.postprocessor?.uri,
  };
}
