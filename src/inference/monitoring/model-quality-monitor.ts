import { CfnModelQualityJobDefinition } from 'aws-cdk-lib/aws-sagemaker';
import { checkGroundTruth, GroundTruthOptions, readGroundTruth, renderGroundTruth, renderPredictions } from './ground-truth-options';
import { checkMonitorContainer, MonitorContainerOptions, readScripts, renderMonitorContainer } from './monitor-container-options';
import { endpointInput, MonitorDefinition, resource } from './monitor-definition';
import { CaptureMode } from '../../jobs/data-capture';
import { ProblemType } from '../../jobs/problem-type';
import { S3File } from '../../storage/s3-file';

/** Each also with `_best_constant_classifier`, but for those of regression. https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html */
const METRICS = {
  [ProblemType.REGRESSION]: ['mae', 'mse', 'rmse', 'r2'],
  [ProblemType.BINARY_CLASSIFICATION]: [
    'recall', 'precision', 'accuracy', 'true_positive_rate', 'true_negative_rate', 'false_positive_rate', 'false_negative_rate', 'auc', 'f0_5', 'f1', 'f2',
  ],
  [ProblemType.MULTICLASS_CLASSIFICATION]: ['accuracy', 'weighted_recall', 'weighted_precision', 'weighted_f0_5', 'weighted_f1', 'weighted_f2'],
};

/**
 * What a monitor of model quality compares predictions with.
 */
export interface ModelQualityMonitorOptions extends GroundTruthOptions, MonitorContainerOptions {
  /** What the model predicts. */
  readonly problemType: ProblemType;

  /**
   * The file `constraints.json` of a baseline.
   *
   * @default - nothing to compare with: the monitor only writes metrics
   */
  readonly constraints?: S3File;
}

/**
 * Whether predictions are still as good as they were.
 *
 * @internal
 */
export function modelQuality(options: ModelQualityMonitorOptions): MonitorDefinition {
  const { constraints, problemType } = options;
  return {
    type: 'ModelQuality',
    image: 'analyzer',
    needs: [CaptureMode.OUTPUT],
    merges: true,
    asksModel: false,
    hasBaseline: constraints !== undefined,
    qualityMetrics: METRICS[problemType],
    check: problems => {
      checkGroundTruth(options, problems);
      checkMonitorContainer(options, problems);
      constraints?._check('kind.constraints', problems);
    },
    permissions: () => [...constraints?._read() ?? [], ...readGroundTruth(options), ...readScripts(options)],
    make: (scope, id, parts) => new CfnModelQualityJobDefinition(scope, id, {
      roleArn: parts.roleArn,
      jobResources: parts.jobResources,
      networkConfig: parts.networkConfig,
      stoppingCondition: parts.stoppingCondition,
      modelQualityJobOutputConfig: parts.output,
      modelQualityAppSpecification: { imageUri: parts.imageUri, environment: parts.environment, problemType, ...renderMonitorContainer(options) },
      modelQualityJobInput: {
        endpointInput: { ...endpointInput(parts), ...renderPredictions(options) },
        groundTruthS3Input: renderGroundTruth(options),
      },
      modelQualityBaselineConfig: constraints && { constraintsResource: resource(constraints) },
    }),
  };
}
