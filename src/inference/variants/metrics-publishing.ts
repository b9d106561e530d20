import { Duration } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';
import { seconds } from '../../core/units';
import { below, Override } from '../overrides';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MetricsConfig.html */
const FREQUENCIES = [10, 30, 60, 120, 180, 240, 300];

/**
 * More metrics than SageMaker publishes by itself; they cost what metrics of one's own cost.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MetricsConfig.html
 */
export interface MetricsPublishing {
  /**
   * Whether use and calls are counted for each instance and each container.
   *
   * @default false
   */
  readonly enhancedMetrics?: boolean;

  /**
   * Whether the metrics of the container's own, of each GPU, of each instance and of the placement of inference components are published.
   *
   * @default false
   */
  readonly detailedObservability?: boolean;

  /**
   * How often metrics are published: 10, 30, 60, 120, 180, 240 or 300 seconds.
   *
   * @default - every 60 seconds
   */
  readonly frequency?: Duration;
}

/** Only some frequencies are possible. */
export function checkMetrics(name: string, metrics: MetricsPublishing | undefined, problems: Problems): void {
  const frequency = seconds(metrics?.frequency);
  if (frequency !== undefined) { problems.oneOf(`${name}.frequency (seconds)`, String(frequency), FREQUENCIES.map(String)); }
}

/** CDK does not know it yet. */
export function renderMetrics(metrics: MetricsPublishing | undefined): Override[] {
  if (metrics === undefined) { return []; }
  const { enhancedMetrics, detailedObservability, frequency } = metrics;
  return below('MetricsConfig', [
    { path: 'EnableEnhancedMetrics', value: enhancedMetrics },
    { path: 'EnableDetailedObservability', value: detailedObservability },
    { path: 'MetricPublishFrequencyInSeconds', value: frequency?.toSeconds() },
  ]);
}
