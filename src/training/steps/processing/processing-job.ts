import { Duration, Size } from 'aws-cdk-lib';
import { ProcessingStepProps } from './processing-step-props';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { keyValues, sorted } from '../../../core/sorted';
import { checkSeconds, gibibytes, inSeconds } from '../../../core/units';
import { checkEnvironment } from '../environment';
import { checkInstanceType, checkRunsOn, checkVolumeSize, DEFAULT_INSTANCE_TYPE, volumeKey, warnOfLocalDisks } from '../instances';
import { checkTags } from '../job-tags';
import { StepContext } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
const MAX_INSTANCES = 100;
const MAX_ENVIRONMENT_VALUE = 256;
const MAX_RUNTIME = Duration.days(5);

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: DEFAULT_INSTANCE_TYPE, instanceCount: 1, volumeSize: Size.gibibytes(30) };

/** What steps of all types whose job is a processing job can say of it. */
export type ProcessingResources = Pick<ProcessingStepProps, 'environment' | 'instanceType' | 'instanceCount' | 'volumeSize' | 'maxRuntime' | 'tags'>;

/** What the type of the step adds. */
export interface ProcessingJob {
  readonly imageUri: string;
  readonly entrypoint?: string[];
  readonly arguments?: string[];
  readonly inputs: object[];
  readonly outputs: object[];
  /** In place of what the job defaults say of it. */
  readonly networkIsolation?: boolean;
}

/** `name` tells how a property is called where it was given. */
export function checkProcessingJob(job: ProcessingResources, image: SageMakerImage | undefined, name: (prop: string) => string, problems: Problems) {
  checkEnvironment(name('environment'), job.environment, MAX_ENVIRONMENT_VALUE, problems);
  checkInstanceType(name('instanceType'), job.instanceType, problems);
  checkRunsOn(name('image'), image, [job.instanceType ?? DEFAULTS.instanceType], problems);
  problems.integer(name('instanceCount'), job.instanceCount, 1, MAX_INSTANCES);
  checkVolumeSize(name('volumeSize'), job.volumeSize, problems);
  checkSeconds(name('maxRuntime'), job.maxRuntime, { min: 1, max: MAX_RUNTIME.toSeconds() }, problems);
  checkTags(name('tags'), job.tags, problems);
}

/** Says that the key was left out, if it was. */
export function warnOfProcessingJob(stepName: string, job: ProcessingResources, context: StepContext): void {
  warnOfLocalDisks(stepName, job.instanceType ?? DEFAULTS.instanceType, context);
}

/** The request of CreateProcessingJob without a name. */
export function renderProcessingJob(resources: ProcessingResources, job: ProcessingJob, { jobRoleArn, protection }: StepContext): object {
  const instanceType = resources.instanceType ?? DEFAULTS.instanceType;
  const network = {
    EnableNetworkIsolation: protection.networkIsolation && (job.networkIsolation ?? protection.networkIsolation),
    EnableInterContainerTrafficEncryption: protection.encryptTraffic,
    VpcConfig: protection.vpcConfig,
  };
  return {
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: instanceType,
        InstanceCount: resources.instanceCount ?? DEFAULTS.instanceCount,
        VolumeSizeInGB: gibibytes(resources.volumeSize ?? DEFAULTS.volumeSize),
        VolumeKmsKeyId: volumeKey(instanceType, { protection }),
      },
    },
    AppSpecification: { ImageUri: job.imageUri, ContainerArguments: job.arguments, ContainerEntrypoint: job.entrypoint },
    RoleArn: jobRoleArn,
    StoppingCondition: resources.maxRuntime && { MaxRuntimeInSeconds: inSeconds(resources.maxRuntime) },
    Environment: sorted(resources.environment),
    ProcessingInputs: job.inputs.length > 0 ? job.inputs : undefined,
    ProcessingOutputConfig: job.outputs.length === 0 ? undefined : { Outputs: job.outputs, KmsKeyId: protection.key?.keyArn },
    NetworkConfig: Object.values(network).some(v => v !== undefined) ? network : undefined,
    Tags: keyValues(resources.tags),
  };
}
