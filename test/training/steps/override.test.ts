import { App, Stack } from 'aws-cdk-lib';
import { PipelineExecution, PipelineParameter, ProcessingOutput, ProcessingStep, SageMakerImage, SageMakerPipeline } from '../../../src';
import { inOrder } from '../../../src/core/sorted';
import { keysOf, setAt } from '../../../src/training/steps/override';
import { definitionOf } from '../definition-of';

/** `target` after the change. */
function changed(target: any, path: string, value?: unknown): any {
  setAt(target, path, value);
  return target;
}

test.each<[string, string[]]>([
  ['A', ['A']],
  ['A.B', ['A', 'B']],
  ['A.x\\.y.B', ['A', 'x.y', 'B']],
  ['A.0.B', ['A', '0', 'B']],
])('the keys of %s', (path, keys) => {
  expect(keysOf(path)).toEqual(keys);
});

describe('a value', () => {
  test.each<[string, object, string, unknown, object]>([
    ['is replaced', { A: 1 }, 'A', 2, { A: 2 }],
    ['is added', { A: { B: 1 } }, 'A.C', 2, { A: { B: 1, C: 2 } }],
    ['is added with what is around it', {}, 'A.B.C', 1, { A: { B: { C: 1 } } }],
    ['stands in place of a text with keys', { A: 'x' }, 'A.B', 1, { A: { B: 1 } }],
    ['is set in a list', { A: [{ B: 1 }, { B: 2 }] }, 'A.1.B', 3, { A: [{ B: 1 }, { B: 3 }] }],
    ['is set at the end of a list', { A: ['x'] }, 'A.1', 'y', { A: ['x', 'y'] }],
    ['is set below a key with a dot', { A: { 'x.y': 1 } }, 'A.x\\.y', 2, { A: { 'x.y': 2 } }],
    ['may be null', { A: 1 }, 'A', null, { A: null }],
  ])('%s', (_, target, path, value, expected) => {
    expect(changed(target, path, value)).toEqual(expected);
  });
});

describe('what is removed', () => {
  test.each<[string, object, string, object]>([
    ['is a key', { A: { B: 1, C: 2 } }, 'A.B', { A: { C: 2 } }],
    ['is an entry of a list, and the others move up', { A: ['x', 'y', 'z'] }, 'A.1', { A: ['x', 'z'] }],
    ['is nothing, if the entry is not there', { A: ['x'] }, 'A.7', { A: ['x'] }],
    ['is nothing, if the key is not there', { A: 1 }, 'B', { A: 1 }],
    ['is nothing, if what is around it is not there', { A: 1 }, 'B.C.D', { A: 1 }],
  ])('%s', (_, target, path, expected) => {
    expect(JSON.parse(JSON.stringify(changed(target, path)))).toEqual(expected);
  });
});

test('what belongs to somebody else is not changed', () => {
  const list = [{ B: 1 }];
  const own = { A: { L: list } };
  expect(changed({ ...own }, 'A.L.0.B', 2)).toEqual({ A: { L: [{ B: 2 }] } });
  expect(own).toEqual({ A: { L: [{ B: 1 }] } });
});

test('maps are in one order, whatever language wrote them; lists and variables stay as they are', () => {
  const variable = PipelineParameter.text('P');
  const ordered = inOrder({ b: [{ d: 1, c: variable }, 'x'], a: null });
  expect(JSON.stringify(ordered)).toMatch(/^\{"a":null,"b":\[\{"c":.*,"d":1\},"x"\]\}$/);
  expect(ordered.b[0].c).toBe(variable);
});

describe('a step', () => {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
  test('is written with variables, texts of CloudFormation, entries of lists and without what is removed', () => {
    const stack = new Stack(new App(), 'Stack');
    const count = PipelineParameter.integer('Count', { defaultValue: 2 });
    const step = new ProcessingStep('S', {
      image, environment: { X: '1', Y: '2' }, outputs: ['a', 'b'].map(name => ProcessingOutput.of(name, { destination: `s3://bucket/${name}` })),
    });
    step.addOverride('Arguments.Environment.X', `run ${PipelineExecution.ID} in ${stack.region}`);
    step.addDeletionOverride('Arguments.Environment.Y');
    step.addOverride('Arguments.Environment.a\\.b', count.asString());
    step.addOverride('Arguments.ProcessingResources.ClusterConfig.InstanceCount', count.asNumber());
    step.addOverride('Arguments.StoppingCondition', { MaxRuntimeInSeconds: count });
    step.addDeletionOverride('Arguments.ProcessingOutputConfig.Outputs.0');
    step.addOverride('Arguments.ProcessingOutputConfig.Outputs.0.S3Output.S3UploadMode', 'Continuous');
    step.addOverride('Depends.On', null);
    new SageMakerPipeline(stack, 'Pipeline', { steps: [step] });
    const { Parameters, Steps: [{ Arguments, Depends }] } = definitionOf(stack);
    expect(Parameters).toEqual([{ Name: 'Count', Type: 'Integer', DefaultValue: 2 }]);
    expect(Arguments.Environment).toEqual({
      'X': { 'Std:Join': { On: '', Values: ['run ', { Get: 'Execution.PipelineExecutionId' }, ' in ${AWS::Region}'] } },
      'a.b': { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Count' }] } },
    });
    expect(Arguments.ProcessingResources.ClusterConfig.InstanceCount).toEqual({ Get: 'Parameters.Count' });
    expect(Arguments.StoppingCondition).toEqual({ MaxRuntimeInSeconds: { Get: 'Parameters.Count' } });
    expect(Arguments.ProcessingOutputConfig.Outputs.map((o: any) => [o.OutputName, o.S3Output.S3UploadMode])).toEqual([['b', 'Continuous']]);
    expect(Depends).toEqual({ On: null });
  });
});
