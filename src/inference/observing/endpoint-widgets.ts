import { Duration } from 'aws-cdk-lib';
import { GraphWidget, IMetric, IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { HostedEndpoint, componentMetrics, variantMetrics } from './hosted-endpoint';
import { FleetVariant, HostingKindName } from '../hosting/hosting-kind';

/** Three graphs in a row of 24 columns. */
const WIDTH = 8;

/** Marks a limit in a graph of percentages of everything. */
const PERCENT = { min: 0, label: '%', showUnits: false };

/** What one variant or component shows; its name is in the label of each line. */
type Shown = 'traffic' | 'errors' | 'latency';
type Lines = Record<Shown, () => IMetric[]>;

/** Graphs of an endpoint, for the way in which it is hosted. */
export function endpointWidgets(endpoint: HostedEndpoint): IWidget[] {
  const as = endpoint.kind.kind;
  const title = new TextWidget({ markdown: `## Endpoint ${endpoint.endpointName}`, width: 24, height: 1 });
  const lines = as === 'Components' ? endpoint.kind.fleet.components.map(name => componentLines(endpoint, name)) : variantLines(endpoint, as);
  const all = (shown: Shown) => lines.flatMap(of => of[shown]());
  return [
    title,
    graph('Calls', all('traffic'), { min: 0, showUnits: false }),
    graph('Failed calls', all('errors'), { min: 0, showUnits: false }),
    graph('Latency', all('latency'), { min: 0 }),
    ...resources(endpoint, as),
    ...capacity(endpoint, as),
  ];
}

function graph(title: string, left: IMetric[], leftYAxis: object): GraphWidget {
  return new GraphWidget({ title, left, leftYAxis, width: WIDTH });
}

/** Shadows are shown too: to compare them is what they are for. */
function variantLines(endpoint: HostedEndpoint, as: HostingKindName): Lines[] {
  const { variants, shadows } = endpoint.kind.fleet;
  return [...variants, ...shadows].map(({ variantName: name }) => {
    const metrics = variantMetrics(endpoint, name);
    return {
      // asynchronous endpoints publish neither calls nor overhead
      traffic: () => [as === 'Asynchronous' ? metrics.modelLatency({ statistic: 'SampleCount', label: name }) : metrics.invocations({ label: name })],
      errors: () => [
        metrics.invocation4xxErrors({ label: `${name} 4xx` }),
        metrics.invocation5xxErrors({ label: `${name} 5xx` }),
        ...as === 'Asynchronous' ? [metrics.invocationFailures({ label: `${name} failures` })] : [],
      ],
      latency: () => [
        metrics.modelLatency({ statistic: 'p50', label: `${name} p50` }),
        metrics.modelLatency({ statistic: 'p99', label: `${name} p99` }),
        ...as === 'Asynchronous' ? [] : [metrics.overheadLatency({ statistic: 'Average', label: `${name} overhead` })],
      ],
    };
  });
}

function componentLines(endpoint: HostedEndpoint, name: string): Lines {
  const metrics = componentMetrics(endpoint, name);
  return {
    traffic: () => [metrics.invocations({ label: name })],
    errors: () => [
      metrics.invocation4xxErrors({ label: `${name} 4xx` }),
      metrics.invocation5xxErrors({ label: `${name} 5xx` }),
      metrics.noCapacityInvocationFailures({ label: `${name} no capacity` }),
    ],
    latency: () => [metrics.modelLatency({ statistic: 'p50', label: `${name} p50` }), metrics.modelLatency({ statistic: 'p99', label: `${name} p99` })],
  };
}

function resources(endpoint: HostedEndpoint, as: HostingKindName): IWidget[] {
  const { variants, shadows, components } = endpoint.kind.fleet;
  const all = [...variants, ...shadows];
  const left = all.flatMap(variant => {
    const name = variant.variantName;
    const metrics = variantMetrics(endpoint, name);
    const memory = metrics.memoryUtilization({ label: `${name} memory` });
    if (as === 'Serverless') { return [memory]; }
    const disk = metrics.diskUtilization({ label: `${name} disk` });
    const [cpu, gpu] = [{ label: `${name} CPU` }, { label: `${name} GPU` }];
    const gpus = mayHaveGpus([variant]) ? [as === 'Components' ? metrics.gpuUtilizationNormalized(gpu) : metrics.gpuUtilization(gpu)] : [];
    return [as === 'Components' ? metrics.cpuUtilizationNormalized(cpu) : metrics.cpuUtilization(cpu), memory, disk, ...gpus];
  });
  const copies = components.flatMap(name => {
    const metrics = componentMetrics(endpoint, name);
    const gpus = mayHaveGpus(all) ? [metrics.gpuUtilizationNormalized({ label: `${name} GPU` })] : [];
    return [metrics.memoryUtilizationNormalized({ label: `${name} memory` }), ...gpus];
  });
  return [graph(`Use of the instances${countedBy(all, as)}`, left, PERCENT), ...copies.length === 0 ? [] : [graph('Use of the copies', copies, PERCENT)]];
}

/** The use of processors goes beyond 100 % where SageMaker does not share it among them. */
function countedBy(variants: FleetVariant[], as: HostingKindName): string {
  if (as === 'Serverless' || as === 'Components') { return ''; }
  return mayHaveGpus(variants) ? ' (each core and GPU counts 100)' : ' (each core counts 100)';
}

/** Where the types do not tell, a line without data does less harm than a missing one. */
function mayHaveGpus(variants: FleetVariant[]): boolean {
  return variants.some(v => v.instanceTypes.some(t => !t._hasNoAccelerator));
}

/** How many do the work, and what waits for them. */
function capacity(endpoint: HostedEndpoint, as: HostingKindName): IWidget[] {
  const metrics = variantMetrics(endpoint);
  const axis = { min: 0, showUnits: false };
  if (as === 'Serverless') {
    return [
      graph('Concurrency for each allowed', [metrics.serverlessConcurrentExecutionsUtilization()], axis),
      graph('Start of containers', [metrics.modelSetupTime()], { min: 0 }),
    ];
  }
  const names = [...endpoint.kind.fleet.variants, ...endpoint.kind.fleet.shadows].map(v => v.variantName);
  const instances = graph('Number of instances (each sends one value a minute)', names.map(name => instanceCount(endpoint, name)), axis);
  if (as !== 'Asynchronous') { return [instances]; }
  return [
    instances,
    graph('Backlog', [metrics.approximateBacklogSize(), metrics.approximateBacklogSizePerInstance(), metrics.hasBacklogWithoutCapacity()], axis),
    graph('Oldest request (seconds)', [metrics.approximateAgeOfOldestRequest()], axis),
  ];
}

/** Each instance publishes once a minute. https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-troubleshooting.html */
function instanceCount(endpoint: HostedEndpoint, label: string): IMetric {
  return variantMetrics(endpoint, label).memoryUtilization({ label, statistic: 'SampleCount', period: Duration.minutes(1) });
}
