import { App, CfnCondition, CfnResource, Environment, Fn, NestedStack, Stack, Stage, StackProps, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { watchForNames } from '../../src/app/same-names';
import { errorOf, warning, warningsOf } from '../helper';

const env = { account: '111122223333', region: 'eu-west-1' };

/** What has a name of its own, as a pipeline and an endpoint do. */
class Named extends Construct {
  public readonly resource = new CfnResource(this, 'Resource', { type: 'AWS::Some::Thing' });

  constructor(scope: Construct, id: string, what = 'thing', name = 'churn') {
    super(scope, id);
    this.node.defaultChild = this.resource;
    watchForNames(this, what, name);
  }
}

const synth = (...stacks: Stack[]) => () => stacks.forEach(stack => Template.fromStack(stack));

function two(one: StackProps, other: StackProps): () => void {
  const app = new App();
  const stacks = [one, other].map((props, i) => new Stack(app, `Stack${i}`, props));
  stacks.forEach(stack => new Named(stack, 'Thing'));
  return synth(...stacks);
}

test('two of one kind and name in one place are refused, by both their paths', () => {
  expect(errorOf(two({ env }, { env }))).toContain("[Stack1/Thing] the thing at 'Stack0/Thing' has the same thingName in the same account and Region, 'churn'");
});

test.each<[string, Environment | undefined, Environment | undefined]>([
  ['another Region', env, { ...env, region: 'us-east-1' }],
  ['another account', env, { ...env, account: '999988887777' }],
  ['a place that nobody knows', env, undefined],
  ['places that nobody knows', undefined, undefined],
])('in %s they are two', (_, one, other) => {
  expect(two({ env: one }, { env: other })).not.toThrow();
});

test('two stacks of one name in one place are one stack', () => {
  expect(two({ env, stackName: 'Same' }, { env, stackName: 'Same' })).not.toThrow();
});

test('other kinds and other names are others', () => {
  const stack = new Stack(new App(), 'Stack');
  new Named(stack, 'A');
  new Named(stack, 'B', 'other');
  new Named(stack, 'C', 'thing', 'other');
  expect(synth(stack)).not.toThrow();
});

test('a nested stack is where its parent is', () => {
  const stack = new Stack(new App(), 'Stack');
  new Named(stack, 'A');
  new Named(new NestedStack(stack, 'Nested'), 'B');
  expect(errorOf(synth(stack))).toContain("[Stack/Nested/B] the thing at 'Stack/A' has the same thingName");
});

describe('under conditions', () => {
  function conditional() {
    const stack = new Stack(new App(), 'Stack');
    const [a, b] = ['A', 'B'].map(id => new CfnCondition(stack, `If${id}`, { expression: Fn.conditionEquals(Stack.of(stack).region, id) }));
    return { stack, a, b, made: (id: string, scope: Construct = stack) => new Named(scope, id).resource };
  }

  test('that differ they may exclude each other', () => {
    const { stack, a, b, made } = conditional();
    made('One').cfnOptions.condition = a;
    made('Other').cfnOptions.condition = b;
    expect(synth(stack)).not.toThrow();
  });

  test('that one of them has, nobody knows', () => {
    const { stack, a, made } = conditional();
    made('One').cfnOptions.condition = a;
    made('Other');
    expect(synth(stack)).not.toThrow();
  });

  test('that are the same they are made together', () => {
    const { stack, a, made } = conditional();
    made('One').cfnOptions.condition = a;
    made('Other').cfnOptions.condition = a;
    expect(errorOf(synth(stack))).toContain('has the same thingName');
  });

  test('of a nested stack, too', () => {
    const { stack, a, made } = conditional();
    const nested = new NestedStack(stack, 'Nested');
    nested.nestedStackResource!.cfnOptions.condition = a;
    made('One', nested);
    made('Other');
    expect(synth(stack)).not.toThrow();
  });
});

test('one that was taken out of the tree is not there', () => {
  const stack = new Stack(new App(), 'Stack');
  const inner = new Construct(stack, 'Inner');
  new Named(inner, 'A');
  new Named(stack, 'B');
  stack.node.tryRemoveChild('Inner');
  expect(synth(stack)).not.toThrow();
});

describe('stages', () => {
  function stages(stackName?: string, acknowledge = false): string[] {
    const app = new App();
    const stacks = ['Test', 'Live'].map(id => new Stack(new Stage(app, id, { env }), 'Stack', { stackName }));
    const [, live] = stacks.map(stack => new Named(stack, 'Thing'));
    if (acknowledge) { Validations.of(live).acknowledge({ id: 'cdk-ml-patterns:sameName', reason: 'one at a time' }); }
    return stacks.flatMap(stack => warningsOf(stack));
  }

  test('may be deployed one instead of the other: a warning', () => {
    expect(stages()).toEqual([warning('sameName', "In another stage the thing at 'Test/Stack/Thing' has the same thingName in the same account and Region, 'churn': only one of the two stages can be deployed.")]);
  });

  test('that hold one stack have no second of what it makes', () => {
    expect(stages('Same')).toEqual([]);
  });

  test('may be accepted', () => {
    expect(stages(undefined, true)).toEqual([]);
  });
});
