import { Duration, Size } from 'aws-cdk-lib';
import { CfnInferenceComponent } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { checkSeconds, mebibytes } from '../../core/units';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentSpecification.html */
const MIN_MEMORY = 128;
const MIN_CORES = 0.25;
const START_SECONDS = { min: 60, max: 3600 };

/** What a copy takes of an instance, in a component and in what it says of one instance type. */
export interface ComponentNeeds {
  readonly memorySize?: Size;
  readonly maxMemorySize?: Size;
  readonly cpuCores?: number;
  readonly accelerators?: number;
  readonly containerStartupTimeout?: Duration;
  readonly modelDownloadTimeout?: Duration;
}

/** `path` is where the needs stand, ending with a dot. */
export function checkNeeds(path: string, needs: ComponentNeeds, problems: Problems): void {
  problems.integer(`${path}memorySize (MiB)`, mebibytes(needs.memorySize), MIN_MEMORY, Number.MAX_SAFE_INTEGER);
  problems.integer(`${path}maxMemorySize (MiB)`, mebibytes(needs.maxMemorySize), MIN_MEMORY, Number.MAX_SAFE_INTEGER);
  problems.range(`${path}cpuCores`, needs.cpuCores, MIN_CORES, Number.MAX_VALUE);
  problems.range(`${path}accelerators`, needs.accelerators, 1, Number.MAX_VALUE);
  checkSeconds(`${path}containerStartupTimeout`, needs.containerStartupTimeout, START_SECONDS, problems);
  checkSeconds(`${path}modelDownloadTimeout`, needs.modelDownloadTimeout, START_SECONDS, problems);
}

/** The least memory is not more than the most; each may stand in another place. */
export function checkMemory(least: [string, Size | undefined], most: [string, Size | undefined], problems: Problems): void {
  problems.atMost(`${least[0]}memorySize (MiB)`, mebibytes(least[1]), `${most[0]}maxMemorySize`, mebibytes(most[1]));
}

/** What `own` does not say, `common` says. */
export function renderNeeds(own: ComponentNeeds, common: ComponentNeeds): CfnInferenceComponent.InferenceComponentSpecificationProperty {
  const start = own.containerStartupTimeout ?? common.containerStartupTimeout;
  const download = own.modelDownloadTimeout ?? common.modelDownloadTimeout;
  return {
    computeResourceRequirements: {
      minMemoryRequiredInMb: mebibytes(own.memorySize ?? common.memorySize),
      maxMemoryRequiredInMb: mebibytes(own.maxMemorySize ?? common.maxMemorySize),
      numberOfCpuCoresRequired: own.cpuCores ?? common.cpuCores,
      numberOfAcceleratorDevicesRequired: own.accelerators ?? common.accelerators,
    },
    startupParameters: start === undefined && download === undefined ? undefined : {
      containerStartupHealthCheckTimeoutInSeconds: start?.toSeconds(),
      modelDataDownloadTimeoutInSeconds: download?.toSeconds(),
    },
  };
}
