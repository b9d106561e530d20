import { App, Duration, Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { Hosting, InferenceEndpoint, InferenceEndpointMetrics } from '../../../src';
import { errorOf } from '../../helper';
import { hosted, MODEL } from '../hosted';

const { metrics } = new InferenceEndpoint(new Stack(), 'Endpoint', { model: MODEL, endpointName: 'churn' });

const CALLS = 'AWS/SageMaker';
const INSTANCES = '/aws/sagemaker/Endpoints';

type Name = Exclude<keyof InferenceEndpointMetrics, 'named'>;
const OF_VARIANT: [Name, string, string, string][] = [
  ['invocations', CALLS, 'Invocations', 'Sum'],
  ['invocationsPerInstance', CALLS, 'InvocationsPerInstance', 'Sum'],
  ['invocation4xxErrors', CALLS, 'Invocation4XXErrors', 'Sum'],
  ['invocation5xxErrors', CALLS, 'Invocation5XXErrors', 'Sum'],
  ['invocationModelErrors', CALLS, 'InvocationModelErrors', 'Sum'],
  ['modelLatency', CALLS, 'ModelLatency', 'p90'],
  ['overheadLatency', CALLS, 'OverheadLatency', 'p90'],
  ['concurrentRequestsPerModel', CALLS, 'ConcurrentRequestsPerModel', 'Maximum'],
  ['cpuUtilization', INSTANCES, 'CPUUtilization', 'Average'],
  ['memoryUtilization', INSTANCES, 'MemoryUtilization', 'Average'],
  ['diskUtilization', INSTANCES, 'DiskUtilization', 'Average'],
  ['gpuUtilization', INSTANCES, 'GPUUtilization', 'Average'],
  ['gpuMemoryUtilization', INSTANCES, 'GPUMemoryUtilization', 'Average'],
  ['cpuUtilizationNormalized', INSTANCES, 'CPUUtilizationNormalized', 'Average'],
  ['gpuUtilizationNormalized', INSTANCES, 'GPUUtilizationNormalized', 'Average'],
  ['gpuMemoryUtilizationNormalized', INSTANCES, 'GPUMemoryUtilizationNormalized', 'Average'],
  ['modelLoadingWaitTime', CALLS, 'ModelLoadingWaitTime', 'Average'],
  ['modelLoadingTime', CALLS, 'ModelLoadingTime', 'Average'],
  ['modelCacheHit', CALLS, 'ModelCacheHit', 'Average'],
  ['loadedModelCount', INSTANCES, 'LoadedModelCount', 'Average'],
  ['modelSetupTime', CALLS, 'ModelSetupTime', 'p90'],
  ['serverlessConcurrentExecutionsUtilization', CALLS, 'ServerlessConcurrentExecutionsUtilization', 'Maximum'],
  ['serverlessProvisionedConcurrencyUtilization', CALLS, 'ServerlessProvisionedConcurrencyUtilization', 'Maximum'],
  ['serverlessProvisionedConcurrencyInvocations', CALLS, 'ServerlessProvisionedConcurrencyInvocations', 'Average'],
  ['serverlessProvisionedConcurrencySpilloverInvocations', CALLS, 'ServerlessProvisionedConcurrencySpilloverInvocations', 'Average'],
  ['invocationFailures', CALLS, 'InvocationFailures', 'Sum'],
  ['expiredRequests', CALLS, 'ExpiredRequests', 'Sum'],
  ['requestDownloadFailures', CALLS, 'RequestDownloadFailures', 'Sum'],
  ['responseUploadFailures', CALLS, 'ResponseUploadFailures', 'Sum'],
  ['notificationFailures', CALLS, 'NotificationFailures', 'Sum'],
  ['invocationsProcessed', CALLS, 'InvocationsProcessed', 'Sum'],
  ['timeInBacklog', CALLS, 'TimeInBacklog', 'p90'],
  ['totalProcessingTime', CALLS, 'TotalProcessingTime', 'p90'],
];
const OF_ENDPOINT: [Name, string, string, string][] = [
  ['approximateBacklogSize', CALLS, 'ApproximateBacklogSize', 'Maximum'],
  ['approximateBacklogSizePerInstance', CALLS, 'ApproximateBacklogSizePerInstance', 'Average'],
  ['approximateAgeOfOldestRequest', CALLS, 'ApproximateAgeOfOldestRequest', 'Maximum'],
  ['hasBacklogWithoutCapacity', CALLS, 'HasBacklogWithoutCapacity', 'Maximum'],
];

test.each(OF_VARIANT)('%s is %s %s of the variant, over five minutes', (name, namespace, metricName, statistic) => {
  const metric = metrics[name]();
  expect(metric).toMatchObject({ namespace, metricName, statistic, period: Duration.minutes(5) });
  expect(metric.dimensions).toEqual({ EndpointName: 'churn', VariantName: 'AllTraffic' });
});

test.each(OF_ENDPOINT)('%s is %s %s of the endpoint, which has no variant', (name, namespace, metricName, statistic) => {
  const metric = metrics[name]();
  expect(metric).toMatchObject({ namespace, metricName, statistic, period: Duration.minutes(5) });
  expect(metric.dimensions).toEqual({ EndpointName: 'churn' });
});

test('each of its metrics is tested', () => {
  const own = Object.getOwnPropertyNames(InferenceEndpointMetrics.prototype).filter(name => !['constructor', 'named', 'metric', 'whole', 'make'].includes(name));
  expect([...OF_VARIANT, ...OF_ENDPOINT].map(([name]) => name).sort()).toEqual(own.sort());
});

test('any other metric of the variant can be named', () => {
  const metric = metrics.named('ModelUnloadingTime', { statistic: 'Maximum' });
  expect(metric).toMatchObject({ namespace: CALLS, metricName: 'ModelUnloadingTime', statistic: 'Maximum' });
  expect(metric.dimensions).toEqual({ EndpointName: 'churn', VariantName: 'AllTraffic' });
});

test('options change the metric, but not what it measures', () => {
  expect(metrics.modelLatency({ statistic: 'p99', period: Duration.minutes(1), label: 'L', dimensionsMap: { EndpointName: 'other' } })).toMatchObject({
    statistic: 'p99', period: Duration.minutes(1), label: 'L', unit: Unit.MICROSECONDS, dimensions: { EndpointName: 'churn', VariantName: 'AllTraffic' },
  });
});

test('every variant has metrics, shadows too; the first is the main one', () => {
  const { endpoint } = hosted(Hosting.realTime({ variants: [{ variantName: 'Blue', model: MODEL }], shadow: { variantName: 'Candidate', model: MODEL } }));
  const variantOf = (metric: Metric) => metric.dimensions!.VariantName;
  expect(variantOf(endpoint.metrics.invocations())).toBe('Blue');
  expect(variantOf(endpoint.metricsOf('Candidate').invocations())).toBe('Candidate');
  expect(errorOf(() => endpoint.metricsOf('Green'))).toBe(
    "InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - variant must be one of Blue, Candidate, got 'Green'");
});

test('a dashboard of another Region shows where the endpoint is; beside it nothing is said', () => {
  const stack = new Stack(new App(), 'Serving', { env: { account: '111122223333', region: 'eu-west-1' } });
  const metric = new InferenceEndpoint(stack, 'Endpoint', { model: MODEL }).metrics.invocations();
  expect([metric.region, metric.account]).toEqual(['eu-west-1', '111122223333']);
  expect(metrics.invocations().region).toBeUndefined();
});

test('metrics need no endpoint', () => {
  const options: MetricOptions = { statistic: 'p50' };
  expect(InferenceEndpointMetrics.fromEndpointName('other', 'Blue').modelLatency(options)).toMatchObject({
    statistic: 'p50', dimensions: { EndpointName: 'other', VariantName: 'Blue' },
  });
});
