import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct } from 'constructs';
import { ComponentsHostingOptions } from './components-hosting-options';
import { BoundHosting, EndpointWishes, Fleet, HostingContext, HostingKind } from './hosting-kind';
import { accept } from '../../compliance/excuses';
import { physicalName } from '../../core/names';
import { below } from '../../core/overrides';
import { Problems } from '../../core/problems';
import { keyForVolumes } from '../../identity/key-permissions';
import { Component } from '../components/component';
import { rollbackAlarms } from '../rollout/rollback-alarms';
import { ONLY_VARIANT } from '../variants/hosted-variant';
import { InstanceFleet } from '../variants/instance-fleet';
import { checkMetrics, renderMetrics } from '../variants/metrics-publishing';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentSummary.html */
const MAX_NAME = 63;

const FEW_ARE_ENOUGH = {
  rule: `ML-SM7[${ONLY_VARIANT}]`,
  reason: 'As few instances as the copies need are the cheapest default; a minInstanceCount of 2 or more, if asked for, spreads over Availability Zones.',
};

/** Inference components on one fleet. */
export class ComponentsHosting implements HostingKind {
  public readonly kind = 'Components';
  private readonly instances: InstanceFleet;
  private readonly components: Component[];

  constructor(private readonly props: ComponentsHostingOptions) {
    this.instances = new InstanceFleet(props);
    this.components = props.components.map((c, i) => new Component(`components[${i}].`, c));
  }

  public get fleet(): Fleet {
    const { instanceTypes, instanceCount } = this.instances;
    return {
      serverless: false,
      variants: [{ variantName: ONLY_VARIANT, instanceTypes, instanceCount, scaled: true }],
      shadows: [],
      components: this.components.flatMap(c => c.names),
    };
  }

  public check(problems: Problems, scope: IConstruct, wishes: EndpointWishes): void {
    const { minInstanceCount, maxInstanceCount, instancePools, scaleIn, metrics, components } = this.props;
    this.instances.check('', problems);
    problems.count('components', components, 1, Number.MAX_SAFE_INTEGER);
    problems.unique('componentName', this.components.flatMap(c => c.names));
    this.components.forEach(c => c.check(problems, scope as Construct, wishes, this.instances.instanceTypes));
    problems.check(instancePools === undefined, 'instancePools cannot be combined with components: give instanceType');
    problems.integer('minInstanceCount', minInstanceCount, 0, Number.MAX_SAFE_INTEGER);
    problems.integer('maxInstanceCount', maxInstanceCount, 1, Number.MAX_SAFE_INTEGER);
    problems.atMost('minInstanceCount', minInstanceCount, 'maxInstanceCount', maxInstanceCount);
    problems.atMost('instanceCount', this.instances.instanceCount, 'maxInstanceCount', maxInstanceCount);
    scaleIn?._check('scaleIn', problems);
    checkMetrics('metrics', metrics, problems);
  }

  public bind({ scope, key, roleArn, vpcConfig, model, wishes, rollback }: HostingContext): BoundHosting {
    const { minInstanceCount, scaleIn, metrics } = this.props;
    const networkIsolation = wishes.networkIsolation ?? true;
    const modelNames = this.components.map(c => model(`${c.options.componentName}Model`, c.options.model, { networkIsolation }));
    this.instances.warn(scope);
    if (minInstanceCount === undefined) { accept(scope, [FEW_ARE_ENOUGH]); }
    return {
      config: {
        kmsKeyId: key.keyArn,
        executionRoleArn: roleArn,
        enableNetworkIsolation: networkIsolation,
        vpcConfig,
        productionVariants: [{ variantName: ONLY_VARIANT, ...this.instances.render(), managedInstanceScaling: this.managed() }],
      },
      overrides: [
        ...below('ProductionVariants.0', this.instances.overrides()),
        ...scaleIn === undefined ? [] : [{ path: 'ProductionVariants.0.ManagedInstanceScaling.ScaleInPolicy', value: scaleIn._render() }],
        ...renderMetrics(metrics),
      ],
      alarms: this.components.flatMap(({ options: { componentName: n } }) => rollbackAlarms.component(scope, n, componentName(scope, n), rollback)),
      permissions: [...keyForVolumes(key), ...this.instances.permissions(), ...this.components.flatMap(c => c.permissions())],
      retained: { weights: true },
      attach: endpoint => this.attach(scope, endpoint, modelNames),
    };
  }

  private managed() {
    const { minInstanceCount, maxInstanceCount } = this.props;
    return {
      status: 'ENABLED',
      minInstanceCount: minInstanceCount ?? (this.mayBeEmpty ? 0 : 1),
      maxInstanceCount: maxInstanceCount ?? this.instances.instanceCount,
    };
  }

  /** Whether no component needs an instance at some time. */
  private get mayBeEmpty(): boolean {
    return this.components.every(c => c.options.scaling?._reachesZero);
  }

  private attach(scope: Construct, endpoint: CfnEndpoint, modelNames: string[]): [] {
    const place = { scope, endpoint, variantName: ONLY_VARIANT, physicalName: (name: string) => componentName(scope, name) };
    this.components.forEach((c, i) => c.make(place, modelNames[i]));
    return [];
  }
}

/** Name in the account of a component of the endpoint that `scope` is. */
export function componentName(scope: IConstruct, name: string): string {
  return physicalName(scope, MAX_NAME, name);
}
