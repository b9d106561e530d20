import { Token } from 'aws-cdk-lib';
import { Problems } from '../../../core/problems';
import { numberText } from '../../definition/number-text';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ParameterRanges.html */
const MAX_RANGES = 30;
const MAX_AUTO = 100;
const MAX_VALUES = 30;
const TEXT = /^[^]{0,256}$/;

/** In the order in which the SDK writes them. */
const LISTS = ['ContinuousParameterRanges', 'CategoricalParameterRanges', 'IntegerParameterRanges', 'AutoParameters'] as const;
type List = typeof LISTS[number];

/**
 * How values are spread over a range while a tuning looks for the best.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-define-ranges.html
 */
export enum HyperparameterScaling {
  /** SageMaker decides. */
  AUTO = 'Auto',

  /** Evenly. */
  LINEAR = 'Linear',

  /** Evenly by powers, for ranges above 0 that span several of them. */
  LOGARITHMIC = 'Logarithmic',

  /** Evenly by powers of the distance to 1, for ranges within 0 and 1. */
  REVERSE_LOGARITHMIC = 'ReverseLogarithmic',
}

/**
 * A hyperparameter that a tuning looks for.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-define-ranges.html
 */
export class HyperparameterRange {
  /**
   * Any number between two.
   *
   * @param hyperparameter its name
   * @param min the least value, or a parameter's `asNumber()`
   * @param max the greatest value, or a parameter's `asNumber()`
   * @param scaling how values are spread; SageMaker decides if it is left out
   */
  public static continuous(hyperparameter: string, min: number, max: number, scaling?: HyperparameterScaling): HyperparameterRange {
    return HyperparameterRange.between('ContinuousParameterRanges', hyperparameter, [min, max], scaling);
  }

  /**
   * A whole number between two.
   *
   * @param hyperparameter its name
   * @param min the least value, or a parameter's `asNumber()`
   * @param max the greatest value, or a parameter's `asNumber()`
   * @param scaling how values are spread; SageMaker decides if it is left out
   */
  public static integer(hyperparameter: string, min: number, max: number, scaling?: HyperparameterScaling): HyperparameterRange {
    return HyperparameterRange.between('IntegerParameterRanges', hyperparameter, [min, max], scaling);
  }

  /**
   * One of some texts.
   *
   * @param hyperparameter its name
   * @param values 1 to 30 texts of up to 256 characters
   */
  public static categorical(hyperparameter: string, values: string[]): HyperparameterRange {
    return new HyperparameterRange(hyperparameter, 'CategoricalParameterRanges', { Values: values }, [], values);
  }

  /**
   * A value for which SageMaker finds the range itself; needs `autotune` of the step.
   *
   * @param hyperparameter its name
   * @param example a value that makes sense
   */
  public static auto(hyperparameter: string, example: string): HyperparameterRange {
    return new HyperparameterRange(hyperparameter, 'AutoParameters', { ValueHint: example }, [], [example]);
  }

  /** @internal */
  public static _checkAll(name: string, ranges: HyperparameterRange[], problems: Problems): void {
    LISTS.forEach(list => problems.count(`${name} (${list})`, ranges.filter(r => r.list === list), 0, list === 'AutoParameters' ? MAX_AUTO : MAX_RANGES));
    problems.unique(`${name} names`, ranges.map(r => r.hyperparameter));
    ranges.forEach((range, i) => range.check(`${name}[${i}]`, problems));
  }

  /** @internal */
  public static _renderAll(ranges: HyperparameterRange[]): object | undefined {
    const lists = LISTS.map(list => [list, ranges.filter(r => r.list === list).map(r => ({ Name: r.hyperparameter, ...r.rendered }))] as const);
    return ranges.length === 0 ? undefined : Object.fromEntries(lists.filter(([, members]) => members.length > 0));
  }

  private static between(list: List, hyperparameter: string, [min, max]: number[], scaling = HyperparameterScaling.AUTO): HyperparameterRange {
    return new HyperparameterRange(hyperparameter, list, { MinValue: numberText(min), MaxValue: numberText(max), ScalingType: scaling }, [min, max]);
  }

  private constructor(
    /** Name of the hyperparameter. */
    public readonly hyperparameter: string,
    private readonly list: List,
    private readonly rendered: { readonly [key: string]: unknown },
    private readonly bounds: number[],
    private readonly values?: string[],
  ) {}

  /** @internal */
  public get _isCategorical(): boolean {
    return this.list === 'CategoricalParameterRanges';
  }

  /** @internal */
  public get _isAuto(): boolean {
    return this.list === 'AutoParameters';
  }

  private check(name: string, problems: Problems): void {
    const { bounds, values, list } = this;
    problems.pattern(`${name} name`, this.hyperparameter, /^.{1,256}$/, 'be 1 to 256 characters');
    if (bounds.length > 0) { problems.atMost(`${name} min`, bounds[0], 'max', bounds[1]); }
    this.checkScaling(name, problems);
    if (list === 'IntegerParameterRanges') {
      bounds.forEach((b, i) => problems.integer(`${name} ${i === 0 ? 'min' : 'max'}`, b, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
    }
    if (values === undefined || !problems.knownList(`${name} values`, values)) { return; }
    problems.count(`${name} values`, values, 1, MAX_VALUES);
    values.forEach(v => problems.pattern(`${name} values`, v, TEXT, 'be up to 256 characters'));
  }

  /** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContinuousParameterRange.html */
  private checkScaling(name: string, problems: Problems): void {
    const { bounds: [min, max], rendered: { ScalingType: scaling } } = this;
    const known = (value: number | undefined): value is number => value !== undefined && !Token.isUnresolved(value);
    problems.check(scaling !== HyperparameterScaling.LOGARITHMIC || !known(min) || min > 0, `${name} min must be greater than 0, since its scaling is logarithmic, got ${min}`);
    if (scaling !== HyperparameterScaling.REVERSE_LOGARITHMIC) { return; }
    problems.check(!known(min) || min >= 0, `${name} min must be at least 0, since its scaling is reverse logarithmic, got ${min}`);
    problems.check(!known(max) || max < 1, `${name} max must be less than 1, since its scaling is reverse logarithmic, got ${max}`);
  }
}
