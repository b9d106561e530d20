import { Fn } from 'aws-cdk-lib';
import { fixture } from './fixture';
import { errorOf, warningsOf } from '../../../helper';

const warned = (regex: string) => warningsOf(fixture({ metricDefinitions: { loss: regex } }).stack);

test.each(['loss=(.*)', '(?i)loss=([0-9.]+)', 'loss=(?P<value>[0-9.]+);', '(a)|(b)', Fn.importValue('Regex')])('%s finds a value', regex => {
  expect(warned(regex)).toEqual([]);
});

test.each([
  ['loss=[0-9.]+', 'has no group, which would tell the value'],
  ['loss=(?:[0-9.]+)', 'has no group, which would tell the value'],
  ['loss=\\([0-9.]+\\)', 'has no group, which would tell the value'],
  ['loss=([0-9.]+', 'cannot be read'],
  ['loss=([9-0]+)', 'cannot be read'],
])('%s does not', (regex, why) => {
  expect(warned(regex)).toEqual([`The expression of the metric 'loss' of step 'Train' ${why}, got '${regex}': 'loss=([0-9.]+)' for example. [ack: annotation::cdk-ml-patterns:metricNeverFound]`]);
});

test.each(['', 'x'.repeat(257)])('hyperparameters have names: %p', name => {
  expect(errorOf(() => fixture({ hyperparameters: { [name]: '1' } }))).toContain(`step 'Train'.hyperparameters must have names of 1 to 256 characters, got '${name}'`);
});
