import { Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { pipelineOf } from './pipeline-of';
import {
  AutoMLChannel, AutoMLStep, EmrServerlessApplication, EmrServerlessJob, EmrServerlessStep, EndpointConfigStep, HyperparameterRange,
  InferenceComponentStep,
  PipelineParameter, PipelineStep, ProcessingStep, SageMakerImage, SageMakerPipelineProps, StepCache, StepRetry, StepVariant, TrainingChannel,
  TrainingProfiler,
  TrainingStep, TrainingStepProps, TuningObjective, TuningStep,
} from '../../../src';
import { errorOf } from '../../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const channels = [TrainingChannel.s3('a', 's3://lake/a/')];
const training = (props: Partial<TrainingStepProps>) => new TrainingStep('S', { image, channels, ...props });
const application = EmrServerlessApplication.existingFromId('00f1r2s3t4u5v6w7');
const executionRole = Role.fromRoleArn(new Stack(), 'Role', 'arn:aws:iam::111122223333:role/Spark');
const variant = (props: object) => new EndpointConfigStep('S', { variants: [StepVariant.instances('m', props)] });
const component = (props: object) => new InferenceComponentStep('S', { inferenceComponentName: 'i', endpointName: 'e', modelName: 'm', memorySize: Size.gibibytes(1), ...props });

type Make = (duration: Duration) => PipelineStep;

const SECONDS: [string, Make][] = [
  ['maxRuntime', maxRuntime => new ProcessingStep('S', { image, maxRuntime })],
  ['maxRuntime', maxRuntime => training({ maxRuntime })],
  ['maxPendingTime', maxPendingTime => training({ maxPendingTime })],
  ['keepAlivePeriod', keepAlivePeriod => training({ keepAlivePeriod })],
  ['spot.maxWait', maxWait => training({ maxRuntime: Duration.seconds(1), spot: { maxWait } })],
  ['maxRuntime', maxRuntime => new TuningStep('S', {
    maxRuntime, trainingJobs: [{ image, channels, objective: TuningObjective.minimize('m'), metricDefinitions: { m: 'm' }, ranges: [HyperparameterRange.continuous('x', 0, 1)] }],
  })],
  ['maxRuntime', maxRuntime => new AutoMLStep('S', { channels: [AutoMLChannel.training('s3://lake/a/', { targetAttributeName: 'y' })], maxRuntime })],
  ['maxTrainingRuntime', maxTrainingRuntime => new AutoMLStep('S', { channels: [AutoMLChannel.training('s3://lake/a/', { targetAttributeName: 'y' })], maxTrainingRuntime })],
  ['variants[0].containerStartupTimeout', containerStartupTimeout => variant({ containerStartupTimeout })],
  ['variants[0].modelDownloadTimeout', modelDownloadTimeout => variant({ modelDownloadTimeout })],
  ['containerStartupTimeout', containerStartupTimeout => component({ containerStartupTimeout })],
  ['modelDownloadTimeout', modelDownloadTimeout => component({ modelDownloadTimeout })],
  ['retries[0].interval', interval => training({ retries: [StepRetry.onCapacity({ interval })] })],
];

const MINUTES: [string, Make][] = [
  ['maxRuntime', maxRuntime => new EmrServerlessStep('S', { application, job: EmrServerlessJob.spark({ entryPoint: 's3://lake/app.py' }), executionRole, maxRuntime })],
  ['retries[0].expireAfter', expireAfter => training({ retries: [StepRetry.onCapacity({ expireAfter })] })],
];

const problemsOf = (step: PipelineStep, props?: Partial<SageMakerPipelineProps>) => errorOf(() => pipelineOf(() => [step], props)).split('\n');
const later = Lazy.number({ produce: () => 3600 });
const HEAD = "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:";

describe('a duration is ours to refuse, not CDK\'s', () => {
  test.each(SECONDS)('%s of part of a second', (prop, make) => {
    const [head, problem, ...more] = problemsOf(make(Duration.millis(1_800_500)));
    expect([head, more]).toEqual([HEAD, []]);
    expect(problem).toMatch(new RegExp(`^  - step 'S'\\.${prop.replace(/[[\]]/g, '\\$&')} \\(seconds\\) must be a whole number (between \\d+ and|of at least) \\d+, got 1800\\.5$`));
  });

  test.each(MINUTES)('%s of part of a minute', (prop, make) => {
    const [head, problem, ...more] = problemsOf(make(Duration.seconds(90)));
    expect([head, more]).toEqual([HEAD, []]);
    expect(problem).toMatch(new RegExp(`^  - step 'S'\\.${prop.replace(/[[\]]/g, '\\$&')} \\(minutes\\) must be a whole number (between \\d+ and|of at least) \\d+, got 1\\.5$`));
  });

  test.each([...SECONDS.map(row => ['seconds', ...row] as const), ...MINUTES.map(row => ['minutes', ...row] as const)])('what is only known later is in %s: %s', (unit, prop, make) => {
    expect(problemsOf(make(Duration.hours(later)))).toEqual([
      HEAD, `  - step 'S'.${prop} must be made by Duration.${unit}(…), since its value is only known later and cannot be converted, got Duration.hours(…)`,
    ]);
    expect(() => pipelineOf(() => [make(unit === 'seconds' ? Duration.seconds(later) : Duration.minutes(later))])).not.toThrow();
  });

  test('a parameter is one that is only known later', () => {
    const step = training({ maxRuntime: Duration.seconds(PipelineParameter.integer('MaxRuntime', { defaultValue: 60 }).asNumber()) });
    expect(pipelineOf(() => [step]).step().Arguments.StoppingCondition).toEqual({ MaxRuntimeInSeconds: { Get: 'Parameters.MaxRuntime' } });
  });

  test('of a profiler, of a cache and of guard rails', () => {
    expect(problemsOf(training({ profiler: TrainingProfiler.enabled({ interval: Duration.seconds(later) }) }))).toEqual([
      HEAD, "  - step 'S'.profiler.interval must be made by Duration.millis(…), since its value is only known later and cannot be converted, got Duration.seconds(…)",
    ]);
    expect(problemsOf(training({ cache: StepCache.expiringAfter(Duration.days(later)) }))).toEqual([
      HEAD, "  - step 'S'.cache must expire after a time that is known at synth, since it is written as a text",
    ]);
    expect(problemsOf(training({}), { guardRails: { maxRuntime: Duration.millis(1500), maxKeepAlive: Duration.hours(later) } })).toEqual([
      "SageMakerPipeline at 'Stack/Pipeline' has 2 problems:",
      '  - guardRails.maxRuntime (seconds) must be a whole number between 1 and 2419200, got 1.5',
      '  - guardRails.maxKeepAlive must be made by Duration.seconds(…), since its value is only known later and cannot be converted, got Duration.hours(…)',
    ]);
  });
});
