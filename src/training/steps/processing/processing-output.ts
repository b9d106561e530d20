import { IFeatureGroupRef } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { LOCAL_PATH, LOCAL_PATH_RULE, NAME, NAME_RULE, ROOT } from './names';
import { Problems } from '../../../core/problems';
import { sagemakerArn } from '../../../core/stacks';
import { lowerCase } from '../../../core/tokens';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, writeUri } from '../../definition/s3-uri';

/**
 * Where a processing container writes an output, and where it goes.
 */
export interface ProcessingOutputOptions {
  /**
   * S3 URI that the output goes to.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * Directory in the container.
   *
   * @default - /opt/ml/processing/<name>
   */
  readonly localPath?: string;

  /**
   * Whether files are uploaded as soon as they are written, and not when the job ends.
   *
   * @default false
   */
  readonly continuous?: boolean;

  /**
   * A feature group of SageMaker Feature Store into which the records go too. The container writes them itself, as those of Data Wrangler do
   * (`AppManaged`); the right to put records comes along.
   *
   * @default - none
   */
  readonly featureGroup?: IFeatureGroupRef;
}

/**
 * What SageMaker copies out of a processing container.
 */
export class ProcessingOutput {
  /**
   * An output.
   *
   * @param outputName name of the output, unique in its step
   * @param options where it is and where it goes
   */
  public static of(outputName: string, options: ProcessingOutputOptions = {}): ProcessingOutput {
    return new ProcessingOutput(outputName, options);
  }

  private constructor(
    /** Name of the output. */
    public readonly outputName: string,
    private readonly options: ProcessingOutputOptions,
  ) {}

  /**
   * Where it goes, if that is said.
   *
   * @internal
   */
  public get _destination(): string | undefined {
    return this.options.destination;
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} name`, this.outputName, NAME, NAME_RULE);
    checkUri(`${name}.destination`, this.options.destination, problems);
    problems.pattern(`${name}.localPath`, this.options.localPath, LOCAL_PATH, LOCAL_PATH_RULE);
  }

  /** @internal */
  public _permissions(scope: Construct): Permission[] {
    const { destination, featureGroup } = this.options;
    const write = destination === undefined ? [] : writeUri(scope, destination);
    if (featureGroup === undefined) { return write; }
    const { featureGroupName } = featureGroup.featureGroupRef;
    // SageMaker writes some of its ARNs in lower case
    const resources = [...new Set([featureGroupName, lowerCase(featureGroupName)])].map(name => sagemakerArn(scope, 'feature-group', name));
    return [...write, { actions: ['sagemaker:DescribeFeatureGroup', 'sagemaker:PutRecord'], resources }];
  }

  /** @internal */
  public _render(defaultUri: () => string): object {
    const { destination, localPath, continuous, featureGroup } = this.options;
    return {
      OutputName: this.outputName,
      AppManaged: featureGroup !== undefined,
      S3Output: {
        S3Uri: destination ?? defaultUri(),
        LocalPath: localPath ?? `${ROOT}/${this.outputName}`,
        S3UploadMode: continuous ? 'Continuous' : 'EndOfJob',
      },
      FeatureStoreOutput: featureGroup && { FeatureGroupName: featureGroup.featureGroupRef.featureGroupName },
    };
  }
}
