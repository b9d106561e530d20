import { Construct, IConstruct } from 'constructs';
import { ComponentsHostingOptions } from './components-hosting-options';
import { BoundHosting, EndpointWishes, Fleet, HostingContext, HostingKind } from './hosting-kind';
import { accept } from '../../compliance/excuses';
import { Problems } from '../../core/problems';
import { keyForVolumes } from '../../identity/key-permissions';
import { Component } from '../components/component';
import { componentName } from '../components/component-name';
import { componentPermissions } from '../components/component-permissions';
import { below } from '../overrides';
import { rollbackAlarms } from '../rollout/rollback-alarms';
import { ONLY_VARIANT } from '../variants/hosted-variant';
import { InstanceFleet } from '../variants/instance-fleet';
import { checkMetrics, renderMetrics } from '../variants/metrics-publishing';

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
    this.instances = new InstanceFleet(props, props.minInstanceCount);
    this.components = props.components.map((c, i) => new Component(`components[${i}].`, c, this.instances.instanceTypes));
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
    const { minInstanceCount, maxInstanceCount, scaleIn, metrics, components } = this.props;
    this.instances.check('', problems);
    problems.count('components', components, 1, Number.MAX_SAFE_INTEGER);
    problems.unique('componentName', this.components.flatMap(c => c.names));
    this.components.forEach(c => c.check(problems, scope as Construct, wishes));
    problems.integer('minInstanceCount', minInstanceCount, 0, Number.MAX_SAFE_INTEGER);
    problems.integer('maxInstanceCount', maxInstanceCount, 1, Number.MAX_SAFE_INTEGER);
    problems.atMost('minInstanceCount', minInstanceCount, 'maxInstanceCount', maxInstanceCount);
    problems.atMost('minInstanceCount', minInstanceCount, 'instanceCount', this.instances.instanceCount);
    problems.atMost('instanceCount', this.props.instanceCount, 'maxInstanceCount', maxInstanceCount);
    scaleIn?._check('scaleIn', problems);
    checkMetrics('metrics', metrics, problems);
  }

  public bind({ scope, endpointName, key, roleArn, vpcConfig, model, wishes, rollback, componentRollout }: HostingContext): BoundHosting {
    const { minInstanceCount, scaleIn, metrics } = this.props;
    const networkIsolation = wishes.networkIsolation ?? true;
    const modelNames = this.components.map(c => c.models((id, m) => model(id, m, { networkIsolation })));
    this.instances.warn(scope);
    const names = this.components.map(c => componentName(scope, endpointName, c.options.componentName));
    const alarms = this.components.map((c, i) => rollbackAlarms.component(scope, c.options.componentName, names[i], rollback));
    if (minInstanceCount === undefined) { accept(scope, 'costsChosen', [FEW_ARE_ENOUGH]); }
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
      alarms: alarms.flat(),
      permissions: [
        ...keyForVolumes(key), ...this.instances.permissions(), ...this.components.flatMap(c => c.permissions()),
        ...componentPermissions(scope, names, alarms.flat()),
      ],
      retained: { weights: true },
      attach: endpoint => {
        const place = { scope, endpoint, endpointName, variantName: ONLY_VARIANT, rollout: componentRollout };
        this.components.forEach((c, i) => c.make(place, modelNames[i], alarms[i]));
        return [];
      },
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
}
