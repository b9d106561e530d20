import { App, CfnOutput, Duration, Fn, Stack, Token } from 'aws-cdk-lib';
import {
  ConditionStep, FailStep, ModelArtifactBucket, ModelRegistry, PipelineCondition, PipelineExecution, PipelineExperiment, PipelineParameter,
  PipelineStep, ProcessingInput, ProcessingOutput, ProcessingStep, ProcessingStepProps, RegisterModelStep, ReportMetric, SageMakerImage,
  SageMakerPipeline, SageMakerPipelineProps, StepCache, StepRetry, TrainingChannel, TrainingStep, TrainingStepProps,
} from '../../src';
import { errorOf } from '../helper';
import { definitionOf } from './definition-of';
import { Mistake, MISTAKES } from './mistakes';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const registry = ModelRegistry.fromModelPackageGroupName(new Stack(), 'Models', 'models');

const process = (name: string, more: Partial<ProcessingStepProps> = {}) =>
  new ProcessingStep(name, { image, outputs: [ProcessingOutput.of('train'), ProcessingOutput.of('test')], ...more });
const train = (name: string, uri: string, more: Partial<TrainingStepProps> = {}) =>
  new TrainingStep(name, { image, channels: [TrainingChannel.csv('train', uri)], ...more });
const register = (name: string, modelArtifact: string) =>
  new RegisterModelStep(name, { registry, image, modelArtifact, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] });
const evaluate = (name: string, path = 'mse') => process(name, { report: { outputName: 'test', path: 'report.json' } }).metric(path);
const check = (name: string, ifSteps: PipelineStep[], elseSteps: PipelineStep[] = []) =>
  new ConditionStep(name, { condition: PipelineParameter.number('N', { defaultValue: 1 }).atMost(1), ifSteps, elseSteps });

/** What Python, Java and Go make of `asNumber()` in a text. */
const MANGLED = '-1.8881545897087626e+289';

function make(steps: PipelineStep[], props: Partial<SageMakerPipelineProps> = {}): Stack {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps, ...props });
  return stack;
}

/** Two steps, the second of which reads the first; `change` makes a mistake. */
function pair(change: (prepare: ProcessingStep, fit: TrainingStep) => PipelineStep[] | void): PipelineStep[] {
  const prepare = process('Prepare');
  const fit = train('Fit', prepare.output('train'));
  return change(prepare, fit) ?? [prepare, fit];
}

test('without a mistake there is no error', () => {
  expect(() => make(pair(() => undefined))).not.toThrow();
});

/** Found when the pipeline is made: the only problem, word for word. */
const FOUND: Record<string, [steps: () => PipelineStep[], problem: string]> = {
  'an unknown step': [() => pair((_, fit) => [fit]), "step 'Fit' uses the output of 'Prepare', but the pipeline has no such step; it has: Fit"],
  'a step of this name, but of another pipeline': [() => pair((_, fit) => [process('Prepare'), fit]), "step 'Fit' uses the output of 'Prepare', but it belongs to another step of this name"],
  'an unknown output by its path': [
    () => pair(p => [p, train('Other', p.property("ProcessingOutputConfig.Outputs['trian'].S3Output.S3Uri").asString())]),
    "step 'Other' uses the output 'trian' of step 'Prepare', which has: train, test",
  ],
  'an unknown property file': [
    () => pair((p, fit) => { fit.addOverride('Arguments.Environment.X', { 'Std:JsonGet': { PropertyFile: { Get: 'Steps.Prepare.PropertyFiles.Typo' }, Path: 'a' } }); return [p, fit]; }),
    "step 'Fit' uses the report 'Typo' of step 'Prepare', which has: none",
  ],
  'a report in an unknown output': [() => [process('S', { report: { outputName: 'typo', path: 'r.json' } })], "step 'S'.report.outputName must be one of train, test, got 'typo'"],
  'a report that lost its output': [
    () => { const s = process('S', { report: { outputName: 'test', path: 'r.json' } }); s.addDeletionOverride('Arguments.ProcessingOutputConfig.Outputs.1'); return [s]; },
    "step 'S'.PropertyFiles OutputName must be one of train, got 'test'",
  ],
  'an unknown step, written by hand': [() => pair((_, fit) => fit.addOverride('Arguments.Environment.X', { Get: 'Steps.Typo.X' })), "step 'Fit' uses the output of 'Typo', but the pipeline has no such step; it has: Prepare, Fit"],
  'an undeclared parameter, written by hand': [
    () => pair((_, fit) => fit.addOverride('Arguments.Environment.X', { Get: 'Parameters.Typo' })),
    "step 'Fit' uses the parameter 'Typo', which the pipeline does not have; it has: none",
  ],
  'a dependence on an unknown step': [() => pair((_, fit) => { fit.after(process('Typo')); }), "step 'Fit' runs after 'Typo', which the pipeline does not have"],
  'a dependence on an unknown step, written by hand': [() => pair((_, fit) => fit.addOverride('DependsOn', ['Typo'])), "step 'Fit' runs after 'Typo', which the pipeline does not have"],
  'two steps of one name': [() => [process('Same'), process('Same')], 'names of steps must be unique, used twice: Same'],
  'two steps of one name in branches': [() => [process('Same'), check('Check', [process('Same')])], 'names of steps must be unique, used twice: Same'],
  'one step twice': [() => pair((p, fit) => [p, fit, p]), "step 'Prepare' is put into the pipeline twice: make a second one of another name"],
  'one step in both branches': [() => { const s = process('S'); return [check('Check', [s], [s])]; }, "step 'S' is put into the pipeline twice: make a second one of another name"],
  'a circle': [() => pair((p, fit) => { p.after(fit); }), 'steps wait for each other: Prepare → Fit → Prepare'],
  'a step that waits for itself': [() => pair(p => { p.after(p); }), 'steps wait for each other: Prepare → Prepare'],
  'a circle, written by hand': [() => pair((p, fit) => { p.addOverride('DependsOn', [fit.stepName]); }), 'steps wait for each other: Prepare → Fit → Prepare'],
  'a reference into a branch': [
    () => pair((p, fit) => [check('Check', [p]), fit]), "step 'Fit' uses the output of 'Prepare', which only runs in the IfSteps of 'Check'",
  ],
  'a reference into the other branch': [
    () => pair((p, fit) => [check('Check', [p], [fit])]), "step 'Fit' uses the output of 'Prepare', which only runs in the IfSteps of 'Check'",
  ],
  'a dependence into a branch': [() => { const p = process('P'); const q = process('Q'); q.after(p); return [check('Check', [], [p]), q]; }, "step 'Q' runs after 'P', which only runs in the ElseSteps of 'Check'"],
  'a dependence on Fail': [() => { const f = new FailStep('Bad', { message: 'm' }); const p = process('P'); p.afterFailed(f); return [p, f]; }, "step 'P' runs after 'Bad', which ends the execution"],
  'a reference to Fail': [
    () => { const f = new FailStep('Bad', { message: 'm' }); return [f, process('P', { environment: { X: f.property('X').asString() } })]; },
    "step 'P' uses the output of 'Bad', which ends the execution",
  ],
  'a path that is a variable': [
    () => [new ConditionStep('Check', { condition: ReportMetric.inFile('s3://b/r.json', PipelineExecution.ID.asString()).atMost(1) })],
    "step 'Check'.condition: the path of a metric must be known at synth, since SageMaker takes no variable there",
  ],
  'a metric of no step': [() => [new ConditionStep('Check', { condition: ReportMetric.at('mse').atMost(1) })], "step 'Check'.condition: ReportMetric.at('mse') belongs to no step: use metric() of the step that writes the report"],
  'a metric of a step that is not there': [() => [new ConditionStep('Check', { condition: evaluate('Away').atMost(1) })], "step 'Check' uses the output of 'Away', but the pipeline has no such step; it has: Check"],
  'a list as one variable': [() => [process('S', { arguments: Fn.split(',', Fn.importValue('list')) })], "step 'S'.arguments must be a list that is known at synth; its entries may be tokens"],
  'a list of texts to compare with as one variable': [
    () => [new ConditionStep('Check', { condition: PipelineExecution.PIPELINE_NAME.oneOf(...Token.asList(Fn.importValue('list'))) })],
    "step 'Check'.Arguments.Conditions[0].Values[0] must be a list that is known at synth; its entries may be tokens",
  ],
  'a number token as text': [() => [process('S', { arguments: [MANGLED] })], `step 'S'.arguments[0] holds a number token that was formatted as text: use asString() of the variable, got '${MANGLED}'`],
  'a name that is too long': [() => [process('S'.repeat(65))], `step '${'S'.repeat(65)}' must have a name of 1 to 64 letters, digits, - and _, got '${'S'.repeat(65)}'`],
  'a name with a space': [() => [process('My step')], "step 'My step' must have a name of 1 to 64 letters, digits, - and _, got 'My step'"],
  'a new name by an override': [() => pair(p => p.addOverride('Name', 'Other')), "step 'Prepare' must not be renamed by an override, since others refer to it by its name, got 'Other'"],
  'an override of a list by a word': [() => [ov('Arguments.ProcessingOutputConfig.Outputs.train.AppManaged')], "step 'S': the override 'Arguments.ProcessingOutputConfig.Outputs.train.AppManaged' must name the entries of a list by numbers, got 'train'"],
  'an override behind the end of a list': [() => [ov('Arguments.ProcessingOutputConfig.Outputs.7.OutputName')], "step 'S': the override 'Arguments.ProcessingOutputConfig.Outputs.7.OutputName' must not leave a gap in a list, which has no entry 2"],
  'an override of nothing': [() => [ov('Arguments..X')], "step 'S': the path of an override must be keys separated by dots, got 'Arguments..X'"],
  'no steps': [() => [], 'steps must hold at least 1 step, got 0'],
  'no channels': [() => [new TrainingStep('S', { image, channels: [] })], "step 'S'.channels must hold 1 to 20 entries, got 0"],
  'an argument that is too long': [() => [process('S', { arguments: ['x'.repeat(257)] })], `step 'S'.arguments[0] must be at most 256 characters, got '${'x'.repeat(257)}'`],
  'too many inputs': [() => [process('S', { inputs: many(11, i => ProcessingInput.s3(`i${i}`, 's3://b/x')) })], "step 'S'.inputs must hold 0 to 10 entries, got 11"],
  'too much environment': [() => [process('S', { environment: Object.fromEntries(many(101, i => [`V${i}`, 'x'])) })], "step 'S'.environment must hold 0 to 100 entries, got 101"],
  'a hyperparameter that is too long': [() => [train('S', 's3://b/x', { hyperparameters: { a: 'x'.repeat(2501) } })], "step 'S'.hyperparameters.a (characters) must be between 0 and 2500, got 2501"],
  'a place that is not in S3': [() => [train('S', '/data')], "step 'S'.channels[0].uri must begin with 's3://' and a bucket, or be a variable, got '/data'"],
  'too many instances': [() => [process('S', { instanceCount: 101 })], "step 'S'.instanceCount must be a whole number between 1 and 100, got 101"],
  'an unknown exception to retry': [
    () => [process('S', { retries: [StepRetry.onExceptions(['SageMaker.CAPACITY'])] })],
    "step 'S'.retries[0] exceptions must be one of Step.SERVICE_FAULT, Step.THROTTLING, SageMaker.JOB_INTERNAL_ERROR, SageMaker.CAPACITY_ERROR, SageMaker.RESOURCE_LIMIT, got 'SageMaker.CAPACITY'",
  ],
  'both ends of retries': [
    () => [process('S', { retries: [StepRetry.onCapacity({ maxAttempts: 1, expireAfter: Duration.hours(1) })] })], "step 'S'.retries[0] must have maxAttempts or expireAfter, not both",
  ],
  'two parameters of one name': [
    () => [process('S', { arguments: [PipelineParameter.text('P').asString(), PipelineParameter.text('P').asString()] })], 'names of parameters must be unique, used twice: P',
  ],
  'too many parameters': [() => many(5, i => process(`S${i}`, { arguments: many(41, j => PipelineParameter.text(`P${i}-${j}`).asString()) })), 'parameters must hold 0 to 200 entries, got 205'],
  'too many allowed values': [() => [parameter({ allowedValues: many(17, i => `v${i}`) })], "parameter 'P'.allowedValues must hold 1 to 16 entries, got 17"],
  'one allowed value twice': [() => [parameter({ allowedValues: ['a', 'b', 'a'] })], "parameter 'P'.allowedValues must be unique, used twice: a"],
  'an allowed value that is too long': [() => [parameter({ allowedValues: ['x'.repeat(1025)] })], "parameter 'P'.allowedValues (characters) must be between 0 and 1024, got 1025"],
  'a default that is not allowed': [() => [parameter({ defaultValue: 'c', allowedValues: ['a', 'b'] })], "parameter 'P'.defaultValue must be one of a, b, got 'c'"],
  'a condition that calculates with a variable': [
    () => [new ConditionStep('C', { condition: PipelineParameter.number('L').atMost(-PipelineParameter.number('R').asNumber()), ifSteps: [process('S')] })],
    "step 'C'.Arguments.Conditions[0].RightValue holds the result of arithmetic with a variable, whose value is not known yet: calculate in a step",
  ],
  'a count that is calculated with a variable': [
    () => [process('S', { instanceCount: PipelineParameter.integer('R').asNumber() * 2 })],
    "step 'S'.instanceCount holds the result of arithmetic with a variable, whose value is not known yet: calculate in a step",
  ],
  'a variable in capital letters': [
    () => [process('S', { arguments: [PipelineParameter.text('P').asString().toUpperCase()] })],
    "step 'S'.arguments[0] holds the placeholder of a variable in other letters: nothing can change the case of a value that is not known yet, got '${TOKEN[TOKEN.]}'",
  ],
  'a default that is no number': [() => [process('S', { arguments: [PipelineParameter.number('P', { defaultValue: NaN }).asString()] })], "parameter 'P'.defaultValue must be a number, got NaN"],
};

function many<T>(count: number, each: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => each(i));
}

function ov(path: string): PipelineStep {
  const step = process('S');
  step.addOverride(path, true);
  return step;
}

function parameter(options: { defaultValue?: string; allowedValues?: string[] }): PipelineStep {
  return new FailStep('F', { message: PipelineParameter.text('P', options).asString() });
}

test.each(Object.entries(FOUND))('%s is the one problem', (_, [steps, problem]) => {
  const [first, ...others] = errorOf(() => make(steps())).split('\n');
  expect([first, others.length]).toEqual(["SageMakerPipeline at 'Stack/Pipeline' has 1 problem:", 1]);
  expect(others[0].replace(/(TOKEN\.)\d+/, '$1')).toBe(`  - ${problem}`);
});

/** Found where it is written, before there is a pipeline. */
const AT_ONCE: Record<string, [run: () => unknown, message: string]> = {
  'a misspelt output': [() => process('S').output('trian'), "Step 'S' has no output 'trian'; it has: train, test"],
  'a metric of a step without a report': [() => process('S').metric('mse'), "Step 'S' has no report to read the metric 'mse' from"],
  'a text as a number': [() => PipelineParameter.text('P').asNumber(), "Parameter 'P' is no number: make it with PipelineParameter.integer or PipelineParameter.number, or use asString()"],
  'a flag as a number': [() => PipelineParameter.flag('P').asNumber(), "Parameter 'P' is no number: make it with PipelineParameter.integer or PipelineParameter.number, or use asString()"],
};

test.each(Object.entries(AT_ONCE))('%s is refused at once', (_, [run, message]) => {
  expect(errorOf(run)).toBe(message);
});

test('a variable outside of its pipeline is refused by name', () => {
  const stack = make([process('S')]);
  new CfnOutput(stack, 'Out', { value: process('S').output('train') });
  expect(errorOf(() => definitionOf(stack))).toContain("Pipeline variable 'Steps.S.ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri' is only known while the pipeline runs");
});

test('a list as one variable is refused by name where a list is no property of ours', () => {
  const step = process('S');
  step.addOverride('Arguments.ProcessingInputs', Token.asList(Fn.importValue('list')));
  expect(errorOf(() => make([step]))).toContain("has 1 problem:\n  - step 'S'.Arguments.ProcessingInputs[0] must be a list that is known at synth; its entries may be tokens");
});

/** Each value is the property whose type refuses it. */
const UNWRITABLE: Record<string, () => unknown> = {
  // @ts-expect-error hyperparameters: { [name: string]: string }
  'a number as a text': () => train('S', 's3://b/x', { hyperparameters: { rounds: 50 } }),
  // @ts-expect-error hyperparameters: { [name: string]: string }, and asNumber() is none
  'a numeric variable as a text': () => train('S', 's3://b/x', { hyperparameters: { rounds: PipelineParameter.integer('N').asNumber() } }),
  // @ts-expect-error instanceCount: number, and asString() is none
  'a text as a number': () => process('S', { instanceCount: PipelineParameter.integer('N').asString() }),
  // @ts-expect-error arguments: string[], and asNumber() is none
  'a numeric variable in a list of texts': () => process('S', { arguments: ['--n', PipelineParameter.integer('N').asNumber()] }),
  // @ts-expect-error arguments: string[]
  'a variable as a list': () => process('S', { arguments: PipelineParameter.text('P').asString() }),
  // @ts-expect-error image is required
  'a missing key': () => new ProcessingStep('S', {}),
  // @ts-expect-error of(outputName: string)
  'an output without a name': () => ProcessingOutput.of(),
  // @ts-expect-error SageMaker numbers the versions of a registry
  'a name of a version': () => new RegisterModelStep('S', { registry, image, contentTypes: [], instanceTypes: [], modelPackageName: 'x' }),
  // @ts-expect-error PipelineStep is abstract: a type that the library does not know is a RawStep
  'a type of step that there is not': () => new PipelineStep('S', 'Trainig', {}),
  // @ts-expect-error afterFailed, afterStopped and afterEnded are all
  'an outcome that there is not': () => process('S').afterBroken(process('T')),
  // @ts-expect-error named(experimentName: string), whose parameters are collected
  'a parameter of the experiment that is no text': () => PipelineExperiment.named(PipelineParameter.text('P')),
  // @ts-expect-error chanels is no property
  'an unknown key': () => new TrainingStep('S', { image, channels: [], chanels: [] }),
  // @ts-expect-error the constructor of PipelineCondition is private
  'a type of condition that there is not': () => new PipelineCondition([{ operator: 'ConditionLessThanOrEqualTo' }]),
  // @ts-expect-error a variable is compared, a literal has no atMost
  'a comparison of literals': () => (5).atMost(6),
  // @ts-expect-error atMost(value: number)
  'a number compared with a text': () => PipelineParameter.number('N').atMost('6'),
  // @ts-expect-error the constructor of PipelineParameter is private
  'a parameter of another type': () => new PipelineParameter('P', 'Text'),
  // @ts-expect-error ConditionStepProps has no cache
  'a cache of a condition': () => new ConditionStep('S', { condition: PipelineParameter.number('N').atMost(1), cache: StepCache.neverExpiring() }),
  // @ts-expect-error FailStepProps has no retries
  'retries of Fail': () => new FailStep('S', { message: 'm', retries: [] }),
  // @ts-expect-error RegisterModelStepProps has no cache
  'a cache of a registration': () => new RegisterModelStep('S', { registry, image, modelArtifact: 's3://b/m', contentTypes: [], instanceTypes: [], cache: StepCache.off() }),
  // @ts-expect-error after(...steps: PipelineStep[])
  'a dependence by a name': () => process('S').after('Prepare'),
  // @ts-expect-error metric(path: string)
  'a path of a metric that is a variable object': () => process('S', { report: { outputName: 'test', path: 'r.json' } }).metric(PipelineExecution.ID),
};

test.each(Object.keys(UNWRITABLE))('%s cannot be written', name => {
  expect(UNWRITABLE[name]).toBeInstanceOf(Function); // the compiler refuses each of them; were one allowed, it would complain of the comment above it
});

test('a condition that waits for its branch is refused by name', () => {
  const p = process('P');
  const c = check('Check', [p]);
  c.after(p);
  expect(errorOf(() => make([c]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 2 problems:", "  - step 'Check' runs after 'P', which only runs in the IfSteps of 'Check'",
    '  - steps wait for each other: Check → P → Check',
  ].join('\n'));
});

test('a definition that is too large is refused, and told where it fits', () => {
  const stack = make(many(1100, i => new FailStep(`F${i}`, { message: 'x'.repeat(1000) })));
  expect(errorOf(() => definitionOf(stack)).replace(/\d+ characters/, 'N characters')).toBe([
    'Validation failed with the following errors:',
    '  [Stack/Pipeline] the definition takes about N characters of the template, which holds 1000000: put it into a bucket, with definition: DefinitionPlace.bucket(…)',
  ].join('\n'));
});

/** Which of the tests of this file shows that a mistake is refused, or that no property takes it. */
const REFUSED: Record<Mistake, string> = {
  'a misspelt output': 'a misspelt output',
  'an unknown step': 'an unknown step',
  'an unknown property file': 'an unknown property file',
  'a property file in no output': 'a report in an unknown output',
  'an undeclared parameter': 'an undeclared parameter, written by hand',
  'an undeclared parameter of the experiment': 'a parameter of the experiment that is no text',
  'a number in a text place': 'a number as a text',
  'a numeric parameter alone in a text place': 'a numeric variable as a text',
  'a numeric parameter alone in a list of texts': 'a numeric variable in a list of texts',
  'a text in a number place': 'a text as a number',
  'a list as one variable': 'a list as one variable',
  'a wrong type of condition': 'a type of condition that there is not',
  'a path that is a variable': 'a path that is a variable',
  'a property file by its name': 'a metric of no step',
  'two steps of one name': 'two steps of one name',
  'two steps of one name in branches': 'two steps of one name in branches',
  'two parameters of one name': 'two parameters of one name',
  'a circle': 'a circle',
  'a step that waits for itself': 'a step that waits for itself',
  'a condition that waits for its branch': 'a condition that waits for its branch is refused by name',
  'a reference into a branch': 'a reference into a branch',
  'dependence into a branch': 'a dependence into a branch',
  'dependence on Fail': 'a dependence on Fail',
  'dependence on an unknown step': 'a dependence on an unknown step',
  'a trigger that there is not': 'an outcome that there is not',
  'a required key that is missing': 'a missing key',
  'a required key of a list that is missing': 'an output without a name',
  'an unknown key': 'an unknown key',
  'a name that the service refuses in pipelines': 'a name of a version',
  'a name that is too long': 'a name that is too long',
  'a name with a space': 'a name with a space',
  'an unknown type of step': 'a type of step that there is not',
  'a parameter of an unknown type': 'a parameter of another type',
  'a cache of a step that has none': 'a cache of a condition',
  'too many instances': 'too many instances',
  'no steps': 'no steps',
  'too large': 'a definition that is too large is refused, and told where it fits',
};

test('each of the mistakes that the schema finds in references has a test here', () => {
  const alone = ['a condition that waits for its branch is refused by name', 'a definition that is too large is refused, and told where it fits'];
  const tests = [...Object.keys(FOUND), ...Object.keys(AT_ONCE), ...Object.keys(UNWRITABLE), ...alone];
  expect(MISTAKES.filter(mistake => !tests.includes(REFUSED[mistake]))).toEqual([]);
  expect(MISTAKES.length).toBeGreaterThanOrEqual(24);
});

describe('what comes after the pipeline was made is found at synth', () => {
  test('a circle', () => {
    const [prepare, fit] = pair(() => undefined);
    const stack = make([prepare, fit]);
    prepare.after(fit);
    expect(errorOf(() => definitionOf(stack))).toContain("SageMakerPipeline at 'Stack/Pipeline' has 1 problem:\n  - steps wait for each other: Prepare → Fit → Prepare");
  });

  test('an override that breaks a reference', () => {
    const [prepare, fit] = pair(() => undefined);
    const stack = make([prepare, fit]);
    prepare.addDeletionOverride('Arguments.ProcessingOutputConfig.Outputs.0');
    expect(errorOf(() => definitionOf(stack))).toContain("  - step 'Fit' uses the output 'train' of step 'Prepare', which has: test");
  });

  test('but not what is right', () => {
    const prepare = process('Prepare');
    const fit = train('Fit', 's3://b/x');
    const stack = make([prepare, fit]);
    fit.addOverride('Arguments.Environment.X', prepare.output('test'));
    expect(definitionOf(stack).Steps[1].Arguments.Environment.X).toEqual({ Get: "Steps.Prepare.ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri" });
  });
});

test('a registration in a branch sees the steps before the condition', () => {
  expect(() => make(pair((p, fit) => [p, fit, check('Check', [register('Register', fit.modelArtifact)])]))).not.toThrow();
});
