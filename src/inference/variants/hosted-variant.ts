import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { InstanceFleet } from './instance-fleet';
import { InstanceSettings } from './instance-settings';
import { accept } from '../../compliance/excuses';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { EndpointWishes, FleetVariant } from '../hosting/hosting-kind';
import { InferenceModel } from '../models/inference-model';
import { checkModelFitsKind, checkPlatform, checkSurroundings } from '../models/model-fit';
import { hasFeature, ModelFeature } from '../models/model-traits';
import { Override } from '../overrides';
import { BacklogScaling } from '../scaling/backlog-scaling';
import { InstanceScaling } from '../scaling/instance-scaling';
import { GuardedVariant } from '../scaling-guard/scaling-guard';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html */
export const VARIANT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** The variant of an endpoint that has only one: constant, since an update needs the same variants in the old and the new configuration. */
export const ONLY_VARIANT = 'AllTraffic';

const ONE_IS_ENOUGH = 'One instance is the cheapest default; a count of 2 or more, if asked for, spreads over Availability Zones.';

/** What a variant on instances is made of. */
export interface HostedVariantProps {
  /** Where its properties stand in the program, empty or ending with a dot. */
  readonly path: string;
  readonly variantName: string;
  readonly model: InferenceModel;
  readonly weight: number;
  readonly settings: InstanceSettings;
  readonly scaling?: VariantScaling;
}

/** What scales the instances of a variant. */
type VariantScaling = InstanceScaling | BacklogScaling;

/** A production or shadow variant on instances. */
export class HostedVariant {
  public readonly variantName: string;
  private readonly instances: InstanceFleet;

  constructor(private readonly props: HostedVariantProps) {
    this.variantName = props.variantName;
    this.instances = new InstanceFleet(props.settings, props.scaling?._initialCapacity);
  }

  /** As other rooms see it. */
  public get facts(): FleetVariant {
    const { instanceTypes, instanceCount } = this.instances;
    return {
      instanceTypes,
      instanceCount,
      variantName: this.variantName,
      scaled: this.props.scaling !== undefined,
      marketplace: hasFeature(this.model._traits, 'marketplace'),
    };
  }

  public check(problems: Problems, scope: Construct, wishes: EndpointWishes): void {
    const { path, weight, model, scaling, settings } = this.props;
    problems.pattern(`${path}variantName`, this.variantName, VARIANT_NAME, 'be 1 to 63 letters, digits and dashes');
    if (!path.startsWith('shadow')) { problems.range(`${path}weight`, weight, 0, Number.MAX_VALUE); } // that of a shadow is calculated
    model._check(`${path}model`, problems, scope);
    checkSurroundings(`${path}model`, model, { vpc: wishes.vpc, networkIsolation: wishes.networkIsolation ?? true }, problems);
    checkPlatform(`${path}model`, model, this.instances.instanceTypes, problems);
    this.instances.check(path, problems);
    const initial = settings.instanceCount === undefined ? undefined : { name: `${path}instanceCount`, value: settings.instanceCount };
    scaling?._check(`${path}scaling`, problems, scope, { initial, instanceTypes: this.instances.instanceTypes });
  }

  /** Its model has nothing that a kind of hosting excludes. */
  public checkKind(kindWords: string, excluded: ModelFeature[], problems: Problems): void {
    checkModelFitsKind(`${this.props.path}model`, this.props.model, kindWords, excluded, problems);
  }

  /** `modelName` is that of the SageMaker model. */
  public render(scope: Construct, modelName: string): CfnEndpointConfig.ProductionVariantProperty {
    this.instances.warn(scope);
    if (!this.instances.isCounted && this.instances.instanceCount === 1) { accept(scope, 'costsChosen', [{ rule: `ML-SM7[${this.variantName}]`, reason: ONE_IS_ENOUGH }]); }
    return { modelName, variantName: this.variantName, initialVariantWeight: this.props.weight, ...this.instances.render() };
  }

  /** Id of its model among the children of the endpoint. */
  public get modelId(): string {
    return this.variantName === ONLY_VARIANT ? 'Model' : `${this.variantName}Model`;
  }

  public get model(): InferenceModel {
    return this.props.model;
  }

  /** Makes what scales it, and says what must not change its instance type. */
  public attach(scope: Construct, endpoint: CfnEndpoint, endpointName: string): GuardedVariant[] {
    const made = this.props.scaling?._bind({ scope, endpoint, endpointName, variantName: this.variantName });
    const instanceTypes = this.instances.instanceTypes.map(t => t.instanceTypeName);
    return made === undefined ? [] : [{ instanceTypes, variantName: this.variantName, target: made.target }];
  }

  public overrides(): Override[] {
    return this.instances.overrides();
  }

  public permissions(): Permission[] {
    return this.instances.permissions();
  }
}
