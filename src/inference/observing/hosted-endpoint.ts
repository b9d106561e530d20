import { Stack, Token } from 'aws-cdk-lib';
import { MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { ComponentMetrics } from './component-metrics';
import { InferenceEndpointMetrics } from './inference-endpoint-metrics';
import { Problems } from '../../core/problems';
import { componentName } from '../components/component-name';
import { HostingKind } from '../hosting/hosting-kind';

/** What is known of an endpoint of this program by whoever watches or calls it. */
export interface HostedEndpoint {
  readonly scope: IConstruct;
  /** Name of the endpoint as a plain string, so that nothing waits for the endpoint. */
  readonly endpointName: string;
  readonly kind: HostingKind;
}

/** Metrics of one of its variants, production or shadow; the main one if none is named. */
export function variantMetrics({ scope, endpointName, kind: { fleet } }: HostedEndpoint, name?: string): InferenceEndpointMetrics {
  const variantName = name ?? fleet.variants[0].variantName;
  checkName(scope, 'variant', variantName, [...fleet.variants, ...fleet.shadows].map(v => v.variantName));
  return InferenceEndpointMetrics._at(homeOf(scope), endpointName, variantName);
}

/** Metrics of one of its inference components, by its name in the program. */
export function componentMetrics(endpoint: HostedEndpoint, name: string): ComponentMetrics {
  return ComponentMetrics._at(homeOf(endpoint.scope), physicalComponentName(endpoint, name));
}

/** Name in the account of one of its inference components. */
export function physicalComponentName({ scope, endpointName, kind: { fleet } }: HostedEndpoint, name: string): string {
  checkName(scope, 'inference component', name, fleet.components);
  return componentName(scope, endpointName, name);
}

function checkName(scope: IConstruct, what: string, name: string, names: string[]): void {
  const problems = new Problems();
  problems.oneOf(what, name, names);
  problems.throwIfAny(scope);
}

/** Where the metrics are, if that is known: dashboards of other stacks need it. */
function homeOf(scope: IConstruct): MetricOptions {
  const { account, region } = Stack.of(scope);
  return { stackAccount: Token.isUnresolved(account) ? undefined : account, stackRegion: Token.isUnresolved(region) ? undefined : region };
}
