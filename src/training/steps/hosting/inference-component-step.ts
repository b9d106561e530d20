import { Duration, Size } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { EndpointStep } from './endpoint-step';
import { checkTimeouts } from './step-variant';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { inSeconds, mebibytes } from '../../../core/units';
import { textParts } from '../../definition/render';
import { checkTags } from '../job-tags';
import { checkName, onNamed } from '../named';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { PipelineStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentComputeResourceRequirements.html */
const MIN_MEMORY = 128;
const MIN_CORES = 0.25;

/** Every default stands here, and only here. */
const DEFAULTS = { variantName: 'AllTraffic', copyCount: 1 };

/**
 * Properties of an InferenceComponentStep.
 */
export interface InferenceComponentStepProps extends PipelineStepProps {
  /** Name of the component, unique in the account: up to 63 letters, digits and dashes. */
  readonly inferenceComponentName: string;

  /** Name of the endpoint, which has instances for components: `endpointName` of an EndpointStep, or any name. */
  readonly endpointName: string;

  /**
   * The variant whose instances it runs on.
   *
   * @default 'AllTraffic'
   */
  readonly variantName?: string;

  /**
   * Name of the model: `modelName` of a ModelStep, or any name.
   *
   * @default - there is a `baseInferenceComponentName`
   */
  readonly modelName?: string;

  /**
   * Name of the component that this one is an adapter of.
   *
   * @default - it is a model of its own
   */
  readonly baseInferenceComponentName?: string;

  /**
   * Memory that each copy has for itself, from 128 MiB. Needed with `modelName`.
   *
   * @default - an adapter has none
   */
  readonly memorySize?: Size;

  /**
   * Memory that no copy may exceed, from 128 MiB.
   *
   * @default - no limit but that of the instance
   */
  readonly maxMemorySize?: Size;

  /**
   * Processor cores of each copy, from 0.25.
   *
   * @default - no cores are set aside
   */
  readonly cpuCores?: number;

  /**
   * Accelerators of each copy, from 1.
   *
   * @default - none
   */
  readonly accelerators?: number;

  /**
   * Number of copies, from 0; an adapter has none of its own.
   *
   * @default 1
   */
  readonly copyCount?: number;

  /**
   * Whether instances keep image and artifact, so that further copies start faster.
   *
   * @default - as SageMaker chooses
   */
  readonly dataCaching?: boolean;

  /**
   * How long a container may take until it answers its first health check, 1 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly containerStartupTimeout?: Duration;

  /**
   * How long an instance may take to download and unpack the model, 1 to 60 minutes.
   *
   * @default - as SageMaker chooses
   */
  readonly modelDownloadTimeout?: Duration;

  /**
   * Tags of the component.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that makes an inference component or, if there is one of this name, updates it. It shares instances with others, and stays until somebody deletes it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceComponent.html
 */
export class InferenceComponentStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props endpoint, model and what each copy needs
   */
  constructor(stepName: string, private readonly props: InferenceComponentStepProps) {
    super(stepName, 'InferenceComponent', props);
  }

  /** Name of the component; a step that uses it runs when the component can be called. */
  public get inferenceComponentName(): string {
    return this._variable('InferenceComponentName').asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { props } = this;
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    for (const prop of ['inferenceComponentName', 'endpointName', 'variantName', 'modelName', 'baseInferenceComponentName'] as const) { checkName(name(prop), props[prop], problems); }
    problems.check((props.modelName === undefined) !== (props.baseInferenceComponentName === undefined), `step '${this.stepName}' must have modelName or baseInferenceComponentName, and not both`);
    problems.check(props.modelName === undefined || props.memorySize !== undefined, `${name('memorySize')} must be there with modelName`);
    for (const prop of ['memorySize', 'maxMemorySize'] as const) { problems.range(`${name(prop)} (MiB)`, mebibytes(props[prop]), MIN_MEMORY, Number.MAX_SAFE_INTEGER); }
    problems.atMost(`${name('memorySize')} (MiB)`, mebibytes(props.memorySize), 'maxMemorySize', mebibytes(props.maxMemorySize));
    problems.range(name('cpuCores'), props.cpuCores, MIN_CORES, Number.MAX_SAFE_INTEGER);
    problems.range(name('accelerators'), props.accelerators, 1, Number.MAX_SAFE_INTEGER);
    problems.integer(name('copyCount'), props.copyCount, 0, Number.MAX_SAFE_INTEGER);
    problems.check(props.copyCount === undefined || props.baseInferenceComponentName === undefined, `${name('copyCount')} cannot be said of an adapter`);
    checkTimeouts(`step '${this.stepName}'`, props, problems);
    checkTags(name('tags'), props.tags, problems);
  }

  /** @internal */
  public _permissions({ scope }: StepContext): StepPermissions {
    const changes = ['sagemaker:CreateInferenceComponent', 'sagemaker:UpdateInferenceComponent'];
    return {
      pipeline: [
        onNamed(scope, 'inference-component', this.props.inferenceComponentName, 'sagemaker:AddTags', ...changes, 'sagemaker:DescribeInferenceComponent'),
        onNamed(scope, 'endpoint', this.endpoint(scope), 'sagemaker:CreateInferenceComponent', 'sagemaker:DescribeEndpoint'),
      ],
      job: [],
    };
  }

  /** @internal */
  protected _arguments(): object {
    const { props } = this;
    const startup = {
      ContainerStartupHealthCheckTimeoutInSeconds: inSeconds(props.containerStartupTimeout),
      ModelDataDownloadTimeoutInSeconds: inSeconds(props.modelDownloadTimeout),
    };
    const isAdapter = props.baseInferenceComponentName !== undefined;
    return {
      InferenceComponentName: props.inferenceComponentName,
      EndpointName: props.endpointName,
      VariantName: isAdapter ? props.variantName : props.variantName ?? DEFAULTS.variantName,
      Specification: {
        ModelName: props.modelName,
        BaseInferenceComponentName: props.baseInferenceComponentName,
        StartupParameters: Object.values(startup).every(v => v === undefined) ? undefined : startup,
        ComputeResourceRequirements: props.memorySize === undefined ? undefined : {
          NumberOfCpuCoresRequired: props.cpuCores,
          NumberOfAcceleratorDevicesRequired: props.accelerators,
          MinMemoryRequiredInMb: mebibytes(props.memorySize),
          MaxMemoryRequiredInMb: mebibytes(props.maxMemorySize),
        },
        DataCacheConfig: props.dataCaching === undefined ? undefined : { EnableCaching: props.dataCaching },
      },
      RuntimeConfig: isAdapter ? undefined : { CopyCount: props.copyCount ?? DEFAULTS.copyCount },
      Tags: keyValues(props.tags),
    };
  }

  private endpoint(scope: IConstruct): string {
    const [first] = textParts(this.props.endpointName);
    return typeof first === 'object' && first._step instanceof EndpointStep ? first._step._name(scope) : this.props.endpointName;
  }
}
