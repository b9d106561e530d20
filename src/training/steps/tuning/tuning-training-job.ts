import { Size } from 'aws-cdk-lib';
import { HyperparameterRange } from './hyperparameter-range';
import { TuningObjective } from './tuning-objective';
import { Problems } from '../../../core/problems';
import { gibibytes } from '../../../core/units';
import { checkInstanceType, checkRunsOn, checkVolumeSize, volumeKey } from '../instances';
import { StepContext } from '../step-context';
import { checkMetrics } from '../training/metric-definitions';
import { instanceTypes, isSpecial } from '../training/training-cluster';
import { codeParts } from '../training/training-code';
import { checkTraining, renderTraining, TrainingJob } from '../training/training-job';
import { TrainingJobOptions } from '../training/training-job-options';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTrainingJobDefinition.html */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,63}$/;
const MAX_INSTANCES = 6;

/** Of all definitions together. */
export const MAX_ENVIRONMENT = 48;

/**
 * Instances that a tuning may use.
 */
export interface TuningInstanceConfig {
  /** Type of the instances, for example `ml.m5.xlarge`, or a parameter. */
  readonly instanceType: string;

  /**
   * Number of instances, or a parameter.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;
}

/** Every default stands here, and only here. */
const DEFAULTS = { instanceCount: 1, volumeSize: Size.gibibytes(30) };

/**
 * The trainings that a tuning starts, and what it looks for.
 */
export interface TuningTrainingJob extends TrainingJobOptions {
  /** What the tuning makes better: a metric, which `metricDefinitions` must define unless an algorithm of AWS does. */
  readonly objective: TuningObjective;

  /** The hyperparameters that are looked for, up to 30 of a kind. Those that stay the same are `hyperparameters`. */
  readonly ranges: HyperparameterRange[];

  /**
   * Name that tells it from the other ones of the same tuning, up to 64 letters, digits and dashes.
   *
   * @default - none for the only one; several must have one
   */
  readonly definitionName?: string;

  /**
   * Instances to choose from, 1 to 6, the preferred ones first, in place of `instanceType`, `instanceCount` and `volumeSize`.
   *
   * @default - all trainings have the same
   */
  readonly instanceConfigs?: TuningInstanceConfig[];
}

/**
 * As the functions for trainings want it.
 *
 * @internal
 */
export function trainingOf(place: string, stepName: string, options: TuningTrainingJob): TrainingJob {
  return { place, segments: [stepName], options, maxEnvironment: MAX_ENVIRONMENT, launcher: 'toolkit' };
}

/** @internal */
export function checkTuningTraining(place: string, stepName: string, options: TuningTrainingJob, problems: Problems): void {
  const { objective, ranges, definitionName, instanceConfigs, metricDefinitions, hyperparameters = {}, keepAlivePeriod } = options;
  options.image?._check(`${place}.image`, problems);
  checkTraining(trainingOf(place, stepName, options), problems);
  checkRunsOn(`${place}.image`, options.image, tuningInstanceTypes(options), problems);
  objective._check(`${place}.objective`, problems);
  checkMetrics(place, metricDefinitions, [objective.metricName], problems);
  HyperparameterRange._checkAll(`${place}.ranges`, ranges, problems);
  const fixed = ranges.map(r => r.hyperparameter).filter(h => hyperparameters[h] !== undefined);
  problems.check(fixed.length === 0, `${place}.hyperparameters must not hold what is looked for: ${fixed.join(', ')}`);
  problems.pattern(`${place}.definitionName`, definitionName, NAME, 'be 1 to 64 letters, digits and dashes');
  problems.count(`${place}.instanceConfigs`, instanceConfigs, 1, MAX_INSTANCES);
  const one = options.instanceType === undefined && options.instanceCount === undefined && options.volumeSize === undefined && !isSpecial(options);
  problems.check(instanceConfigs === undefined || one, `${place}.instanceConfigs say all of the instances: leave out the other properties of instances`);
  problems.check(keepAlivePeriod === undefined, `${place}.keepAlivePeriod cannot be said, since a tuning keeps its instances by itself`);
  instanceConfigs?.forEach((config, i) => {
    checkInstanceType(`${place}.instanceConfigs[${i}].instanceType`, config.instanceType, problems);
    problems.integer(`${place}.instanceConfigs[${i}].instanceCount`, config.instanceCount, 1, Number.MAX_SAFE_INTEGER);
    checkVolumeSize(`${place}.instanceConfigs[${i}].volumeSize`, config.volumeSize, problems);
  });
}

/**
 * `alone` says that the objective and the ranges stand with the tuning itself.
 *
 * @internal
 */
export function renderTuningTraining(training: TrainingJob, options: TuningTrainingJob, alone: boolean, context: StepContext): object {
  const code = codeParts(options.code, 'toolkit', options.inputMode, context);
  const { HyperParameters, ResourceConfig, ...common } = renderTraining(training, context, code);
  return {
    DefinitionName: options.definitionName,
    TuningObjective: alone ? undefined : options.objective._render(),
    HyperParameterRanges: alone ? undefined : HyperparameterRange._renderAll(options.ranges),
    StaticHyperParameters: HyperParameters,
    ...common,
    ...isSpecial(options) ? { ResourceConfig } : { HyperParameterTuningResourceConfig: renderInstances(options, context) ?? ResourceConfig },
  };
}

/**
 * The types of all instances that it may use.
 *
 * @internal
 */
export function tuningInstanceTypes(options: TuningTrainingJob): string[] {
  return options.instanceConfigs?.map(c => c.instanceType) ?? instanceTypes(options);
}

function renderInstances({ instanceConfigs }: TuningTrainingJob, { protection }: StepContext): object | undefined {
  const keys = instanceConfigs?.map(c => volumeKey(c.instanceType, { protection })) ?? [];
  return instanceConfigs && {
    AllocationStrategy: 'Prioritized',
    InstanceConfigs: instanceConfigs.map(c => ({
      InstanceType: c.instanceType,
      InstanceCount: c.instanceCount ?? DEFAULTS.instanceCount,
      VolumeSizeInGB: gibibytes(c.volumeSize ?? DEFAULTS.volumeSize),
    })),
    VolumeKmsKeyId: keys.every(k => k !== undefined) ? keys[0] : undefined,
  };
}
