import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { deadLettersMetric } from '../../delivery/dead-letter-alarm';

const NAMESPACE = 'AWS/Sagemaker/ModelBuildingPipeline';
const PERIOD = Duration.minutes(5);

/**
 * Metrics of a pipeline, over five minutes unless the options say otherwise.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html#cloudwatch-metrics-pipelines
 *
 * @example
 * declare const pipeline: SageMakerPipeline;
 *
 * pipeline.metrics.executionsFailed().createAlarm(this, 'PipelineFailed', {
 *   threshold: 1,
 *   evaluationPeriods: 1,
 *   treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
 * });
 */
export class PipelineMetrics {
  /** @internal */
  constructor(private readonly scope: Construct, private readonly pipelineName: string) {}

  /**
   * Number of executions that started.
   *
   * @param options changes to the metric
   */
  public executionsStarted(options?: MetricOptions): Metric {
    return this.metric('ExecutionStarted', options);
  }

  /**
   * Number of executions that succeeded.
   *
   * @param options changes to the metric
   */
  public executionsSucceeded(options?: MetricOptions): Metric {
    return this.metric('ExecutionSucceeded', options);
  }

  /**
   * Number of executions that failed.
   *
   * @param options changes to the metric
   */
  public executionsFailed(options?: MetricOptions): Metric {
    return this.metric('ExecutionFailed', options);
  }

  /**
   * Number of executions that were stopped.
   *
   * @param options changes to the metric
   */
  public executionsStopped(options?: MetricOptions): Metric {
    return this.metric('ExecutionStopped', options);
  }

  /**
   * How long executions ran, in milliseconds; the average unless the options say otherwise.
   *
   * @param options changes to the metric
   */
  public executionDuration(options?: MetricOptions): Metric {
    return this.metric('ExecutionDuration', { statistic: 'Average', unit: Unit.MILLISECONDS, ...options });
  }

  /**
   * How often a step failed.
   *
   * @param stepName name of the step
   * @param options changes to the metric
   */
  public stepsFailed(stepName: string, options?: MetricOptions): Metric {
    return this.metric('StepFailed', options, stepName);
  }

  /**
   * How long a step ran, in milliseconds; the average unless the options say otherwise.
   *
   * @param stepName name of the step
   * @param options changes to the metric
   */
  public stepDuration(stepName: string, options?: MetricOptions): Metric {
    return this.metric('StepDuration', { statistic: 'Average', unit: Unit.MILLISECONDS, ...options }, stepName);
  }

  /**
   * Number of starts and notices that could not be delivered and wait in the dead-letter queue; the maximum unless the options say otherwise. An error
   * for a pipeline that has neither triggers nor notifications, and so no such queue.
   *
   * @param options changes to the metric
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
   */
  public deadLetters(options?: MetricOptions): Metric {
    return deadLettersMetric(this.scope, 'it has neither triggers nor notifications', options);
  }

  private metric(metricName: string, options?: MetricOptions, stepName?: string): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      dimensionsMap: { PipelineName: this.pipelineName, ...stepName !== undefined && { StepName: stepName } },
      statistic: 'Sum',
      period: PERIOD,
      ...options,
    }).attachTo(this.scope);
  }
}
