import { Fn } from 'aws-cdk-lib';
import { fixture } from './fixture';
import { errorOf, warningsOf } from '../../../helper';

const warned = (regex: string) => warningsOf(fixture({ metricDefinitions: { loss: regex } }).stack);

test.each([
  'loss=(.*)', '(?i)loss=([0-9.]+)', 'loss=(?P<value>[0-9.]+);', '(a)|(b)', Fn.importValue('Regex'), '(?m)(?i:loss)=(.*)', 'loss=++([0-9.]++)', '(?>loss)=(.*)', 'l{1,2}+(.*)',
  '(?#the loss)loss=(.*)', '(?P<q>["\'])loss(?P=q)=(.*)', '(a)?(?(1)b|c)', '(?x) loss= # a ( \n (.*)', '[](]loss=(.*)', '\\(?P<loss=(.*)', '(?s-i:loss)=(.*)',
])('%s finds a value', regex => {
  expect(warned(regex)).toEqual([]);
});

test.each([
  ['loss=[0-9.]+', 'has no group, which would tell the value'],
  ['loss=(?:[0-9.]+)', 'has no group, which would tell the value'],
  ['loss=\\([0-9.]+\\)', 'has no group, which would tell the value'],
])('%s does not', (regex, why) => {
  expect(warned(regex)).toEqual([`The expression of the metric 'loss' of step 'Train' ${why}, got '${regex}': 'loss=([0-9.]+)' for example. [ack: annotation::cdk-ml-patterns:metricNeverFound]`]);
});

test.each(['loss=([0-9.]+', 'loss=([9-0]+)', 'loss=(a)+++', '(?P<1st>.*)', '*loss=(.*)', 'loss=(.*))'])('%s is none, for Python or JavaScript', regex => {
  expect(errorOf(() => fixture({ metricDefinitions: { loss: regex } })))
    .toContain(`step 'Train'.metricDefinitions.loss must be a regular expression, 'loss=([0-9.]+)' for example, got '${regex}'`);
});

test.each(['', 'x'.repeat(257)])('hyperparameters have names: %p', name => {
  expect(errorOf(() => fixture({ hyperparameters: { [name]: '1' } }))).toContain(`step 'Train'.hyperparameters must have names of 1 to 256 characters, got '${name}'`);
});
