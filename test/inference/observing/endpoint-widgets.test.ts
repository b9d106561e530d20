import { Size } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { ArtifactPrefix, Hosting, MlInstanceType, ModelArtifactBucket } from '../../../src';
import { onlyResource } from '../../helper';
import { hosted, MODEL } from '../hosted';

/** The widgets on a dashboard: title, and for each line metric and label. */
function shown(hosting: Parameters<typeof hosted>[0]) {
  const { stack, endpoint, template } = hosted(hosting, { endpointName: 'churn' });
  new Dashboard(stack, 'Dashboard').addWidgets(...endpoint.widgets());
  const body = stack.resolve(onlyResource(template(), 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
  const text = typeof body === 'string' ? body : body['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'TOKEN').join('');
  const { widgets } = JSON.parse(text);
  const graphs = widgets.slice(1).map((w: any) => [w.properties.title, w.properties.metrics.map((m: any[]) => {
    const { label } = m.find(part => typeof part === 'object') ?? {};
    return label === undefined ? m[1] : `${m[1]}: ${label}`;
  })]);
  return { widgets, graphs: Object.fromEntries(graphs) as Record<string, string[]> };
}

const INSTANCES = 'Number of instances (each sends one value a minute)';
const CPU_ONLY = 'Use of the instances (each core counts 100)';

test('an endpoint has a dashboard of its own (generative-ai-cdk-constructs#634, #653): three graphs in a row below its name', () => {
  const { widgets, graphs } = shown(Hosting.realTime({ model: MODEL, shadow: { variantName: 'Candidate', model: MODEL } }));
  expect(widgets[0].properties.markdown).toBe('## Endpoint churn');
  expect(widgets.slice(1).map((w: any) => [w.x, w.y, w.width])).toEqual([[0, 1, 8], [8, 1, 8], [16, 1, 8], [0, 7, 8], [8, 7, 8]]);
  expect(Object.keys(graphs)).toEqual(['Calls', 'Failed calls', 'Latency', CPU_ONLY, INSTANCES]);
  expect(graphs.Calls).toEqual(['Invocations: AllTraffic', 'Invocations: Candidate']);
  expect(graphs['Failed calls']).toContain('Invocation5XXErrors: Candidate 5xx');
  expect(graphs.Latency).toEqual(expect.arrayContaining(['ModelLatency: AllTraffic p99', 'OverheadLatency: AllTraffic overhead']));
  expect(graphs[CPU_ONLY]).toEqual(expect.arrayContaining(['CPUUtilization: AllTraffic CPU', 'CPUUtilization: Candidate CPU']));
});

test('GPUs are shown of variants that may have some', () => {
  const shadow = { variantName: 'Candidate', model: MODEL, instanceType: MlInstanceType.G5_XLARGE };
  const { graphs } = shown(Hosting.realTime({ model: MODEL, shadow }));
  expect(graphs['Use of the instances (each core and GPU counts 100)'].filter(line => line.includes('GPU'))).toEqual(['GPUUtilization: Candidate GPU']);
});

test('an instance type that is not known keeps the line of its GPUs', () => {
  const { graphs } = shown(Hosting.realTime({ model: MODEL, instanceType: MlInstanceType.of('ml.z9x.large') }));
  expect(graphs['Use of the instances (each core and GPU counts 100)']).toContain('GPUUtilization: AllTraffic GPU');
});

test('serverless: no instances, but concurrency and the start of containers', () => {
  const { graphs } = shown(Hosting.serverless({ model: MODEL }));
  expect(graphs['Use of the instances']).toEqual(['MemoryUtilization: AllTraffic memory']);
  expect(Object.keys(graphs).slice(-2)).toEqual(['Concurrency for each allowed', 'Start of containers']);
});

test('asynchronous: the backlog, and only metrics that are published', () => {
  const places = (a: ModelArtifactBucket) => ({ input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) });
  const { graphs } = shown(a => Hosting.asynchronous({ model: MODEL, ...places(a) }));
  expect(graphs.Backlog).toEqual(['ApproximateBacklogSize', 'ApproximateBacklogSizePerInstance', 'HasBacklogWithoutCapacity']);
  expect(graphs['Failed calls']).toContain('InvocationFailures: AllTraffic failures');
  expect(JSON.stringify(graphs)).not.toMatch(/"Invocations"|Invocations:|OverheadLatency/);
});

test('components: each has its lines, and the use of its copies', () => {
  const component = (componentName: string) => ({ componentName, model: MODEL, memorySize: Size.gibibytes(1) });
  const { graphs } = shown(Hosting.components({ components: [component('llama'), component('mistral')] }));
  expect(graphs.Calls).toEqual(['Invocations: llama', 'Invocations: mistral']);
  expect(graphs['Failed calls']).toContain('NoCapacityInvocationFailures: mistral no capacity');
  expect(graphs['Use of the instances']).toContain('CPUUtilizationNormalized: AllTraffic CPU');
  expect(graphs['Use of the copies']).toEqual(['MemoryUtilizationNormalized: llama memory', 'MemoryUtilizationNormalized: mistral memory']);
});

test('components on instances with GPUs: their use is a share', () => {
  const components = [{ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1) }];
  const { graphs } = shown(Hosting.components({ components, instanceType: MlInstanceType.G5_XLARGE }));
  expect(graphs['Use of the instances']).toContain('GPUUtilizationNormalized: AllTraffic GPU');
  expect(graphs['Use of the copies']).toContain('GPUUtilizationNormalized: llama GPU');
});
