import { CfnParameter } from 'aws-cdk-lib';
import { FailStep } from '../../../../src';
import { errorOf } from '../../../helper';
import { pipelineOf } from '../pipeline-of';

test('a message has up to 3072 characters', () => {
  expect(pipelineOf(() => [new FailStep('F', { message: 'x'.repeat(3072) })]).step().Arguments.ErrorMessage).toHaveLength(3072);
  expect(errorOf(() => pipelineOf(() => [new FailStep('F', { message: 'x'.repeat(3073) })]))).toContain("step 'F'.message (characters) must be between 0 and 3072, got 3073");
});

test('a token passes', () => {
  expect(pipelineOf(stack => [new FailStep('F', { message: new CfnParameter(stack, 'Message').valueAsString })]).step().Arguments.ErrorMessage).toBe('${Message}');
});
