import { Duration, Size, Token, Validations } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ModelMonitorOptions } from './model-monitor-props';
import { JobParts, MonitorDefinition } from './monitor-definition';
import { MonitorSchedule } from './monitor-schedule';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';
import { gibibytes, seconds } from '../../core/units';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { VpcPlacement } from '../../network/vpc-placement';
import { S3Prefix } from '../../storage/s3-prefix';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html */
const MAX_INSTANCES = 100;
const MAX_VOLUME = 16_384;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringStoppingCondition.html */
const MAX_RUNTIME = Duration.days(1).toSeconds();
const HOUR = 3600;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataQualityAppSpecification.html */
const MAX_ENVIRONMENT = 50;

/** The variable by which a container is told to publish metrics. */
const PUBLISH = 'publish_cloudwatch_metrics';

/** Every default stands here, and only here. */
const DEFAULTS = {
  instanceType: MlInstanceType.M5_XLARGE,
  instanceCount: 1,
  volumeSize: Size.gibibytes(30),
  maxRuntime: Duration.minutes(30),
  encryptTraffic: true,
};

/** Limits of the job that a run is. */
export function checkMonitorJob(options: ModelMonitorOptions, definition: MonitorDefinition, schedule: MonitorSchedule, problems: Problems): void {
  const { instanceType, instanceCount, volumeSize, maxRuntime, networkIsolation, alarms = [], environment = {} } = options;
  instanceType?._check('instanceType', problems);
  problems.integer('instanceCount', instanceCount, 1, MAX_INSTANCES);
  problems.integer('volumeSize (GiB)', volumeSize && gibibytes(volumeSize), 1, MAX_VOLUME);
  const shortest = (schedule._shortest ?? 24) * HOUR / (definition.merges ? 2 : 1);
  problems.integer('maxRuntime (seconds)', seconds(maxRuntime), 1, Math.min(shortest, MAX_RUNTIME));
  problems.check(!definition.asksModel || networkIsolation !== true, `networkIsolation must not be true for ${definition.type}, whose jobs ask the model`);
  problems.count('environment', Object.keys(environment), 0, MAX_ENVIRONMENT - 1);
  for (const [key, value] of Object.entries(environment)) {
    problems.pattern('environment key', key, /^[a-zA-Z_][a-zA-Z0-9_]{0,255}$/, 'be up to 256 letters, digits and _, not beginning with a digit');
    problems.pattern(`environment.${key}`, value, /^[\s\S]{0,256}$/, 'be up to 256 characters');
  }
  const silent = environment[PUBLISH] !== undefined && !Token.isUnresolved(environment[PUBLISH]) && environment[PUBLISH] !== 'Enabled';
  problems.check(alarms.length === 0 || !silent, `alarms need environment.${PUBLISH} to be 'Enabled', got '${environment[PUBLISH]}'`);
}

/** What the job of a run is made of. */
export interface MonitorJob {
  readonly imageUri: string;
  readonly endpointName: string;
  readonly roleArn: string;
  readonly reports: S3Prefix;
  readonly key: IKey;
  readonly place?: VpcPlacement;
}

/** The parts that definitions of all kinds have in common. */
export function renderMonitorJob(options: ModelMonitorOptions, definition: MonitorDefinition, job: MonitorJob): JobParts {
  const { imageUri, endpointName, roleArn, reports, key, place } = job;
  const instanceType = options.instanceType ?? DEFAULTS.instanceType;
  return {
    imageUri,
    endpointName,
    roleArn,
    environment: { [PUBLISH]: 'Enabled', ...sorted(options.environment) },
    jobResources: {
      clusterConfig: {
        instanceCount: options.instanceCount ?? DEFAULTS.instanceCount,
        instanceType: instanceType.instanceTypeName,
        volumeSizeInGb: gibibytes(options.volumeSize ?? DEFAULTS.volumeSize),
        volumeKmsKeyId: instanceType._hasLocalDisks ? undefined : key.keyArn, // SageMaker refuses a key for instances with disks of their own
      },
    },
    networkConfig: {
      enableNetworkIsolation: options.networkIsolation ?? !definition.asksModel,
      enableInterContainerTrafficEncryption: options.interContainerTrafficEncryption ?? DEFAULTS.encryptTraffic,
      vpcConfig: place?.config,
    },
    output: {
      kmsKeyId: (reports.encryptionKey ?? key).keyArn,
      monitoringOutputs: [{ s3Output: { s3Uri: reports._base, localPath: '/opt/ml/processing/output', s3UploadMode: 'EndOfJob' } }],
    },
    stoppingCondition: { maxRuntimeInSeconds: (options.maxRuntime ?? DEFAULTS.maxRuntime).toSeconds() },
  };
}

/** Says that the key was left out. */
export function warnOfLocalDisks(scope: Construct, { instanceType }: ModelMonitorOptions): void {
  if (!instanceType?._hasLocalDisks) { return; }
  Validations.of(scope).addWarning('cdk-ml-patterns:localDisks',
    `Instances of ${instanceType.instanceTypeName} have disks of their own, which the key of the monitor does not encrypt.`);
}
