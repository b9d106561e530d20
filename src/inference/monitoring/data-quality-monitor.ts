import { CfnDataQualityJobDefinition } from 'aws-cdk-lib/aws-sagemaker';
import { checkMonitorContainer, MonitorContainerOptions, readScripts, renderMonitorContainer } from './monitor-container-options';
import { endpointInput, MonitorDefinition, resource } from './monitor-definition';
import { S3File } from '../../storage/s3-file';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
const MAX_EXCLUDED = 100;

/**
 * What a monitor of data quality compares the captured data with.
 */
export interface DataQualityMonitorOptions extends MonitorContainerOptions {
  /**
   * The file `constraints.json` of a baseline.
   *
   * @default - nothing to compare with: the monitor only writes statistics
   */
  readonly constraints?: S3File;

  /**
   * The file `statistics.json` of a baseline.
   *
   * @default - nothing to compare with: the monitor only writes statistics
   */
  readonly statistics?: S3File;

  /**
   * Features that are left out, by name or by column, together up to 100 characters.
   *
   * @default - none
   */
  readonly excludedFeatures?: string[];
}

/**
 * Whether the data that comes in still looks like that of the training.
 *
 * @internal
 */
export function dataQuality(options: DataQualityMonitorOptions): MonitorDefinition {
  const { constraints, statistics, excludedFeatures } = options;
  const excluded = excludedFeatures?.join(',');
  const given = constraints !== undefined || statistics !== undefined;
  const baseline = given ? { constraintsResource: resource(constraints), statisticsResource: resource(statistics) } : undefined;
  return {
    type: 'DataQuality',
    image: 'analyzer',
    needs: [],
    merges: false,
    asksModel: false,
    hasBaseline: constraints !== undefined && statistics !== undefined,
    check: problems => {
      constraints?._check('kind.constraints', problems);
      statistics?._check('kind.statistics', problems);
      problems.pattern('kind.excludedFeatures', excluded, new RegExp(`^[\\s\\S]{1,${MAX_EXCLUDED}}$`), `be 1 to ${MAX_EXCLUDED} characters with commas between`);
      checkMonitorContainer(options, problems);
    },
    permissions: () => [...constraints?._read() ?? [], ...statistics?._read() ?? [], ...readScripts(options)],
    make: (scope, id, parts) => new CfnDataQualityJobDefinition(scope, id, {
      roleArn: parts.roleArn,
      jobResources: parts.jobResources,
      networkConfig: parts.networkConfig,
      stoppingCondition: parts.stoppingCondition,
      dataQualityJobOutputConfig: parts.output,
      dataQualityAppSpecification: { imageUri: parts.imageUri, environment: parts.environment, ...renderMonitorContainer(options) },
      dataQualityJobInput: { endpointInput: { ...endpointInput(parts), excludeFeaturesAttribute: excluded } },
      dataQualityBaselineConfig: baseline,
    }),
  };
}
