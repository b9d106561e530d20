import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Unit } from 'aws-cdk-lib/aws-cloudwatch';

const CALLS = 'AWS/SageMaker';
const INSTANCES = '/aws/sagemaker/Endpoints';

/**
 * Metrics of one variant of an endpoint and, where it says so, of the whole endpoint; over five minutes unless the options say otherwise.
 *
 * One class for every kind of hosting: each metric says which kinds publish it. Serverless endpoints publish the use of the memory and nothing else of
 * their instances. Inference components have `ComponentMetrics`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html
 */
export class InferenceEndpointMetrics {
  /**
   * Metrics of any endpoint.
   *
   * @param endpointName name of the endpoint
   * @param variantName the production variant, `AllTraffic` for endpoints of this library that serve one model
   */
  public static fromEndpointName(endpointName: string, variantName: string = 'AllTraffic'): InferenceEndpointMetrics {
    return new InferenceEndpointMetrics(endpointName, variantName, {});
  }

  /**
   * Metrics that know account and Region of the endpoint, so that dashboards elsewhere show them.
   *
   * @internal
   */
  public static _at(home: MetricOptions, endpointName: string, variantName?: string): InferenceEndpointMetrics {
    return new InferenceEndpointMetrics(endpointName, variantName ?? 'AllTraffic', home);
  }

  private constructor(private readonly endpointName: string, private readonly variantName: string, private readonly home: MetricOptions) {}

  /**
   * Number of calls. Asynchronous endpoints do not publish it.
   *
   * @param options changes to the metric
   */
  public invocations(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'Invocations', 'Sum', options);
  }

  /**
   * Number of calls for each instance. Asynchronous and serverless endpoints do not publish it.
   *
   * @param options changes to the metric
   */
  public invocationsPerInstance(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'InvocationsPerInstance', 'Sum', options);
  }

  /**
   * Number of calls that ended with a status of 400 to 499. The average is their share, 0 to 1.
   *
   * @param options changes to the metric
   */
  public invocation4xxErrors(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'Invocation4XXErrors', 'Sum', options);
  }

  /**
   * Number of calls that ended with a status of 500 to 599. The average is their share, 0 to 1.
   *
   * @param options changes to the metric
   */
  public invocation5xxErrors(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'Invocation5XXErrors', 'Sum', options);
  }

  /**
   * Number of calls that the container did not answer with a status of 200 to 299, time-outs and broken connections among them.
   *
   * @param options changes to the metric
   */
  public invocationModelErrors(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'InvocationModelErrors', 'Sum', options);
  }

  /**
   * Time that the container takes to answer, in microseconds.
   *
   * @param options changes to the metric
   */
  public modelLatency(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ModelLatency', 'p90', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Time that SageMaker adds to the container's own, in microseconds. Asynchronous endpoints do not publish it.
   *
   * @param options changes to the metric
   */
  public overheadLatency(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'OverheadLatency', 'p90', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Calls that a model works on at once; published every 10 seconds, so a period of 10 seconds shows most.
   *
   * @param options changes to the metric
   */
  public concurrentRequestsPerModel(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ConcurrentRequestsPerModel', 'Maximum', options);
  }

  /**
   * Use of the processors, in percent; each core counts 100.
   *
   * @param options changes to the metric
   */
  public cpuUtilization(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'CPUUtilization', 'Average', options);
  }

  /**
   * Use of the memory, in percent.
   *
   * @param options changes to the metric
   */
  public memoryUtilization(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'MemoryUtilization', 'Average', options);
  }

  /**
   * Use of the disks, in percent.
   *
   * @param options changes to the metric
   */
  public diskUtilization(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'DiskUtilization', 'Average', options);
  }

  /**
   * Use of the GPUs, in percent; each counts 100.
   *
   * @param options changes to the metric
   */
  public gpuUtilization(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'GPUUtilization', 'Average', options);
  }

  /**
   * Use of the memory of the GPUs, in percent; each counts 100.
   *
   * @param options changes to the metric
   */
  public gpuMemoryUtilization(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'GPUMemoryUtilization', 'Average', options);
  }

  /**
   * Use of the processors, in percent of them all. Only for endpoints with inference components.
   *
   * @param options changes to the metric
   */
  public cpuUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'CPUUtilizationNormalized', 'Average', options);
  }

  /**
   * Use of the GPUs, in percent of them all. Only for endpoints with inference components.
   *
   * @param options changes to the metric
   */
  public gpuUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'GPUUtilizationNormalized', 'Average', options);
  }

  /**
   * Use of the memory of the GPUs, in percent of it all. Only for endpoints with inference components.
   *
   * @param options changes to the metric
   */
  public gpuMemoryUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'GPUMemoryUtilizationNormalized', 'Average', options);
  }

  /**
   * Time that calls wait until their model of a multi-model endpoint is fetched and loaded, in microseconds.
   *
   * @param options changes to the metric
   */
  public modelLoadingWaitTime(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ModelLoadingWaitTime', 'Average', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Time that the container of a multi-model endpoint takes to load a model, in microseconds.
   *
   * @param options changes to the metric
   */
  public modelLoadingTime(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ModelLoadingTime', 'Average', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Share of the calls of a multi-model endpoint whose model was loaded already, 0 to 1.
   *
   * @param options changes to the metric
   */
  public modelCacheHit(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ModelCacheHit', 'Average', options);
  }

  /**
   * Models that an instance of a multi-model endpoint holds; the sum counts those of all instances.
   *
   * @param options changes to the metric
   */
  public loadedModelCount(options?: MetricOptions): Metric {
    return this.metric(INSTANCES, 'LoadedModelCount', 'Average', options);
  }

  /**
   * Time that a serverless endpoint takes to start another container, in microseconds.
   *
   * @param options changes to the metric
   */
  public modelSetupTime(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ModelSetupTime', 'p90', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Calls at once on a serverless endpoint for each that it allows, 0 to 1.
   *
   * @param options changes to the metric
   */
  public serverlessConcurrentExecutionsUtilization(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ServerlessConcurrentExecutionsUtilization', 'Maximum', options);
  }

  /**
   * Calls at once for each that the provisioned concurrency can take.
   *
   * @param options changes to the metric
   */
  public serverlessProvisionedConcurrencyUtilization(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ServerlessProvisionedConcurrencyUtilization', 'Maximum', options);
  }

  /**
   * Calls that provisioned concurrency took. AWS documents average, maximum and minimum, no sum.
   *
   * @param options changes to the metric
   */
  public serverlessProvisionedConcurrencyInvocations(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ServerlessProvisionedConcurrencyInvocations', 'Average', options);
  }

  /**
   * Calls that provisioned concurrency had no room for. AWS documents average, maximum and minimum, no sum.
   *
   * @param options changes to the metric
   */
  public serverlessProvisionedConcurrencySpilloverInvocations(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ServerlessProvisionedConcurrencySpilloverInvocations', 'Average', options);
  }

  /**
   * Number of asynchronous calls that failed, for whatever reason.
   *
   * @param options changes to the metric
   */
  public invocationFailures(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'InvocationFailures', 'Sum', options);
  }

  /**
   * Number of asynchronous calls that waited longer than they may.
   *
   * @param options changes to the metric
   */
  public expiredRequests(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ExpiredRequests', 'Sum', options);
  }

  /**
   * Number of asynchronous calls that failed because the request could not be read from S3.
   *
   * @param options changes to the metric
   */
  public requestDownloadFailures(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'RequestDownloadFailures', 'Sum', options);
  }

  /**
   * Number of asynchronous calls that failed because the answer could not be written to S3.
   *
   * @param options changes to the metric
   */
  public responseUploadFailures(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ResponseUploadFailures', 'Sum', options);
  }

  /**
   * Number of messages to topics that failed.
   *
   * @param options changes to the metric
   */
  public notificationFailures(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'NotificationFailures', 'Sum', options);
  }

  /**
   * Number of asynchronous calls that were worked on. The page of AWS spells the metric with three s in a row; Cloud Custodian says that this is a slip.
   *
   * @param options changes to the metric
   */
  public invocationsProcessed(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'InvocationsProcessed', 'Sum', options);
  }

  /**
   * Time that an asynchronous request waited before it was worked on, in microseconds; known once that is over.
   *
   * @param options changes to the metric
   */
  public timeInBacklog(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'TimeInBacklog', 'p90', options);
  }

  /**
   * Time from an asynchronous request to its end, waiting and messages among it, in milliseconds.
   *
   * @param options changes to the metric
   */
  public totalProcessingTime(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'TotalProcessingTime', 'p90', options);
  }

  /**
   * Asynchronous requests that wait or are worked on, of the whole endpoint.
   *
   * @param options changes to the metric
   */
  public approximateBacklogSize(options?: MetricOptions): Metric {
    return this.whole(CALLS, 'ApproximateBacklogSize', 'Maximum', options);
  }

  /**
   * Asynchronous requests that wait or are worked on, for each instance of the endpoint.
   *
   * @param options changes to the metric
   */
  public approximateBacklogSizePerInstance(options?: MetricOptions): Metric {
    return this.whole(CALLS, 'ApproximateBacklogSizePerInstance', 'Average', options);
  }

  /**
   * Age of the oldest asynchronous request of the whole endpoint, in seconds.
   *
   * @param options changes to the metric
   */
  public approximateAgeOfOldestRequest(options?: MetricOptions): Metric {
    return this.whole(CALLS, 'ApproximateAgeOfOldestRequest', 'Maximum', options);
  }

  /**
   * 1 while asynchronous requests wait and the endpoint has no instance, otherwise 0.
   *
   * @param options changes to the metric
   */
  public hasBacklogWithoutCapacity(options?: MetricOptions): Metric {
    return this.whole(CALLS, 'HasBacklogWithoutCapacity', 'Maximum', options);
  }

  /**
   * Any other metric of the variant in the namespace `AWS/SageMaker`; the average unless the options say otherwise.
   *
   * @param metricName name of the metric
   * @param options changes to the metric
   */
  public named(metricName: string, options?: MetricOptions): Metric {
    return this.metric(CALLS, metricName, 'Average', options);
  }

  private metric(namespace: string, metricName: string, statistic: string, options?: MetricOptions): Metric {
    return this.make({ EndpointName: this.endpointName, VariantName: this.variantName }, namespace, metricName, statistic, options);
  }

  private whole(namespace: string, metricName: string, statistic: string, options?: MetricOptions): Metric {
    return this.make({ EndpointName: this.endpointName }, namespace, metricName, statistic, options);
  }

  private make(dimensionsMap: Record<string, string>, namespace: string, metricName: string, statistic: string, options?: MetricOptions): Metric {
    return new Metric({ namespace, metricName, statistic, period: Duration.minutes(5), ...this.home, ...options, dimensionsMap });
  }
}
