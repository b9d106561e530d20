import { Duration, Size } from 'aws-cdk-lib';
import { ComponentMetrics, Hosting } from '../../../src';
import { errorOf } from '../../helper';
import { hosted, MODEL } from '../hosted';

const CALLS = 'AWS/SageMaker';
const COPIES = '/aws/sagemaker/InferenceComponents';
const METRICS: [keyof ComponentMetrics, string, string, string][] = [
  ['invocations', CALLS, 'Invocations', 'Sum'],
  ['invocationsPerCopy', CALLS, 'InvocationsPerCopy', 'Sum'],
  ['concurrentRequestsPerCopy', CALLS, 'ConcurrentRequestsPerCopy', 'Maximum'],
  ['invocation4xxErrors', CALLS, 'Invocation4XXErrors', 'Sum'],
  ['invocation5xxErrors', CALLS, 'Invocation5XXErrors', 'Sum'],
  ['invocationModelErrors', CALLS, 'InvocationModelErrors', 'Sum'],
  ['modelLatency', CALLS, 'ModelLatency', 'p90'],
  ['overheadLatency', CALLS, 'OverheadLatency', 'p90'],
  ['noCapacityInvocationFailures', CALLS, 'NoCapacityInvocationFailures', 'Sum'],
  ['cpuUtilizationNormalized', COPIES, 'CPUUtilizationNormalized', 'Average'],
  ['memoryUtilizationNormalized', COPIES, 'MemoryUtilizationNormalized', 'Average'],
  ['gpuUtilizationNormalized', COPIES, 'GPUUtilizationNormalized', 'Average'],
  ['gpuMemoryUtilizationNormalized', COPIES, 'GPUMemoryUtilizationNormalized', 'Average'],
];

test.each(METRICS)('%s is %s %s of the component, over five minutes', (name, namespace, metricName, statistic) => {
  const metric = ComponentMetrics.fromInferenceComponentName('llama')[name]();
  expect(metric).toMatchObject({ namespace, metricName, statistic, period: Duration.minutes(5) });
  expect(metric.dimensions).toEqual({ InferenceComponentName: 'llama' });
});

test('each of its metrics is tested', () => {
  const own = Object.getOwnPropertyNames(ComponentMetrics.prototype).filter(name => !['constructor', 'metric'].includes(name));
  expect(METRICS.map(([name]) => name).sort()).toEqual(own.sort());
});

test('the program calls a component by its own name, the metric by that in the account', () => {
  const { endpoint } = hosted(Hosting.components({ components: [{ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1) }] }));
  expect(endpoint.componentMetrics('llama').invocations().dimensions).toEqual({ InferenceComponentName: endpoint.inferenceComponentName('llama') });
  expect(errorOf(() => endpoint.componentMetrics('lama'))).toContain("inference component must be one of llama, got 'lama'");
  expect(errorOf(() => hosted(Hosting.realTime({ model: MODEL })).endpoint.componentMetrics('llama'))).toContain('there are none');
});
