import { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { MonitorImageName } from '../../containers/aws/monitor-images';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { CaptureMode } from '../../jobs/data-capture';

/** Types of monitors as the API spells them. */
export type MonitorType = 'DataQuality' | 'ModelQuality' | 'ModelBias' | 'ModelExplainability';

/** What the definitions of all kinds have in common; each kind has types of its own for it, all of the same form. */
export interface JobParts {
  readonly imageUri: string;
  readonly environment: Record<string, string>;
  readonly endpointName: string;
  readonly roleArn: string;
  readonly jobResources: { clusterConfig: { instanceCount: number; instanceType: string; volumeSizeInGb: number; volumeKmsKeyId?: string } };
  readonly networkConfig: {
    readonly enableNetworkIsolation: boolean;
    readonly enableInterContainerTrafficEncryption: boolean;
    readonly vpcConfig?: { subnets: string[]; securityGroupIds: string[] };
  };
  readonly output: { kmsKeyId: string; monitoringOutputs: { s3Output: { s3Uri: string; localPath: string; s3UploadMode: string } }[] };
  readonly stoppingCondition: { maxRuntimeInSeconds: number };
}

/** A job definition, whatever its kind. */
export interface JobDefinition extends CfnResource {
  readonly attrJobDefinitionArn: string;
}

/** What one kind of monitor adds. */
export interface MonitorDefinition {
  readonly type: MonitorType;
  readonly image: MonitorImageName;
  /** What must be captured. */
  readonly needs: CaptureMode[];
  /** Whether labels are merged with the predictions first, by a job of its own that shares the time. */
  readonly merges: boolean;
  /** Whether the job asks the model, so that it cannot be cut off from the network. */
  readonly asksModel: boolean;
  /** Whether there is something to compare with. */
  readonly hasBaseline: boolean;
  /** Metrics of the model that it publishes; undefined if it is not known which. */
  readonly qualityMetrics?: string[];
  check(problems: Problems): void;
  /** What the job reads besides what was captured, and what it calls. */
  permissions(scope: Construct, endpointArn: string): Permission[];
  make(scope: Construct, id: string, parts: JobParts): JobDefinition;
}

/** What an alarm must know of its monitor. */
export interface AlarmedMonitor {
  readonly endpointName: string;
  readonly scheduleName: string;
  /** Seconds between two runs. */
  readonly period: number;
  /** ARNs of what is told. */
  readonly actions: string[];
}

/** Where SageMaker puts what was captured. */
export function endpointInput({ endpointName }: JobParts): { endpointName: string; localPath: string } {
  return { endpointName, localPath: '/opt/ml/processing/input/endpoint' };
}

/** Only there if a file is. */
export function resource(file: { readonly uri: string } | undefined): { s3Uri: string } | undefined {
  return file && { s3Uri: file.uri };
}
