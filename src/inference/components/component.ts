import { Size, SizeRoundingBehavior } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint, CfnInferenceComponent, CfnInferenceComponentProps } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { componentId, componentName } from './component-name';
import { ComponentRollout, renderComponentRollout } from './component-rollout';
import { InferenceComponentOptions } from './inference-component-options';
import { MlInstanceType } from '../../containers/ml-instance-type';
import { applyOverrides, below, Override } from '../../core/overrides';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { EndpointWishes } from '../hosting/hosting-kind';
import { checkPlatform, checkSurroundings } from '../models/model-fit';
import { VARIANT_NAME } from '../variants/hosted-variant';
import { checkSeconds } from '../variants/instance-fleet';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentSpecification.html */
const MIN_MEMORY = 128;
const MIN_CORES = 0.25;
const START_SECONDS = { min: 60, max: 3600 };

/** Copies, unless the program or the scaling says more; SageMaker refuses 0 when a component is made. */
const DEFAULT_COPIES = 1;

type Specification = CfnInferenceComponent.InferenceComponentSpecificationProperty;

/** Where a component stands. */
export interface ComponentPlace {
  readonly scope: Construct;
  readonly endpoint: CfnEndpoint;
  readonly variantName: string;
  readonly endpointName: string;
  readonly rollout: ComponentRollout;
}

/** One inference component with its adapters. */
export class Component {
  constructor(private readonly path: string, public readonly options: InferenceComponentOptions) {}

  /** Names of the component and its adapters. */
  public get names(): string[] {
    return [this.options.componentName, ...(this.options.adapters ?? []).map(a => a.componentName)];
  }

  public check(problems: Problems, scope: Construct, wishes: EndpointWishes, instanceTypes: MlInstanceType[]): void {
    const { path, options: o } = this;
    this.names.forEach(name => problems.pattern(`${path}componentName`, name, VARIANT_NAME, 'be 1 to 63 letters, digits and dashes'));
    o.model._check(`${path}model`, problems, scope);
    checkSurroundings(`${path}model`, o.model, { vpc: wishes.vpc, networkIsolation: wishes.networkIsolation ?? true }, problems);
    checkPlatform(`${path}model`, o.model, instanceTypes, problems);
    // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentContainerSpecification.html
    const plain = (o.adapters ?? []).every(a => !a.artifact._uncompressed && a.artifact._access === undefined);
    problems.check(plain, `${path}adapters must have artifacts of one gzipped tar file, without access options`);
    problems.integer(`${path}memorySize (MiB)`, mebibytes(o.memorySize), MIN_MEMORY, Number.MAX_SAFE_INTEGER);
    problems.integer(`${path}maxMemorySize (MiB)`, mebibytes(o.maxMemorySize), MIN_MEMORY, Number.MAX_SAFE_INTEGER);
    problems.atMost(`${path}memorySize (MiB)`, mebibytes(o.memorySize), `${path}maxMemorySize`, mebibytes(o.maxMemorySize));
    problems.range(`${path}cpuCores`, o.cpuCores, MIN_CORES, Number.MAX_VALUE);
    problems.range(`${path}accelerators`, o.accelerators, 1, Number.MAX_VALUE);
    problems.integer(`${path}copyCount`, o.copyCount, 1, Number.MAX_SAFE_INTEGER);
    const initial = o.copyCount === undefined ? undefined : { name: `${path}copyCount`, value: o.copyCount };
    o.scaling?._check(`${path}scaling`, problems, scope, { initial });
    o.placement?._check(`${path}placement`, problems);
    checkSeconds(`${path}containerStartupTimeout`, o.containerStartupTimeout, START_SECONDS, problems);
    checkSeconds(`${path}modelDownloadTimeout`, o.modelDownloadTimeout, START_SECONDS, problems);
  }

  /** What the execution role needs for adapters; the model brings its own. */
  public permissions(): Permission[] {
    return (this.options.adapters ?? []).flatMap(a => a.artifact._read());
  }

  /** Each component refers to the endpoint, so that it is made after it and removed before it. */
  public make(place: ComponentPlace, modelName: string, alarms: CfnAlarm[]): CfnInferenceComponent {
    const { componentName: own, adapters = [] } = this.options;
    const copies = this.options.copyCount ?? this.options.scaling?._initialCapacity ?? DEFAULT_COPIES;
    const base = resource(place, own, {
      specification: { modelName, ...this.render() },
      runtimeConfig: { copyCount: copies },
      deploymentConfig: renderComponentRollout(place.rollout, alarms),
    });
    applyOverrides(base, this.overrides());
    adapters.forEach(({ componentName: name, artifact }) => {
      const specification = { baseInferenceComponentName: nameOf(place, own), container: { artifactUrl: artifact.uri } };
      resource(place, name, { specification }).node.addDependency(base);
    });
    const id = `${own}Component`;
    this.options.scaling?._bind({ id, scope: place.scope, component: base, componentName: nameOf(place, own) });
    return base;
  }

  private render(): Specification {
    const o = this.options;
    return {
      computeResourceRequirements: {
        minMemoryRequiredInMb: mebibytes(o.memorySize),
        maxMemoryRequiredInMb: mebibytes(o.maxMemorySize),
        numberOfCpuCoresRequired: o.cpuCores,
        numberOfAcceleratorDevicesRequired: o.accelerators,
      },
      startupParameters: o.containerStartupTimeout === undefined && o.modelDownloadTimeout === undefined ? undefined : {
        containerStartupHealthCheckTimeoutInSeconds: o.containerStartupTimeout?.toSeconds(),
        modelDataDownloadTimeoutInSeconds: o.modelDownloadTimeout?.toSeconds(),
      },
    };
  }

  private overrides(): Override[] {
    const { placement, dataCaching } = this.options;
    return below('Specification', [
      ...placement === undefined ? [] : [placement._override()],
      { path: 'DataCacheConfig.EnableCaching', value: dataCaching },
    ]);
  }
}

/** Adapters have neither copies nor a rollout of their own, since they live in the copies of their base. */
function resource(place: ComponentPlace, name: string, props: Pick<CfnInferenceComponentProps, 'specification' | 'runtimeConfig' | 'deploymentConfig'>) {
  return new CfnInferenceComponent(place.scope, componentId(place.scope, place.endpointName, name), {
    ...props,
    inferenceComponentName: nameOf(place, name),
    endpointName: place.endpoint.attrEndpointName,
    variantName: place.variantName,
  });
}

function nameOf({ scope, endpointName }: ComponentPlace, name: string): string {
  return componentName(scope, endpointName, name);
}

/** As SageMaker counts; a part of one is left to the check. */
function mebibytes(size: Size | undefined): number | undefined {
  return size?.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
}
