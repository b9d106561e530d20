import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Unit } from 'aws-cdk-lib/aws-cloudwatch';

const CALLS = 'AWS/SageMaker';
const COPIES = '/aws/sagemaker/InferenceComponents';

/**
 * Metrics of one inference component, over five minutes unless the options say otherwise.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html#cloudwatch-metrics-inference-component
 */
export class ComponentMetrics {
  /**
   * Metrics of any inference component; for those of an endpoint of this library, `endpoint.componentMetrics` takes the name in the program.
   *
   * @param inferenceComponentName name of the component in its account
   */
  public static fromInferenceComponentName(inferenceComponentName: string): ComponentMetrics {
    return new ComponentMetrics(inferenceComponentName, {});
  }

  /** @internal */
  public static _at(home: MetricOptions, inferenceComponentName: string): ComponentMetrics {
    return new ComponentMetrics(inferenceComponentName, home);
  }

  private constructor(private readonly inferenceComponentName: string, private readonly home: MetricOptions) {}

  /**
   * Number of calls.
   *
   * @param options changes to the metric
   */
  public invocations(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'Invocations', 'Sum', options);
  }

  /**
   * Number of calls for each copy.
   *
   * @param options changes to the metric
   */
  public invocationsPerCopy(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'InvocationsPerCopy', 'Sum', options);
  }

  /**
   * Calls that a copy works on at once; published every 10 seconds, so a period of 10 seconds shows most.
   *
   * @param options changes to the metric
   */
  public concurrentRequestsPerCopy(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'ConcurrentRequestsPerCopy', 'Maximum', options);
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
   * Time that SageMaker adds to the container's own, in microseconds.
   *
   * @param options changes to the metric
   */
  public overheadLatency(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'OverheadLatency', 'p90', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Number of calls that failed because there was no copy to take them.
   *
   * @param options changes to the metric
   */
  public noCapacityInvocationFailures(options?: MetricOptions): Metric {
    return this.metric(CALLS, 'NoCapacityInvocationFailures', 'Sum', options);
  }

  /**
   * Use of the processors that a copy has reserved, in percent.
   *
   * @param options changes to the metric
   */
  public cpuUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(COPIES, 'CPUUtilizationNormalized', 'Average', options);
  }

  /**
   * Use of the memory that a copy has reserved, in percent.
   *
   * @param options changes to the metric
   */
  public memoryUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(COPIES, 'MemoryUtilizationNormalized', 'Average', options);
  }

  /**
   * Use of the GPUs that a copy has reserved, in percent.
   *
   * @param options changes to the metric
   */
  public gpuUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(COPIES, 'GPUUtilizationNormalized', 'Average', options);
  }

  /**
   * Use of the memory of the GPUs that a copy has reserved, in percent.
   *
   * @param options changes to the metric
   */
  public gpuMemoryUtilizationNormalized(options?: MetricOptions): Metric {
    return this.metric(COPIES, 'GPUMemoryUtilizationNormalized', 'Average', options);
  }

  private metric(namespace: string, metricName: string, statistic: string, options?: MetricOptions): Metric {
    const dimensionsMap = { InferenceComponentName: this.inferenceComponentName };
    return new Metric({ namespace, metricName, statistic, period: Duration.minutes(5), ...this.home, ...options, dimensionsMap });
  }
}
