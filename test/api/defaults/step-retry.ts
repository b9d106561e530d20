import { StepRetry } from '../../../src';

const retry: any = StepRetry.onCapacity()._render();

export const ROWS = [
  ['StepRetryOptions.interval', 'Duration.seconds(1)', retry.IntervalSeconds, 1],
  ['StepRetryOptions.backoffRate', '2', retry.BackoffRate, 2],
];
