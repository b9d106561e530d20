import { CfnModelExplainabilityJobDefinition } from 'aws-cdk-lib/aws-sagemaker';
import { endpointInput, MonitorDefinition, resource } from './monitor-definition';
import { sagemakerArn } from '../../core/stacks';
import { lowerCase } from '../../core/tokens';
import { Permission } from '../../identity/permission-statement';
import { CaptureMode } from '../../jobs/data-capture';
import { shadowEndpoint } from '../../jobs/shadow-endpoint';
import { S3File } from '../../storage/s3-file';

const MODEL_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/**
 * What a monitor of feature attributions looks at.
 */
export interface ModelExplainabilityMonitorOptions {
  /**
   * JSON file with the SHAP baseline and, as `predictor`, the model that is asked: `endpoint_name` of the monitored endpoint, or `model_name`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
   */
  readonly analysisConfig: S3File;

  /**
   * The model that the file names as `model_name`. Each run makes an endpoint for it and deletes it again, which the role is then allowed to.
   *
   * @default - the file names the monitored endpoint, which the role may call
   */
  readonly modelName?: string;

  /**
   * JMESPath of the features in what was captured; needed for requests in JSON Lines.
   *
   * @default - requests are CSV
   */
  readonly featuresAttribute?: string;

  /**
   * Column or JMESPath of the prediction in what was captured.
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
   * The file `analysis.json` of a baseline.
   *
   * @default - nothing to compare with: the monitor only writes metrics
   */
  readonly constraints?: S3File;
}

/**
 * Whether features still weigh as much as they did.
 *
 * @internal
 */
export function modelExplainability(options: ModelExplainabilityMonitorOptions): MonitorDefinition {
  const { analysisConfig, modelName, featuresAttribute, inferenceAttribute, probabilityAttribute, constraints } = options;
  return {
    type: 'ModelExplainability',
    image: 'clarify',
    needs: [CaptureMode.INPUT],
    merges: false,
    asksModel: true,
    hasBaseline: constraints !== undefined,
    check: problems => {
      analysisConfig._check('kind.analysisConfig', problems);
      constraints?._check('kind.constraints', problems);
      problems.pattern('kind.modelName', modelName, MODEL_NAME, 'be 1 to 63 letters, digits and dashes');
    },
    permissions: (scope, endpointArn) => [
      ...analysisConfig._read(),
      ...constraints?._read() ?? [],
      ...modelName === undefined ? [callOf(endpointArn)] : shadowEndpoint(scope, sagemakerArn(scope, 'model', lowerCase(modelName))),
    ],
    make: (scope, id, parts) => new CfnModelExplainabilityJobDefinition(scope, id, {
      roleArn: parts.roleArn,
      jobResources: parts.jobResources,
      networkConfig: parts.networkConfig,
      stoppingCondition: parts.stoppingCondition,
      modelExplainabilityJobOutputConfig: parts.output,
      modelExplainabilityAppSpecification: { imageUri: parts.imageUri, environment: parts.environment, configUri: analysisConfig.uri },
      modelExplainabilityJobInput: { endpointInput: { ...endpointInput(parts), featuresAttribute, inferenceAttribute, probabilityAttribute } },
      modelExplainabilityBaselineConfig: constraints && { constraintsResource: resource(constraints) },
    }),
  };
}

function callOf(endpointArn: string): Permission {
  return { actions: ['sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'], resources: [endpointArn] };
}
