import { Role } from 'aws-cdk-lib/aws-iam';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import {
  AutoMLChannel, AutoMLStep, CallbackStep, CheckDatasetFormat, ConditionStep, EmrServerlessApplication, EmrServerlessJob, EmrServerlessStep,
  EndpointConfigStep, FailStep, HyperparameterRange, LambdaStep, ModelStep, QualityCheck, QualityCheckStep, StepModel, StepOutput, StepVariant,
  TuningObjective, TuningStep, IModelRegistry, PipelineCondition, PipelineExecution, PipelineParameter, PipelineStep, PipelineVariable,
  ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep, SageMakerImage, StepCache, StepRetry, TrainingChannel, TrainingStep,
  TransformStep,
} from '../../src';

/** What a random step is made of; numbers choose among what there is where the step stands. */
interface Plan {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly numbers: number[];
  readonly ifSteps: Plan[];
  readonly elseSteps: Plan[];
}

/** A step, and what others can take of it. */
interface Made {
  readonly step: PipelineStep;
  readonly uris?: string[];
  readonly values?: PipelineVariable[];
  /** Whether others may wait for it. */
  readonly last?: boolean;
}

/** What a step can take of those before it. */
interface Choice {
  readonly name: string;
  readonly registry: IModelRegistry;
  /** A URI: a literal, a parameter, or an output of a step before, perhaps with something behind it. */
  uri(): string;
  /** A text, perhaps with variables in it. */
  text(): string;
  /** A number, perhaps a parameter. */
  count(): number;
  value(): PipelineVariable;
  condition(): PipelineCondition;
  cache(): StepCache | undefined;
  retries(): StepRetry[] | undefined;
  inside(plans: 'ifSteps' | 'elseSteps'): PipelineStep[];
}

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

/** One line for each type of step. */
const KINDS: Record<string, (c: Choice) => Made> = {
  Processing: c => made(new ProcessingStep(c.name, {
    image,
    inputs: [ProcessingInput.s3('in', c.uri())],
    outputs: ['a', 'b'].map(o => ProcessingOutput.of(o)),
    report: { outputName: 'b', path: 'r.json' },
    arguments: [c.text()],
    environment: { A: c.text() },
    instanceCount: c.count(),
    cache: c.cache(),
    retries: c.retries(),
  }), s => ({ uris: [s.output('a'), `${s.output('b')}/part`], values: [s.metric('a.b'), s.property('ProcessingJobArn')] })),
  Training: c => made(new TrainingStep(c.name, {
    image,
    channels: [TrainingChannel.csv('a', c.uri()), TrainingChannel.s3('b', c.uri())],
    hyperparameters: { a: c.text(), n: c.value().asString() },
    instanceCount: c.count(),
    cache: c.cache(),
    retries: c.retries(),
  }), s => ({ uris: [s.modelArtifact], values: [s.finalMetric('rmse'), s.property('BillableTimeInSeconds')] })),
  Transform: c => made(new TransformStep(c.name, { modelName: 'churn', input: c.uri(), environment: { A: c.text() }, cache: c.cache(), retries: c.retries() }),
    s => ({ uris: [s.transformOutput] })),
  RegisterModel: c => made(new RegisterModelStep(c.name, {
    registry: c.registry, image, modelArtifact: c.uri(), contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'], environment: { A: c.text() },
  }), s => ({ values: [s.property('ModelPackageArn')] })),
  Tuning: c => made(new TuningStep(c.name, {
    trainingJobs: [{
      image,
      channels: [TrainingChannel.csv('a', c.uri())],
      hyperparameters: { a: c.text() },
      metricDefinitions: { rmse: 'rmse=(.*)' },
      objective: TuningObjective.minimize('rmse'),
      ranges: [HyperparameterRange.continuous('eta', 0.01, 0.5)],
    }],
    maxJobs: 4,
    cache: c.cache(),
    retries: c.retries(),
  }), s => ({ uris: [s.topModelArtifact(0)], values: [s.property('BestTrainingJob.TrainingJobName')] })),
  Model: c => made(new ModelStep(c.name, {
    model: StepModel.fromContainer({ image, modelArtifact: c.uri(), environment: { A: c.text() } }), retries: c.retries(),
  }), s => ({ values: [s.property('ModelName')] })),
  AutoML: c => made(new AutoMLStep(c.name, { channels: [AutoMLChannel.training(c.uri(), { targetAttributeName: 'y' })], cache: c.cache() }),
    s => ({ uris: [s.modelInsightsReport] })),
  QualityCheck: c => made(new QualityCheckStep(c.name, {
    dataset: c.uri(), check: QualityCheck.dataQuality({ format: CheckDatasetFormat.csv() }), registry: c.registry, cache: c.cache(),
  }), s => ({ uris: [s.calculatedBaselineConstraints] })),
  Lambda: c => made(new LambdaStep(c.name, {
    lambdaFunction: Function.fromFunctionName(c.registry, c.name, 'judge'),
    inputs: { a: c.text() },
    outputs: [StepOutput.number('n'), StepOutput.text('t')],
    cache: c.cache(),
  }), s => ({ values: [s.output('n'), s.output('t')] })),
  Callback: c => made(new CallbackStep(c.name, {
    queue: Queue.fromQueueArn(c.registry, c.name, 'arn:aws:sqs:eu-west-1:111122223333:asked'), inputs: { a: c.text() }, outputs: [StepOutput.text('t')],
  }), s => ({ values: [s.output('t')] })),
  EndpointConfig: c => made(new EndpointConfigStep(c.name, { variants: [StepVariant.instances('churn')], retries: c.retries() }),
    s => ({ values: [s.property('EndpointConfigName')] })),
  EMRServerless: c => made(new EmrServerlessStep(c.name, {
    application: EmrServerlessApplication.existingFromId('00f1'),
    job: EmrServerlessJob.spark({ entryPoint: c.uri(), arguments: [c.text()] }),
    executionRole: Role.fromRoleName(c.registry, c.name, 'spark'),
    cache: c.cache(),
  }), () => ({})),
  Fail: c => ({ step: new FailStep(c.name, { message: `x${c.text()}` }), last: true }),
  Condition: c => ({ step: new ConditionStep(c.name, { condition: c.condition(), ifSteps: c.inside('ifSteps'), elseSteps: c.inside('elseSteps') }), last: true }),
};

function made<S extends PipelineStep>(step: S, give: (step: S) => Omit<Made, 'step'>): Made {
  return { step, ...give(step) };
}

const { plan: PLAN } = fc.letrec<{ plan: Plan; branch: Plan[] }>(tie => ({
  plan: fc.record({
    kind: fc.constantFrom(...Object.keys(KINDS)),
    name: fc.stringMatching(/^[A-Za-z0-9_-]{0,50}$/),
    text: fc.string({ maxLength: 20 }),
    numbers: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
    ifSteps: tie('branch'),
    elseSteps: tie('branch'),
  }),
  branch: fc.oneof({ maxDepth: 2, depthSize: 'small' }, fc.constant<Plan[]>([]), fc.array(tie('plan'), { maxLength: 3 })),
}));

/** Plans of a pipeline: steps, some of them conditions with steps inside. */
export const PLANS: fc.Arbitrary<Plan[]> = fc.array(PLAN, { minLength: 1, maxLength: 8 });

/** A pipeline as it was made. */
export interface RandomPipeline {
  readonly steps: PipelineStep[];
  readonly parameters: PipelineParameter[];
}

/** Makes the steps; each takes of those that it can see. */
export function makeSteps(plans: Plan[], registry: IModelRegistry): RandomPipeline {
  const parameters = {
    uri: PipelineParameter.text('Uri', { defaultValue: 's3://bucket/default' }),
    text: PipelineParameter.text('Text', { allowedValues: ['x', 'y'] }),
    count: PipelineParameter.integer('Count', { defaultValue: 2 }),
    number: PipelineParameter.number('Number'),
    flag: PipelineParameter.flag('Flag', { defaultValue: true }),
  };
  let count = 0;
  const make = (inside: Plan[], before: Made[]): PipelineStep[] => {
    const seen = [...before];
    return inside.map(plan => {
      let used = 0;
      const next = () => plan.numbers[used++ % plan.numbers.length];
      const one = <T>(of: T[]): T => of[next() % of.length];
      const values = () => [...Object.values(parameters), PipelineExecution.ID, PipelineExecution.START_TIME, ...seen.flatMap(m => m.values ?? [])];
      const comparable = (kind: string) => one(values().filter(v => v._kind === undefined || v._kind === kind));
      const comparison = (): PipelineCondition => one([
        () => comparable('number').atMost(1.5), () => parameters.flag.equalToFlag(false),
        () => comparable('text').oneOf('a', PipelineExecution.PIPELINE_NAME.asString()),
        () => comparable('number').lessThan(parameters.count.asNumber()), () => parameters.number.oneOfNumbers(1, 2),
        () => parameters.text.equalTo(one(values()).asString()),
      ])();
      const result = KINDS[plan.kind]({
        name: `${plan.name}-${count++}`,
        registry,
        uri: () => one(['s3://bucket/literal', parameters.uri.asString(), `${parameters.uri}/below`, ...seen.flatMap(m => m.uris ?? [])]),
        text: () => one([plan.text, `${plan.text}${one(values())}`, one(values()).asString(), `${one(values())}/${one(values())}`]),
        count: () => one([1, parameters.count.asNumber()]),
        value: () => one(values()),
        condition: () => one([comparison, () => PipelineCondition.any(comparison(), comparison()), () => PipelineCondition.none(comparison()),
          () => PipelineCondition.all(comparison(), PipelineCondition.any(PipelineCondition.all(comparison(), comparison()), comparison()))])(),
        cache: () => one([undefined, StepCache.neverExpiring(), StepCache.off()]),
        retries: () => one([undefined, [StepRetry.onCapacity()], [StepRetry.onServiceErrors({ maxAttempts: 3 }), StepRetry.onJobErrors()]]),
        inside: key => make(plan[key], seen),
      });
      const waited = seen.filter(m => m.last !== true).map(m => m.step);
      if (waited.length > 0 && next() % 3 === 0) {
        const { step } = result;
        one([(s: PipelineStep) => step.after(s), (s: PipelineStep) => step.afterFailed(s), (s: PipelineStep) => step.afterEnded(s)])(one(waited));
      }
      seen.push(result);
      return result.step;
    });
  };
  return { steps: make(plans, []), parameters: Object.values(parameters) };
}
