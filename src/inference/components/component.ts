import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint, CfnInferenceComponent, CfnInferenceComponentProps } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { componentId, componentName } from './component-name';
import { ComponentRollout, renderComponentRollout } from './component-rollout';
import { InferenceComponentOptions } from './inference-component-options';
import { Specifications } from './specifications';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { EndpointWishes } from '../hosting/hosting-kind';
import { InferenceModel } from '../models/inference-model';
import { applyOverrides } from '../overrides';
import { VARIANT_NAME } from '../variants/hosted-variant';

/** Copies, unless the program or the scaling says more; SageMaker refuses 0 when a component is made. */
const DEFAULT_COPIES = 1;

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
  private readonly specifications: Specifications;

  /** `instanceTypes` are those of the endpoint. */
  constructor(private readonly path: string, public readonly options: InferenceComponentOptions, instanceTypes: MlInstanceType[]) {
    this.specifications = new Specifications(path, options, instanceTypes);
  }

  /** Names of the component and its adapters. */
  public get names(): string[] {
    return [this.options.componentName, ...(this.options.adapters ?? []).map(a => a.componentName)];
  }

  public check(problems: Problems, scope: Construct, wishes: EndpointWishes): void {
    const { path, options: o } = this;
    this.names.forEach(name => problems.pattern(`${path}componentName`, name, VARIANT_NAME, 'be 1 to 63 letters, digits and dashes'));
    this.specifications.check(problems, scope, wishes);
    // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentContainerSpecification.html
    const plain = (o.adapters ?? []).every(a => !a.artifact._uncompressed && a.artifact._access === undefined);
    problems.check(plain, `${path}adapters must have artifacts of one gzipped tar file, without access options`);
    problems.integer(`${path}copyCount`, o.copyCount, 1, Number.MAX_SAFE_INTEGER);
    const initial = o.copyCount === undefined ? undefined : { name: `${path}copyCount`, value: o.copyCount };
    o.scaling?._check(`${path}scaling`, problems, scope, { initial });
    o.placement?._check(`${path}placement`, problems);
  }

  /** What the execution role needs for adapters; the model brings its own. */
  public permissions(): Permission[] {
    return (this.options.adapters ?? []).flatMap(a => a.artifact._read());
  }

  /** Makes its models and returns their names, for `make`. */
  public models(make: (id: string, model: InferenceModel) => string): string[] {
    return this.specifications.models(make);
  }

  /** Each component refers to the endpoint, so that it is made after it and removed before it. */
  public make(place: ComponentPlace, modelNames: string[], alarms: CfnAlarm[]): CfnInferenceComponent {
    const { componentName: own, adapters = [] } = this.options;
    const copies = this.options.copyCount ?? this.options.scaling?._initialCapacity ?? DEFAULT_COPIES;
    const base = resource(place, own, {
      specification: this.specifications.render(modelNames),
      runtimeConfig: { copyCount: copies },
      deploymentConfig: renderComponentRollout(place.rollout, alarms),
    });
    applyOverrides(base, this.specifications.overrides(modelNames));
    adapters.forEach(({ componentName: name, artifact }) => {
      const specification = { baseInferenceComponentName: nameOf(place, own), container: { artifactUrl: artifact.uri } };
      resource(place, name, { specification }).node.addDependency(base);
    });
    const id = `${own}Component`;
    this.options.scaling?._bind({ id, scope: place.scope, component: base, componentName: nameOf(place, own) });
    return base;
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
