import { App, Stack, Validations } from 'aws-cdk-lib';
import {
  ConditionStep, FailStep, ModelArtifactBucket, PipelineCondition, PipelineExecution, PipelineExperiment, PipelineParameter, PipelineStep,
  ProcessingInput, ProcessingOutput, ProcessingStep, ProcessingStepProps, SageMakerImage, SageMakerPipeline, SageMakerPipelineProps,
  StepCache, TrainingChannel, TrainingStep,
  HyperparameterRange, TuningObjective, TuningStep,
} from '../../../src';
import { warningsOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const cache = StepCache.neverExpiring();
const plain = (name: string, more: Partial<ProcessingStepProps> = {}) => new ProcessingStep(name, { image, outputs: [ProcessingOutput.of('out')], ...more });
const reading = (name: string, uri: string, more: Partial<ProcessingStepProps> = {}) => plain(name, { inputs: [ProcessingInput.s3('in', uri)], ...more });
const reporting = () => plain('Report', { report: { outputName: 'out', path: 'r.json' } });
const training = (name: string, more = {}) => new TrainingStep(name, { image, channels: [TrainingChannel.csv('train', 's3://b/x')], ...more });
/** With a step in a branch, since a condition without any is warned of. */
const decide = (name: string, condition: PipelineCondition, ifSteps: PipelineStep[] = [new FailStep(`${name}Then`, { message: 'no' })]) => new ConditionStep(name, { condition, ifSteps });
const check = (name: string, ...ifSteps: PipelineStep[]) => decide(name, PipelineExecution.PIPELINE_NAME.equalTo('x'), ifSteps.length > 0 ? ifSteps : undefined);

/** The warnings of a pipeline, without what CDK writes around them. */
function warnings(steps: PipelineStep[], props: Partial<SageMakerPipelineProps> = {}): string[] {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps, ...props });
  return warningsOf(stack).map(text => text.replace(/ \[ack: (annotation::)?(cdk-ml-patterns:\w+)\]$/i, ' [$2]'));
}

const NEVER = 'is cached, but its result is never used again, since';

test.each<[string, () => string[], string[]]>([
  ['waiting for a condition', () => { const c = check('Check'); const s = plain('S'); s.after(c); return warnings([c, s]); },
    ["Step 'S' waits for 'Check', which is a condition: SageMaker may refuse that. Put the step into its branches. [cdk-ml-patterns:afterCondition]"]],
  ['the outcome of a condition', () => { const c = check('Check'); return warnings([c, plain('S', { environment: { X: c.property('Outcome').asString() } })]); },
    ["Step 'S' waits for 'Check', which is a condition: SageMaker may refuse that. Put the step into its branches. [cdk-ml-patterns:afterCondition]"]],
  ['a condition within another', () => warnings([check('Outer', check('Inner'))]),
    ["Step 'Inner' is a condition within the IfSteps of 'Outer': SageMaker may refuse that. [cdk-ml-patterns:nestedCondition]"]],
  ['50 steps', () => warnings(Array.from({ length: 50 }, (_, i) => plain(`S${i}`))), []],
  ['51 steps', () => warnings([check('Check', ...Array.from({ length: 50 }, (_, i) => plain(`S${i}`)))]),
    ['The pipeline has 51 steps; some accounts are said to take no more than 50. [cdk-ml-patterns:manySteps]']],
  ['51 values to compare with', () => warnings([decide('Check', PipelineCondition.none(PipelineExecution.ID.oneOf(...Array.from({ length: 51 }, (_, i) => `v${i}`))) )]),
    ["Step 'Check' holds a list Values of 51 entries in its condition; SageMaker is said to take 50. [cdk-ml-patterns:largeCondition]"]],
  ['21 alternatives', () => warnings([decide('Check', PipelineCondition.any(...Array.from({ length: 21 }, (_, i) => PipelineExecution.ID.equalTo(`v${i}`))) )]),
    ["Step 'Check' holds a list Or of 21 entries in its condition; SageMaker is said to take 20. [cdk-ml-patterns:largeCondition]"]],
  ['21 conditions that must all hold', () => warnings([decide('Check', PipelineCondition.all(...Array.from({ length: 21 }, (_, i) => PipelineExecution.ID.equalTo(`v${i}`))) )]), []],
  ['a misspelt property', () => { const s = training('Fit'); return warnings([s, new FailStep('F', { message: s.property('TrainingJobNme').asString() })]).map(w => w.replace(/it says: .*\. \[/, '… [')); },
    ["Step 'Fit' is asked for 'TrainingJobNme', which SageMaker does not say of a step of type Training; … [cdk-ml-patterns:unknownProperty]"]],
  ['properties that there are', () => { const s = training('Fit'); return warnings([s, new FailStep('F', { message: `${s.property("FinalMetricDataList['a'].Value")} ${s.property('TrainingJobName')}` })]); }, []],
  ['a metric whose path is JSONPath', () => { const s = reporting(); return warnings([s, decide('Check', s.metric('$.a.b').atMost(s.metric('c.d').asNumber()))]); },
    ["Step 'Check' reads the metric '$.a.b': the paths of metrics that AWS shows begin with a name, so without '$.' it is sure to be found. [cdk-ml-patterns:metricPath]"]],
  ['a parameter that nothing uses', () => warnings([plain('S')], { parameters: [PipelineParameter.text('Unused')] }),
    ["Nothing uses the parameter 'Unused', so its value changes nothing. [cdk-ml-patterns:unusedParameter]"]],
  ['a parameter that the experiment uses', () => { const p = PipelineParameter.text('P'); return warnings([plain('S')], { parameters: [p], experiment: PipelineExperiment.named(p.asString()) }); }, []],
  ['a parameter that is used by hand', () => { const s = plain('S'); s.addOverride('Arguments.Environment.X', { Get: 'Parameters.P' }); return warnings([s], { parameters: [PipelineParameter.text('P')] }); }, []],
])('%s', (_, run, expected) => {
  expect(run()).toEqual(expected);
});

describe('a cache', () => {
  test.each<[string, () => PipelineStep[], string[]]>([
    ['of a step that writes apart for each execution is hit', () => [plain('S', { cache })], []],
    ['of a step with a parameter is hit', () => [plain('S', { cache, arguments: [PipelineParameter.text('P').asString()] })], []],
    ['is not hit with the id of the execution', () => [plain('S', { cache, arguments: [`--run=${PipelineExecution.ID}`] })],
      [`Step 'S' ${NEVER} its arguments hold Execution.PipelineExecutionId, which differs in each execution.`]],
    ['is not hit with the time', () => [training('S', { cache, hyperparameters: { seed: PipelineExecution.CURRENT_TIME.asString() } })],
      [`Step 'S' ${NEVER} its arguments hold Execution.CurrentDateTime, which differs in each execution.`]],
    ['that is off does not matter', () => [plain('S', { cache: StepCache.off(), arguments: [PipelineExecution.ID.asString()] })], []],
    ['is not hit behind a step that writes apart for each execution', () => { const p = plain('P'); return [p, reading('S', p.output('out'), { cache })]; },
      [`Step 'S' ${NEVER} it reads the output of 'P', which runs in each execution and writes elsewhere each time: cache 'P' too.`]],
    ['is not hit behind a training', () => { const t = training('T', { destination: 's3://b/models' }); return [t, reading('S', t.modelArtifact, { cache })]; },
      [`Step 'S' ${NEVER} it reads the output of 'T', which runs in each execution and writes elsewhere each time: cache 'T' too.`]],
    ['is not hit behind a tuning', () => {
      const t = new TuningStep('T', {
        trainingJobs: [{
          image,
          channels: [TrainingChannel.csv('a', 's3://b/x')],
          destination: 's3://b/models',
          objective: TuningObjective.minimize('rmse'),
          metricDefinitions: { rmse: 'rmse=(.*)' },
          ranges: [HyperparameterRange.continuous('eta', 0, 1)],
        }],
        maxJobs: 2,
      });
      return [t, reading('S', t.topModelArtifact(0), { cache })];
    }, [`Step 'S' ${NEVER} it reads the output of 'T', which runs in each execution and writes elsewhere each time: cache 'T' too.`]],
    ['is hit behind a step that always writes to one place', () => { const p = plain('P', { outputs: [ProcessingOutput.of('out', { destination: 's3://b/x' })] }); return [p, reading('S', p.output('out'), { cache })]; }, []],
    ['is hit behind another that is', () => { const p = plain('P', { cache }); return [p, reading('S', p.output('out'), { cache })]; }, []],
    ['is not hit behind another that is not', () => { const p = plain('P', { cache, arguments: [PipelineExecution.ARN.asString()] }); return [reading('S', p.output('out'), { cache }), p]; }, [
      `Step 'S' ${NEVER} it reads the output of 'P', which runs in each execution and writes elsewhere each time.`,
      `Step 'P' ${NEVER} its arguments hold Execution.PipelineExecutionArn, which differs in each execution.`,
    ]],
  ])('%s', (_, steps, expected) => {
    expect(warnings(steps())).toEqual(expected.map(text => `${text} [cdk-ml-patterns:cacheNeverHits]`));
  });
});

test('dependencies and overrides that come after the pipeline are seen', () => {
  const stack = new Stack(new App(), 'Stack');
  const [condition, late, cached] = [check('Check'), plain('Late'), plain('Cached', { cache, arguments: [PipelineExecution.ID.asString()] })];
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [condition, late, cached] });
  late.after(condition);
  cached.addDeletionOverride('Arguments.AppSpecification.ContainerArguments');
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Step 'Late' waits for 'Check'.*afterCondition/)]);
});

test.each([
  ['itself', 'cdk-ml-patterns:nestedCondition'], ['itself', 'annotation::cdk-ml-patterns:nestedCondition'], ['the stack', 'cdk-ml-patterns:nestedCondition'],
])('a warning may be accepted before it is made: at %s, as %s', (scope, id) => {
  const stack = new Stack(new App(), 'Stack');
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps: [check('Outer', check('Inner'))] });
  Validations.of(pipeline).acknowledge({ id: 'cdk-ml-patterns:manySteps', reason: 'it is another' });
  Validations.of(scope === 'itself' ? pipeline : stack).acknowledge({ id, reason: 'it works' });
  expect(warningsOf(stack)).toEqual([]);
});

test('an id of another namespace accepts no warning of the library', () => {
  const stack = new Stack(new App(), 'Stack');
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps: [check('Outer', check('Inner'))] });
  pipeline.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { 'other::cdk-ml-patterns:nestedCondition': 'it is another' });
  expect(warningsOf(stack)).toEqual([expect.stringContaining('nestedCondition')]);
});
