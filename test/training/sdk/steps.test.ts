import { Duration } from 'aws-cdk-lib';
import { expectSdk } from './equal';
import { seedParameters, seedProcess, seedTrain } from './seed';
import { StepCache, StepRetry } from '../../../src';

test('caches and retries', () => {
  const parameters = seedParameters();
  const jobErrors = StepRetry.onExceptions(['SageMaker.JOB_INTERNAL_ERROR', 'SageMaker.CAPACITY_ERROR'], { interval: Duration.seconds(10), maxAttempts: 3 });
  const limits = StepRetry.onResourceLimit({ interval: Duration.minutes(1), backoffRate: 1.5, maxAttempts: 10 });
  const process = seedProcess(parameters, {
    displayName: 'Data preparation',
    description: 'cached',
    cache: StepCache.expiringAfter(Duration.days(30)),
    retries: [StepRetry.onServiceErrors({ interval: Duration.seconds(5), expireAfter: Duration.hours(1) }), limits, jobErrors],
  });
  const train = seedTrain(parameters, process, { cache: StepCache.off(), retries: [limits, jobErrors] });
  expectSdk('v2/cache_and_retry', () => ({ parameters: Object.values(parameters), steps: [process, train] }));
});
