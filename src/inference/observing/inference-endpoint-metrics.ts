import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Unit } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Metrics of one variant of an endpoint, over five minutes unless the options say otherwise.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export class InferenceEndpointMetrics {
  /**
   * Metrics of any endpoint.
   *
   * @param endpointName name of the endpoint
   * @param variantName the production variant, `AllTraffic` for endpoints of this library that serve one model
   */
  public static fromEndpointName(endpointName: string, variantName: string = 'AllTraffic'): InferenceEndpointMetrics {
    return new InferenceEndpointMetrics(endpointName, variantName);
  }

  private constructor(private readonly endpointName: string, private readonly variantName: string) {}

  /**
   * Number of calls.
   *
   * @param options changes to the metric
   */
  public invocations(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocations', 'Sum', options);
  }

  /**
   * Number of calls that ended with a status of 400 to 499.
   *
   * @param options changes to the metric
   */
  public invocation4xxErrors(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocation4XXErrors', 'Sum', options);
  }

  /**
   * Number of calls that ended with a status of 500 to 599.
   *
   * @param options changes to the metric
   */
  public invocation5xxErrors(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'Invocation5XXErrors', 'Sum', options);
  }

  /**
   * Time that the container takes to answer, in microseconds.
   *
   * @param options changes to the metric
   */
  public modelLatency(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'ModelLatency', 'p90', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Time that SageMaker adds to the container's own, in microseconds.
   *
   * @param options changes to the metric
   */
  public overheadLatency(options?: MetricOptions): Metric {
    return this.metric('AWS/SageMaker', 'OverheadLatency', 'p90', { unit: Unit.MICROSECONDS, ...options });
  }

  /**
   * Use of the processors, in percent; each core counts 100.
   *
   * @param options changes to the metric
   */
  public cpuUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'CPUUtilization', 'Average', options);
  }

  /**
   * Use of the memory, in percent.
   *
   * @param options changes to the metric
   */
  public memoryUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'MemoryUtilization', 'Average', options);
  }

  /**
   * Use of the disks, in percent.
   *
   * @param options changes to the metric
   */
  public diskUtilization(options?: MetricOptions): Metric {
    return this.metric('/aws/sagemaker/Endpoints', 'DiskUtilization', 'Average', options);
  }

  private metric(namespace: string, metricName: string, statistic: string, options?: MetricOptions): Metric {
    const dimensionsMap = { EndpointName: this.endpointName, VariantName: this.variantName };
    return new Metric({ namespace, metricName, statistic, period: Duration.minutes(5), ...options, dimensionsMap });
  }
}
