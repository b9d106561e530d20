import { Duration, Token } from 'aws-cdk-lib';
import { HyperparameterRange } from './hyperparameter-range';
import { runTunings } from './tuning-permissions';
import { TuningStepProps } from './tuning-step-props';
import { TuningStrategy } from './tuning-strategy';
import { checkTuningTraining, MAX_ENVIRONMENT, renderTuningTraining, trainingOf, tuningInstanceTypes, TuningTrainingJob } from './tuning-training-job';
import { warnLate } from '../../../compliance/late-warning';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { checkSeconds, inSeconds } from '../../../core/units';
import { JobStep } from '../job-step';
import { checkTags } from '../job-tags';
import { StepContext, StepPermissions } from '../step-context';
import { warnOfMetrics } from '../training/metric-definitions';
import { codeParts } from '../training/training-code';
import { checkTrainingIn, trainingPermissions } from '../training/training-job';
import { warnOfTraining } from '../training/training-warnings';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateHyperParameterTuningJob.html */
const MAX_DEFINITIONS = 10;
const MIN_RUNTIME = Duration.minutes(2);
const MAX_RUNTIME = Duration.seconds(15_768_000);
const MIN_WITHOUT_IMPROVEMENT = 3;
const GRID = 'https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-how-it-works.html';

/** Of how many trainings SageMaker tells the names, the best first. */
const RANKED = 50;

/** Every default stands here, and only here. */
const DEFAULTS = { strategy: TuningStrategy.bayesian(), maxParallelJobs: 1 };

/**
 * A step that trains a model many times, to find the best hyperparameters.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-tuning
 */
export class TuningStep extends JobStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props trainings, ranges and limits
   */
  constructor(stepName: string, private readonly props: TuningStepProps) {
    super(stepName, 'Tuning', props);
  }

  /** Name of the best training job. */
  public get bestTrainingJobName(): string {
    return this._variable('BestTrainingJob.TrainingJobName').asString();
  }

  /** Name that SageMaker gave the tuning job. */
  public get tuningJobName(): string {
    return this._variable('HyperParameterTuningJobName').asString();
  }

  /**
   * Name of one of the best training jobs.
   *
   * @param rank 0 is the best, 49 the last that SageMaker tells
   */
  public trainingJobName(rank: number): string {
    if (!Number.isInteger(rank) || rank < 0 || rank >= RANKED) {
      throw new Error(`Step '${this.stepName}': rank must be a whole number between 0 and ${RANKED - 1}, got ${rank}`);
    }
    const { maxJobs } = this.props;
    if (maxJobs !== undefined && !Token.isUnresolved(maxJobs) && rank >= maxJobs) {
      throw new Error(`Step '${this.stepName}': rank must be less than maxJobs, ${maxJobs}, got ${rank}`);
    }
    return this._variable(`TrainingJobSummaries[${rank}].TrainingJobName`).asString();
  }

  /**
   * S3 URI of the model artifact of one of the best training jobs: `model.tar.gz`, or, with `compressOutput: false`, the prefix of its files.
   *
   * @param rank 0 is the best, 49 the last that SageMaker tells
   */
  public topModelArtifact(rank: number): string {
    const { trainingJobs } = this.props;
    const places = new Set(trainingJobs.map(t => t.destination));
    if (places.size > 1) { throw new Error(`Step '${this.stepName}' has trainings with different destinations, so it is not known where the model of one of them is`); }
    const [place] = places;
    const packed = new Set(trainingJobs.map(t => t.compressOutput ?? true));
    if (packed.size > 1) { throw new Error(`Step '${this.stepName}' has trainings with and without compressOutput, so it is not known where the model of one of them is`); }
    const described = `${trainingJobs.length > 1 ? 'TrainingJobDefinitions[0]' : 'TrainingJobDefinition'}.OutputDataConfig.S3OutputPath`;
    const base = place?.replace(/\/$/, '') ?? this._variable(described).asString();
    return `${base}/${this.trainingJobName(rank)}/output/${packed.has(false) ? 'model/' : 'model.tar.gz'}`;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { props, stepName } = this;
    const { trainingJobs, strategy = DEFAULTS.strategy, completion } = props;
    const name = (prop: string) => `step '${stepName}'.${prop}`;
    problems.count(name('trainingJobs'), trainingJobs, 1, MAX_DEFINITIONS);
    this.trainings().forEach(({ place, options }) => {
      checkTuningTraining(place, stepName, options, problems);
      const grid = strategy._name !== 'Grid' || options.ranges.every(r => r._isCategorical);
      problems.check(grid, `${place}.ranges must all be categorical, since a grid takes no others: ${GRID}`);
      const auto = props.autotune ?? false;
      problems.check(auto || !options.ranges.some(r => r._isAuto), `${place}.ranges hold automatic ones, which need autotune: true`);
      problems.check(auto || options.ranges.length > 0, `${place}.ranges must hold at least 1 entry, got 0`);
      problems.check(trainingJobs.length === 1 || options.definitionName !== undefined, `${place}.definitionName must be given, since there are several`);
    });
    problems.unique(`${name('trainingJobs')} names`, trainingJobs.flatMap(t => t.definitionName ?? []));
    const variables = trainingJobs.flatMap(t => Object.keys(t.environment ?? {}));
    problems.count(`${name('trainingJobs')} environment variables`, variables, 0, MAX_ENVIRONMENT);
    strategy._check(name('strategy'), problems);
    problems.check(strategy._name !== 'Hyperband' || !props.earlyStopping, `${name('earlyStopping')} must be false, since Hyperband stops trainings itself`);
    problems.integer(name('maxJobs'), props.maxJobs, 1, Number.MAX_SAFE_INTEGER);
    problems.integer(name('maxParallelJobs'), props.maxParallelJobs, 1, Number.MAX_SAFE_INTEGER);
    problems.atMost(name('maxParallelJobs'), props.maxParallelJobs, 'maxJobs', props.maxJobs);
    checkSeconds(name('maxRuntime'), props.maxRuntime, { min: MIN_RUNTIME.toSeconds(), max: MAX_RUNTIME.toSeconds() }, problems);
    problems.integer(name('completion.maxJobsWithoutImprovement'), completion?.maxJobsWithoutImprovement, MIN_WITHOUT_IMPROVEMENT, Number.MAX_SAFE_INTEGER);
    problems.integer(name('randomSeed'), props.randomSeed, 0, Number.MAX_SAFE_INTEGER);
    props.warmStart?._check(name('warmStart'), problems);
    checkTags(name('tags'), props.tags, problems);
  }

  /** @internal */
  public get _images(): SageMakerImage[] {
    return this.props.trainingJobs.flatMap(t => t.image ?? []);
  }

  /** @internal */
  public _checkIn(context: StepContext, problems: Problems): void {
    this.trainings().forEach(t => checkTrainingIn(trainingOf(t.place, this.stepName, t.options), context, problems));
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const job = this.trainings().flatMap(({ place, options }) => {
      const code = codeParts(options.code, 'toolkit', options.inputMode, context);
      return trainingPermissions(trainingOf(place, this.stepName, options), context, code);
    });
    return { pipeline: runTunings(context.scope), job };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    const { props: { trainingJobs, maxJobs, maxRuntime, completion, strategy, autotune }, stepName } = this;
    for (const training of trainingJobs) {
      warnOfTraining(stepName, training, 'toolkit', context, tuningInstanceTypes(training));
      warnOfMetrics(stepName, training, [training.objective.metricName], context);
    }
    const ends = [maxJobs, maxRuntime, completion].some(limit => limit !== undefined) || strategy?._name === 'Grid' || autotune;
    if (!ends) {
      warnLate(context.scope, 'cdk-ml-patterns:tuningWithoutLimit',
        `Nothing says when the tuning of step '${stepName}' ends, nor what it may cost: give it maxJobs, maxRuntime or completion.`);
    }
  }

  /** @internal */
  protected _arguments(context: StepContext): object {
    const { props, stepName } = this;
    const { trainingJobs, completion, strategy = DEFAULTS.strategy } = props;
    const alone = trainingJobs.length === 1;
    const definitions = this.trainings().map(t => renderTuningTraining(trainingOf(t.place, stepName, t.options), t.options, alone, context));
    const [only] = trainingJobs;
    return {
      HyperParameterTuningJobConfig: {
        ...strategy._render(),
        ResourceLimits: {
          MaxNumberOfTrainingJobs: props.maxJobs,
          MaxParallelTrainingJobs: props.maxParallelJobs ?? DEFAULTS.maxParallelJobs,
          MaxRuntimeInSeconds: inSeconds(props.maxRuntime),
        },
        TrainingJobEarlyStoppingType: props.earlyStopping ?? false ? 'Auto' : 'Off',
        HyperParameterTuningJobObjective: alone ? only.objective._render() : undefined,
        ParameterRanges: alone ? HyperparameterRange._renderAll(only.ranges) : undefined,
        TuningJobCompletionCriteria: completion && {
          TargetObjectiveMetricValue: completion.targetMetric,
          BestObjectiveNotImproving: completion.maxJobsWithoutImprovement === undefined ? undefined : {
            MaxNumberOfTrainingJobsNotImproving: completion.maxJobsWithoutImprovement,
          },
          ConvergenceDetected: completion.onConvergence === undefined ? undefined : { CompleteOnConvergence: completion.onConvergence ? 'Enabled' : 'Disabled' },
        },
        RandomSeed: props.randomSeed,
      },
      TrainingJobDefinition: alone ? definitions[0] : undefined,
      TrainingJobDefinitions: alone ? undefined : definitions,
      WarmStartConfig: props.warmStart?._render(),
      Autotune: props.autotune ?? false ? { Mode: 'Enabled' } : undefined,
      Tags: keyValues(props.tags),
    };
  }

  private trainings(): { place: string; options: TuningTrainingJob }[] {
    return this.props.trainingJobs.map((options, i) => ({ place: `step '${this.stepName}'.trainingJobs[${i}]`, options }));
  }
}
