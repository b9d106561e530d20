import { CfnModelBiasJobDefinition } from 'aws-cdk-lib/aws-sagemaker';
import { checkGroundTruth, GroundTruthOptions, readGroundTruth, renderGroundTruth, renderPredictions } from './ground-truth-options';
import { endpointInput, MonitorDefinition, resource } from './monitor-definition';
import { CaptureMode } from '../../jobs/data-capture';
import { S3File } from '../../storage/s3-file';

/**
 * What a monitor of bias looks at.
 */
export interface ModelBiasMonitorOptions extends GroundTruthOptions {
  /**
   * JSON file that names labels and facets.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
   */
  readonly analysisConfig: S3File;

  /**
   * JMESPath of the features in what was captured; needed for requests in JSON Lines.
   *
   * @default - requests are CSV
   */
  readonly featuresAttribute?: string;

  /**
   * The file `analysis.json` of a baseline.
   *
   * @default - nothing to compare with: the monitor only writes metrics
   */
  readonly constraints?: S3File;
}

/**
 * Whether predictions are still as fair as they were.
 *
 * @internal
 */
export function modelBias(options: ModelBiasMonitorOptions): MonitorDefinition {
  const { constraints, analysisConfig, featuresAttribute } = options;
  return {
    type: 'ModelBias',
    image: 'clarify',
    needs: [CaptureMode.INPUT, CaptureMode.OUTPUT],
    merges: true,
    asksModel: false,
    hasBaseline: constraints !== undefined,
    check: problems => {
      checkGroundTruth(options, problems);
      analysisConfig._check('kind.analysisConfig', problems);
      constraints?._check('kind.constraints', problems);
    },
    permissions: () => [...analysisConfig._read(), ...constraints?._read() ?? [], ...readGroundTruth(options)],
    make: (scope, id, parts) => new CfnModelBiasJobDefinition(scope, id, {
      roleArn: parts.roleArn,
      jobResources: parts.jobResources,
      networkConfig: parts.networkConfig,
      stoppingCondition: parts.stoppingCondition,
      modelBiasJobOutputConfig: parts.output,
      modelBiasAppSpecification: { imageUri: parts.imageUri, environment: parts.environment, configUri: analysisConfig.uri },
      modelBiasJobInput: {
        endpointInput: { ...endpointInput(parts), ...renderPredictions(options), featuresAttribute },
        groundTruthS3Input: renderGroundTruth(options),
      },
      modelBiasBaselineConfig: constraints && { constraintsResource: resource(constraints) },
    }),
  };
}
