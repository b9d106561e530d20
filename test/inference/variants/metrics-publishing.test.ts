import { Duration } from 'aws-cdk-lib';
import { Hosting } from '../../../src';
import { hosted, MODEL, problemsOf } from '../hosted';

test('more metrics are asked for in the configuration, and nothing is said where nothing is asked', () => {
  const metrics = { enhancedMetrics: true, detailedObservability: false, frequency: Duration.minutes(2) };
  expect(hosted(Hosting.realTime({ model: MODEL, metrics })).config().MetricsConfig).toEqual({
    EnableEnhancedMetrics: true, EnableDetailedObservability: false, MetricPublishFrequencyInSeconds: 120,
  });
  expect(hosted(Hosting.realTime({ model: MODEL })).config().MetricsConfig).toBeUndefined();
});

test('only some frequencies are possible', () => {
  expect(problemsOf(Hosting.realTime({ model: MODEL, metrics: { frequency: Duration.seconds(45) } }))).toEqual([
    "metrics.frequency (seconds) must be one of 10, 30, 60, 120, 180, 240, 300, got '45'",
  ]);
});
