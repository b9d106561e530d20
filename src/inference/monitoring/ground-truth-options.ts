import { Duration } from 'aws-cdk-lib';
import { CfnModelBiasJobDefinition } from 'aws-cdk-lib/aws-sagemaker';
import { before, checkHours, hours } from './hours';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { checkUri } from '../../storage/artifact-prefix';
import { S3Prefix } from '../../storage/s3-prefix';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringGroundTruthS3Input.html */
const MAX_URI = 512;

/**
 * The labels that predictions are compared with, and where the predictions are in what was captured.
 */
export interface GroundTruthOptions {
  /**
   * Where you put the labels, below `<year>/<month>/<day>/<hour>/`, each with the id of its call.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
   */
  readonly groundTruth: S3Prefix;

  /**
   * How long before a run the calls begin that it looks at, in whole hours: as long as labels take to be complete.
   *
   * @default - as long as the time between two runs
   */
  readonly startOffset?: Duration;

  /**
   * How long before a run the calls end that it looks at, in whole hours: as long as the first labels take.
   *
   * @default - at the run
   */
  readonly endOffset?: Duration;

  /**
   * Column or JMESPath of the prediction in what was captured, for example `0`.
   *
   * @default - none
   */
  readonly inferenceAttribute?: string;

  /**
   * Column or JMESPath of the probability in what was captured.
   *
   * @default - none
   */
  readonly probabilityAttribute?: string;

  /**
   * The probability from which on a prediction is positive, 0 to 1.
   *
   * @default - what SageMaker takes, 0.5
   */
  readonly probabilityThreshold?: number;
}

/**
 * Limits of what stands above.
 *
 * @internal
 */
export function checkGroundTruth(options: GroundTruthOptions, problems: Problems): void {
  const { groundTruth, startOffset, endOffset } = options;
  groundTruth._check('kind.groundTruth', problems);
  checkUri('kind.groundTruth', groundTruth._base, MAX_URI, problems);
  checkHours('kind.startOffset', startOffset, problems);
  checkHours('kind.endOffset', endOffset, problems);
  if (startOffset !== undefined && !startOffset.isUnresolved()) {
    problems.range('kind.endOffset (hours), which must come after kind.startOffset,', endOffset && hours(endOffset), 0, hours(startOffset) - 1);
  }
  problems.range('kind.probabilityThreshold', options.probabilityThreshold, 0, 1);
}

/**
 * What reading the labels takes.
 *
 * @internal
 */
export function readGroundTruth({ groundTruth }: GroundTruthOptions): Permission[] {
  return groundTruth._read();
}

/**
 * As it stands in the input of the job.
 *
 * @internal
 */
export function renderGroundTruth({ groundTruth }: GroundTruthOptions): CfnModelBiasJobDefinition.MonitoringGroundTruthS3InputProperty {
  return { s3Uri: groundTruth._base };
}

/**
 * As it stands beside the name of the endpoint.
 *
 * @internal
 */
export function renderPredictions(options: GroundTruthOptions): Omit<CfnModelBiasJobDefinition.EndpointInputProperty, 'endpointName' | 'localPath'> {
  return {
    startTimeOffset: before(options.startOffset),
    endTimeOffset: before(options.endOffset),
    inferenceAttribute: options.inferenceAttribute,
    probabilityAttribute: options.probabilityAttribute,
    probabilityThresholdAttribute: options.probabilityThreshold,
  };
}
