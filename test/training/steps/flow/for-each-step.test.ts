import { Size, Stack } from 'aws-cdk-lib';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import {
  ConditionStep, CurrentItem, EndpointConfigStep, EndpointStep, FailStep, ForEachSelector, ForEachStep, ForEachStepProps,
  InferenceComponentStep, IterableItems, LambdaStep, PipelineExecution, PipelineParameter, PipelineStep, ProcessingOutput, ProcessingStep,
  SageMakerImage, StepModel, StepOutput, StepVariant, TrainingChannel, TrainingStep, TransientEndpoint,
} from '../../../../src';
import { errorOf, statementFor, warning, warningsOf } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const lambdaFunction = LambdaFunction.fromFunctionArn(new Stack(), 'F', 'arn:aws:lambda:eu-west-1:111122223333:function:f');
const score = (name = 'Score') => new LambdaStep(name, { lambdaFunction, inputs: { item: CurrentItem.VALUE.asString() }, outputs: [StepOutput.number('score'), StepOutput.text('uri')] });
const fan = (props: Partial<ForEachStepProps> = {}) => new ForEachStep('Fan', { items: IterableItems.texts('a', 'b'), maxConcurrency: 2, body: [score()], ...props });

describe('items', () => {
  test.each([
    ['texts', IterableItems.texts('a', PipelineParameter.text('Second').asString()), ['a', { Get: 'Parameters.Second' }]],
    ['numbers', IterableItems.numbers(1, PipelineParameter.number('Second').asNumber()), [1, { Get: 'Parameters.Second' }]],
    ['records', IterableItems.records({ b: 'x', a: PipelineParameter.text('Second').asString() }), [{ 'Std:Join': { On: '', Values: ['{"a":"', { Get: 'Parameters.Second' }, '","b":"x"}'] } }]],
    ['a variable', IterableItems.fromVariable(PipelineParameter.text('All').asString()), { Get: 'Parameters.All' }],
  ])('%s', (_, items, rendered) => {
    const { step, definition } = pipelineOf(() => [fan({ items })]);
    expect(step().Arguments.IterableItems).toEqual(rendered);
    expect(strictFaults(definition())).toEqual([]);
  });

  test.each([
    ['none', IterableItems.texts(), "step 'Fan'.items must hold 1 to 100 entries, got 0"],
    ['too many', IterableItems.numbers(...Array.from({ length: 101 }, (_, i) => i)), "step 'Fan'.items must hold 1 to 100 entries, got 101"],
    ['no number', IterableItems.numbers(1, NaN), "step 'Fan'.items must be numbers, got 1, NaN"],
    ['a text', IterableItems.fromVariable('["a"]'), "step 'Fan'.items.fromVariable must be given a variable, got '[\"a\"]': use IterableItems.texts for a list"],
    ['no list', IterableItems.fromVariable(PipelineParameter.text('All', { defaultValue: 'a,b' }).asString()),
      "step 'Fan'.items must be a JSON list with at least 1 item, but the default of the parameter is 'a,b'"],
    ['an empty list', IterableItems.fromVariable(PipelineParameter.text('All', { defaultValue: '[]' }).asString()),
      "step 'Fan'.items must be a JSON list with at least 1 item, but the default of the parameter is '[]'"],
  ])('%s is an error', (_, items, message) => {
    expect(errorOf(() => pipelineOf(() => [fan({ items })]))).toContain(message);
  });
});

test('the item, whole and by its fields', () => {
  const body = new LambdaStep('Body', { lambdaFunction, inputs: { all: CurrentItem.VALUE.asString(), deep: CurrentItem.field('a.b').asString() } });
  const items = IterableItems.texts('{"a":{"b":"x"}}');
  expect(pipelineOf(() => [fan({ items, body: [body] })]).step().Arguments.ForEachBody[0].Arguments).toEqual({ all: { Get: 'ForEach.CurrentItem' }, deep: { Get: 'ForEach.CurrentItem.a.b' } });
});

describe('what the body makes under a name', () => {
  const model = StepModel.fromContainer({ image });
  const config = (name: string, endpointConfigName?: string) => new EndpointConfigStep(name, { variants: [StepVariant.instances('churn')], endpointConfigName });
  const item = CurrentItem.VALUE.asString();

  test.each<[string, PipelineStep[], string]>([
    ['endpoint', [new EndpointStep('Serve', { endpointName: 'churn', endpointConfigName: 'churn' })], 'an endpoint'],
    ['endpoint', [new EndpointStep('Serve', { endpointName: `churn-${PipelineExecution.ID.asString()}`, endpointConfigName: item })], 'an endpoint'],
    ['configuration', [config('Serve')], 'an endpoint configuration'],
    ['component', [new InferenceComponentStep('Serve', { inferenceComponentName: 'churn', endpointName: item, modelName: 'churn', memorySize: Size.gibibytes(1) })], 'an inference component'],
  ])('must have another in each iteration: %s', (_, body, thing) => {
    expect(errorOf(() => pipelineOf(() => [fan({ body })]))).toBe("SageMakerPipeline at 'Stack/Pipeline' has 1 problem:\n"
      + `  - step 'Serve' makes ${thing} of the same name in each iteration of 'Fan': give it a name that holds CurrentItem, which a TransientEndpoint cannot have`);
  });

  test('may be the same if iterations follow each other, but for configurations, which cannot be made twice', () => {
    const inTurn = (step: PipelineStep) => pipelineOf(() => [fan({ body: [step], maxConcurrency: 1 })]);
    expect(inTurn(new EndpointStep('Serve', { endpointName: 'churn', endpointConfigName: item })).step().Arguments.MaxConcurrency).toBe(1);
    expect(errorOf(() => inTurn(config('Serve', 'churn')))).toContain("step 'Serve' makes an endpoint configuration of the same name in each iteration");
  });

  test('is no TransientEndpoint', () => {
    expect(errorOf(() => pipelineOf(() => [fan({ body: new TransientEndpoint('Trial', { model }).steps })]))).toContain("step 'Trial-Endpoint' makes an endpoint of the same name in each iteration");
  });

  test('may have one that holds the item, or what another step of the body made', () => {
    const made = config('Config', `churn-${item}`);
    const body = [made, new EndpointStep('Serve', { endpointName: `a-${item}`, endpointConfigName: 'churn' }), new EndpointStep('Other', { endpointName: made.endpointConfigName, endpointConfigName: 'churn' })];
    expect(() => pipelineOf(() => [fan({ body })])).not.toThrow();
  });
});

test.each<[string, IterableItems, string]>([
  ['a record', IterableItems.records({ name: 'a', size: '1' }, { name: 'b', size: '2' }), 'name, size'],
  ['a record with a variable', IterableItems.records({ name: PipelineParameter.text('P').asString() }), 'name'],
  ['records that differ', IterableItems.records({ name: 'a', typo: 'x' }, { name: 'b' }), 'name'],
  ['JSON', IterableItems.texts('{"name":"a"}'), 'name'],
  ['texts', IterableItems.texts('a', 'b'), 'none'],
  ['numbers', IterableItems.numbers(1), 'none'],
])('a field that items do not have is a problem: %s', (_, items, fields) => {
  const body = new LambdaStep('Body', { lambdaFunction, inputs: { x: CurrentItem.field('typo.deep').asString() } });
  expect(errorOf(() => pipelineOf(() => [fan({ items, body: [body] })]))).toBe(
    `SageMakerPipeline at 'Stack/Pipeline' has 1 problem:\n  - step 'Body' uses CurrentItem.field('typo'), which not every item of 'Fan' has; all have: ${fields}`,
  );
});

test.each([
  ['a variable', IterableItems.texts('{"a":1}', PipelineParameter.text('P').asString())],
  ['a list that is a variable', IterableItems.fromVariable(PipelineParameter.text('P').asString())],
])('fields that are only known later pass: %s', (_, items) => {
  const body = new LambdaStep('Body', { lambdaFunction, inputs: { x: CurrentItem.field('typo').asString() } });
  expect(() => pipelineOf(() => [fan({ items, body: [body] })])).not.toThrow();
});

test('what came out of it', () => {
  const body = score();
  const step = fan({ body: [body], selector: ForEachSelector.minBy(body.output('score')) });
  const { definition } = pipelineOf(() => [step, new LambdaStep('Read', {
    lambdaFunction,
    inputs: {
      status: step.status,
      items: step.inputItemCount.asNumber(),
      total: step.totalStepCount.asNumber(),
      good: step.succeededStepCount.asNumber(),
      bad: step.failedStepCount.asNumber(),
      stopped: step.stoppedStepCount.asString(),
      best: step.selected(body.output('uri').asString()).asString(),
      bestScore: step.selected(body.output('score').asString()).asString(),
      third: step.iterationOutput(2, body.output('score').asString()).asNumber(),
    },
  })]);
  expect(definition().Steps[0].Arguments.Selector).toEqual({ Pick: 'MinBy', Field: { Get: "IterationOutput.Score.OutputParameters['score']" } });
  expect(definition().Steps[1].Arguments).toEqual({
    status: { Get: 'Steps.Fan.Status' },
    items: { Get: 'Steps.Fan.InputItemCount' },
    total: { Get: 'Steps.Fan.TotalStepCount' },
    good: { Get: 'Steps.Fan.SucceededStepCount' },
    bad: { Get: 'Steps.Fan.FailedStepCount' },
    stopped: { 'Std:Join': { On: '', Values: [{ Get: 'Steps.Fan.StoppedStepCount' }] } },
    best: { Get: "Steps.Fan.Selected.OutputParameters['uri']" },
    bestScore: { 'Std:Join': { On: '', Values: [{ Get: "Steps.Fan.Selected.OutputParameters['score']" }] } },
    third: { Get: "Steps.Fan.IterationOutputs[2].Score.OutputParameters['score']" },
  });
  expect(strictFaults(definition())).toEqual([]);
});

test('outputs that are no outputs of the body are an error at once', () => {
  const [body, other] = [score(), score('Other')];
  const step = fan({ body: [body, other], selector: ForEachSelector.maxBy(body.output('score')) });
  expect(() => fan({ body: [body] }).selected(body.output('uri').asString())).toThrow("Step 'Fan' has no selector, so none of its iterations is selected");
  expect(() => step.selected(other.output('uri').asString())).toThrow("Step 'Fan' selects by step 'Score', so it has no selected output of 'Other'");
  expect(() => step.selected('s3://b/x')).toThrow("Step 'Fan' gives outputs of the steps of its body only, and nothing put together of them; it has: Score, Other");
  expect(() => step.selected(`${body.output('uri').asString()}/x`)).toThrow('nothing put together');
  expect(() => step.iterationOutput(0, score('Else').output('uri').asString())).toThrow('it has: Score, Other');
  expect(() => step.iterationOutput(-1, body.output('uri').asString())).toThrow("Step 'Fan': the index of an iteration must be a whole number from 0, got -1");
});

test('bad input is one error', () => {
  const gate = new ConditionStep('Gate', { condition: PipelineParameter.number('N').atMost(1) });
  const step = fan({ maxConcurrency: 51, body: [gate, new FailStep('Stop', { message: 'x' }), new ForEachStep('Inner', { items: IterableItems.texts('a'), maxConcurrency: 1, body: [] })], selector: ForEachSelector.maxBy(score('Else').output('score')) });
  expect(errorOf(() => pipelineOf(() => [step]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 6 problems:",
    "  - step 'Fan'.maxConcurrency must be a whole number between 1 and 50, got 51",
    "  - step 'Fan'.body must hold no Condition step, got 'Gate'",
    "  - step 'Fan'.body must hold no Fail step, got 'Stop'",
    "  - step 'Fan'.body must hold no ForEach step, got 'Inner'",
    "  - step 'Fan'.selector must compare an output of a step of the body, got 'Steps.Else.OutputParameters['score']'",
    "  - step 'Inner'.body must hold 1 to 9007199254740991 entries, got 0",
  ].join('\n'));
});

test('a metric of a report is nothing to select by', () => {
  const body = new ProcessingStep('Rate', { image, outputs: [ProcessingOutput.of('out')], report: { outputName: 'out', path: 'r.json' } });
  expect(errorOf(() => pipelineOf(() => [fan({ body: [body], selector: ForEachSelector.maxBy(body.metric('m')) })]))).toContain("step 'Fan'.selector must compare an output of a step of the body");
});

describe('the graph', () => {
  test('only the body knows the item', () => {
    expect(errorOf(() => pipelineOf(() => [fan(), score('Outside')]))).toContain("1 problem:\n  - step 'Outside' uses 'ForEach.CurrentItem', which is only known in the body of a ForEachStep");
    expect(errorOf(() => pipelineOf(() => [fan({ items: IterableItems.texts(CurrentItem.field('x').asString()) })]))).toContain("step 'Fan' uses 'ForEach.CurrentItem.x'");
  });

  test('nobody else sees into the body', () => {
    const body = score();
    const read = new FailStep('Read', { message: body.output('uri').asString() });
    expect(errorOf(() => pipelineOf(() => [fan({ body: [body] }), read]))).toContain("1 problem:\n  - step 'Read' uses the output of 'Score', which only runs in the ForEachBody of 'Fan'");
    expect(errorOf(() => pipelineOf(() => [fan({ body: [body] }), new FailStep('Late', { message: 'x' }).after(body)]))).toContain("step 'Late' runs after 'Score'");
  });

  test('the body sees the steps before it, and its own', () => {
    const before = new LambdaStep('Before', { lambdaFunction, outputs: [StepOutput.text('t')] });
    const first = new LambdaStep('First', { lambdaFunction, inputs: { t: before.output('t').asString() }, outputs: [StepOutput.text('t')] });
    const second = new LambdaStep('Second', { lambdaFunction, inputs: { t: first.output('t').asString() } });
    expect(strictFaults(pipelineOf(() => [before, fan({ body: [first, second] })]).definition())).toEqual([]);
  });

  test('no step has the name of an iteration', () => {
    expect(errorOf(() => pipelineOf(() => [fan(), new FailStep('Score-0', { message: 'x' })]))).toContain("1 problem:\n  - step 'Score-0' has a name that SageMaker gives to an iteration of step 'Score'");
    expect(() => pipelineOf(() => [fan(), new FailStep('Score-a', { message: 'x' }), new FailStep('MyScore-0', { message: 'x' })])).not.toThrow();
  });
});

test('roles get what the body needs', () => {
  expect(statementFor(pipelineOf(() => [fan()]).statements(), 'lambda:InvokeFunction').Resource).toBe('arn:aws:lambda:eu-west-1:111122223333:function:f');
});

describe('iterations that write over each other', () => {
  const items = IterableItems.records({ name: 'a' }, { name: 'b' });
  const warned = (body: ProcessingStep | TrainingStep) => warningsOf(pipelineOf(() => [fan({ items, body: [body] })], { maxParallelSteps: 5 }).stack);

  test('are warned of', () => {
    expect(warned(new ProcessingStep('Rate', { image, outputs: [ProcessingOutput.of('out')] }))).toEqual([
      warning('iterationsShareOutput', "Each iteration of 'Fan' lets step 'Rate' write to the same place: give it destinations that hold CurrentItem."),
    ]);
  });

  test('unless each has a place of its own, as trainings always do', () => {
    const destination = `s3://bucket/${CurrentItem.field('name').asString()}`;
    expect(warned(new ProcessingStep('Rate', { image, outputs: [ProcessingOutput.of('out', { destination })] }))).toEqual([]);
    expect(warned(new TrainingStep('Fit', { image, channels: [TrainingChannel.csv('train', 's3://bucket/in')] }))).toEqual([]);
  });
});
