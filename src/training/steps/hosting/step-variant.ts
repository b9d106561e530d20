import { Duration, Size } from 'aws-cdk-lib';
import { Problems } from '../../../core/problems';
import { checkSeconds, gibibytes, inSeconds, mebibytes } from '../../../core/units';
import { checkInstanceType } from '../instances';
import { modelStepOf } from '../models/model-of';
import { checkName } from '../named';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html */
const MAX_INSTANCES = 10_000;
const MAX_VOLUME = 512;
const TIMEOUT = { min: 60, max: 3600 };

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html */
const MEMORY = { min: 1024, max: 6144 };
const MAX_CONCURRENCY = 200;

/** Every default stands here, and only here. */
const DEFAULTS = { variantName: 'AllTraffic', weight: 1, instanceType: 'ml.m5.large', instanceCount: 1 };

/**
 * What every variant of an EndpointConfigStep has.
 */
export interface StepVariantOptions {
  /**
   * Name: up to 63 letters, digits and dashes, unique in the configuration.
   *
   * @default 'AllTraffic'
   */
  readonly variantName?: string;

  /**
   * Share of the traffic, as a part of the sum of all weights.
   *
   * @default 1
   */
  readonly weight?: number;
}

/**
 * Instances of a variant.
 */
export interface StepInstanceOptions extends StepVariantOptions {
  /**
   * Type of the instances, for example `ml.m5.large`, or a parameter.
   *
   * @default 'ml.m5.large'
   */
  readonly instanceType?: string;

  /**
   * Number of instances, 1 to 10,000, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 512 GiB.
   *
   * @default - as SageMaker chooses for the instance type
   */
  readonly volumeSize?: Size;

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
}

/**
 * Instances that inference components share.
 */
export interface StepComponentInstanceOptions extends StepInstanceOptions {
  /**
   * Fewest instances, from 0, if SageMaker shall scale them with the copies of components. Together with `maxInstanceCount`.
   *
   * @default - their number stays
   */
  readonly minInstanceCount?: number;

  /**
   * Most instances, from 1. Together with `minInstanceCount`.
   *
   * @default - their number stays
   */
  readonly maxInstanceCount?: number;
}

/**
 * What a variant has that runs without instances of its own.
 */
export interface StepServerlessOptions extends StepVariantOptions {
  /** Memory of each worker: 1 to 6 GiB, in whole GiB. */
  readonly memorySize: Size;

  /** Most requests at the same time, 1 to 200. */
  readonly maxConcurrency: number;

  /**
   * Workers that are kept warm, from 1, up to `maxConcurrency`. They are billed while the endpoint is there.
   *
   * @default - none
   */
  readonly provisionedConcurrency?: number;
}

/**
 * What an endpoint that a pipeline makes runs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
 */
export class StepVariant {
  /**
   * A model on instances.
   *
   * @param modelName `modelName` of a ModelStep, or any name
   * @param options instances and weight
   */
  public static instances(modelName: string, options: StepInstanceOptions = {}): StepVariant {
    return new StepVariant(options, modelName, options);
  }

  /**
   * A model that runs when it is called.
   *
   * @param modelName `modelName` of a ModelStep, or any name
   * @param options memory and concurrency
   */
  public static serverless(modelName: string, options: StepServerlessOptions): StepVariant {
    return new StepVariant(options, modelName, undefined, options);
  }

  /**
   * Instances for the models of InferenceComponentSteps.
   *
   * @param options instances
   */
  public static components(options: StepComponentInstanceOptions = {}): StepVariant {
    return new StepVariant(options, undefined, options);
  }

  private constructor(
    private readonly options: StepVariantOptions,
    /** @internal */
    public readonly _modelName?: string,
    private readonly fleet?: StepComponentInstanceOptions,
    private readonly serverless?: StepServerlessOptions,
  ) {}

  /** @internal */
  public get _variantName(): string {
    return this.options.variantName ?? DEFAULTS.variantName;
  }

  /**
   * Undefined if it has no instances.
   *
   * @internal
   */
  public get _instanceType(): string | undefined {
    return this.fleet && (this.fleet.instanceType ?? DEFAULTS.instanceType);
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { options, fleet, serverless } = this;
    checkName(`${name}.variantName`, options.variantName, problems);
    checkName(`${name}.modelName`, this._modelName, problems);
    problems.range(`${name}.weight`, options.weight, 0, Number.MAX_SAFE_INTEGER);
    if (fleet !== undefined) { checkFleet(name, fleet, problems); }
    const made = this._modelName === undefined ? undefined : modelStepOf(this._modelName);
    if (this._instanceType !== undefined) { made?._model._checkRunsOn(name, this._instanceType, problems); }
    if (serverless === undefined) { return; }
    const memory = mebibytes(serverless.memorySize);
    problems.range(`${name}.memorySize (MiB)`, memory, MEMORY.min, MEMORY.max);
    problems.check(memory % 1024 === 0, `${name}.memorySize must be in whole GiB, got ${memory} MiB`);
    problems.integer(`${name}.maxConcurrency`, serverless.maxConcurrency, 1, MAX_CONCURRENCY);
    problems.integer(`${name}.provisionedConcurrency`, serverless.provisionedConcurrency, 1, MAX_CONCURRENCY);
    problems.atMost(`${name}.provisionedConcurrency`, serverless.provisionedConcurrency, 'maxConcurrency', serverless.maxConcurrency);
  }

  /** @internal */
  public _render(): object {
    const { options, fleet, serverless } = this;
    return {
      VariantName: this._variantName,
      ModelName: this._modelName,
      InitialVariantWeight: this._modelName === undefined ? undefined : options.weight ?? DEFAULTS.weight,
      ServerlessConfig: serverless && {
        MemorySizeInMB: mebibytes(serverless.memorySize),
        MaxConcurrency: serverless.maxConcurrency,
        ProvisionedConcurrency: serverless.provisionedConcurrency,
      },
      ...fleet && renderFleet(fleet),
    };
  }
}

function checkFleet(name: string, fleet: StepComponentInstanceOptions, problems: Problems): void {
  checkInstanceType(`${name}.instanceType`, fleet.instanceType, problems);
  problems.integer(`${name}.instanceCount`, fleet.instanceCount, 1, MAX_INSTANCES);
  problems.integer(`${name}.volumeSize (GiB)`, fleet.volumeSize && gibibytes(fleet.volumeSize), 1, MAX_VOLUME);
  checkTimeouts(name, fleet, problems);
  const { minInstanceCount: min, maxInstanceCount: max } = fleet;
  problems.check((min === undefined) === (max === undefined), `${name} must have minInstanceCount and maxInstanceCount, or neither`);
  problems.integer(`${name}.minInstanceCount`, min, 0, MAX_INSTANCES);
  problems.integer(`${name}.maxInstanceCount`, max, 1, MAX_INSTANCES);
  problems.atMost(`${name}.minInstanceCount`, min, 'maxInstanceCount', max);
}

/** How long containers may take to start. */
export function checkTimeouts(name: string, timeouts: Pick<StepInstanceOptions, 'containerStartupTimeout' | 'modelDownloadTimeout'>, problems: Problems): void {
  for (const prop of ['containerStartupTimeout', 'modelDownloadTimeout'] as const) {
    checkSeconds(`${name}.${prop}`, timeouts[prop], TIMEOUT, problems);
  }
}

function renderFleet(fleet: StepComponentInstanceOptions): object {
  const { minInstanceCount, maxInstanceCount } = fleet;
  return {
    InitialInstanceCount: fleet.instanceCount ?? DEFAULTS.instanceCount,
    InstanceType: fleet.instanceType ?? DEFAULTS.instanceType,
    VolumeSizeInGB: fleet.volumeSize && gibibytes(fleet.volumeSize),
    ContainerStartupHealthCheckTimeoutInSeconds: inSeconds(fleet.containerStartupTimeout),
    ModelDataDownloadTimeoutInSeconds: inSeconds(fleet.modelDownloadTimeout),
    ManagedInstanceScaling: maxInstanceCount === undefined ? undefined : { Status: 'ENABLED', MinInstanceCount: minInstanceCount, MaxInstanceCount: maxInstanceCount },
  };
}
