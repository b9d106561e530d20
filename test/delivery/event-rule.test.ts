import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { eventRule } from '../../src/delivery/event-rule';
import { onlyResource } from '../helper';

function descriptionOf(of: (stack: Stack) => string): unknown {
  const stack = new Stack();
  const own = new Construct(stack, 'Own');
  const permissions = [{ actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-west-1:111122223333:topic'] }];
  eventRule(own, own, { description: of(stack), eventPattern: { source: ['a'] }, target: { id: 'T', arn: 'arn:aws:sns:eu-west-1:111122223333:topic' }, roleDescription: 'r', permissions });
  return onlyResource(Template.fromStack(stack), 'AWS::Events::Rule').Properties.Description;
}

const parameter = (stack: Stack) => new CfnParameter(stack, 'P').valueAsString;

test.each([['x'.repeat(512), 'x'.repeat(512)], ['x'.repeat(513), `${'x'.repeat(511)}…`], [`${'x'.repeat(510)}\u{1F600}yz`, `${'x'.repeat(510)}…`]])(
  'a description is cut where EventBridge ends it: %s', (given, found) => {
    expect(descriptionOf(() => given)).toBe(found);
  });

test('a token is never cut', () => {
  expect(descriptionOf(stack => `${'x'.repeat(100)}${parameter(stack)}${'y'.repeat(600)}`)).toEqual({ 'Fn::Join': ['', ['x'.repeat(100), { Ref: 'P' }, `${'y'.repeat(347)}…`]] });
  expect(descriptionOf(stack => `${'x'.repeat(480)}${parameter(stack)}y`)).toBe(`${'x'.repeat(480)}…`);
  expect(descriptionOf(stack => `${'x'.repeat(448)}${parameter(stack)}`)).toEqual({ 'Fn::Join': ['', ['x'.repeat(448), { Ref: 'P' }]] });
});
