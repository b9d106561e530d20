import { Problems } from '../../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HyperParameterTuningJobWarmStartConfig.html */
const MAX_PARENTS = 5;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,31}$/;

/**
 * What a tuning learns from earlier ones.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-warm-start.html
 */
export class TuningWarmStart {
  /**
   * From tunings of the same data and image.
   *
   * @param tuningJobNames names of the tuning jobs, 1 to 5; may be variables of other steps
   */
  public static identicalDataAndAlgorithm(...tuningJobNames: string[]): TuningWarmStart {
    return new TuningWarmStart('IdenticalDataAndAlgorithm', tuningJobNames);
  }

  /**
   * From tunings of other data, or of another version of the image.
   *
   * @param tuningJobNames names of the tuning jobs, 1 to 5; may be variables of other steps
   */
  public static transferLearning(...tuningJobNames: string[]): TuningWarmStart {
    return new TuningWarmStart('TransferLearning', tuningJobNames);
  }

  private constructor(private readonly kind: string, private readonly parents: string[]) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    if (!problems.knownList(name, this.parents)) { return; }
    problems.count(name, this.parents, 1, MAX_PARENTS);
    this.parents.forEach(p => problems.pattern(name, p, NAME, 'name tuning jobs, 1 to 32 letters, digits and dashes'));
  }

  /** @internal */
  public _render(): object {
    return { WarmStartType: this.kind, ParentHyperParameterTuningJobs: this.parents.map(p => ({ HyperParameterTuningJobName: p })) };
  }
}
