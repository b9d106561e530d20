import { Duration, Stack } from 'aws-cdk-lib';
import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { InferenceEndpoint, InferenceEndpointMetrics, InferenceModel, SageMakerImage } from '../../../src';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const { metrics } = new InferenceEndpoint(new Stack(), 'Endpoint', { model: InferenceModel.fromContainer({ image: IMAGE }), endpointName: 'churn' });

test.each<[keyof InferenceEndpointMetrics, string, string, string]>([
  ['invocations', 'AWS/SageMaker', 'Invocations', 'Sum'],
  ['invocation4xxErrors', 'AWS/SageMaker', 'Invocation4XXErrors', 'Sum'],
  ['invocation5xxErrors', 'AWS/SageMaker', 'Invocation5XXErrors', 'Sum'],
  ['modelLatency', 'AWS/SageMaker', 'ModelLatency', 'p90'],
  ['overheadLatency', 'AWS/SageMaker', 'OverheadLatency', 'p90'],
  ['cpuUtilization', '/aws/sagemaker/Endpoints', 'CPUUtilization', 'Average'],
  ['memoryUtilization', '/aws/sagemaker/Endpoints', 'MemoryUtilization', 'Average'],
  ['diskUtilization', '/aws/sagemaker/Endpoints', 'DiskUtilization', 'Average'],
])('%s is %s %s, over five minutes', (name, namespace, metricName, statistic) => {
  expect(metrics[name]()).toMatchObject({
    namespace, metricName, statistic, period: Duration.minutes(5), dimensions: { EndpointName: 'churn', VariantName: 'AllTraffic' },
  });
});

test('options change the metric, but not what it measures', () => {
  expect(metrics.modelLatency({ statistic: 'p99', period: Duration.minutes(1), label: 'L', dimensionsMap: { EndpointName: 'other' } })).toMatchObject({
    statistic: 'p99', period: Duration.minutes(1), label: 'L', unit: Unit.MICROSECONDS, dimensions: { EndpointName: 'churn', VariantName: 'AllTraffic' },
  });
});
