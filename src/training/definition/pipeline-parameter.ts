import { Token } from 'aws-cdk-lib';
import { PipelineVariable } from './pipeline-variable';
import { Problems } from '../../core/problems';
import { Dataset } from '../../storage/dataset';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Parameter.html */
const NAME = /^[A-Za-z0-9\-_]{1,256}$/;
const MAX_VALUE = 1024;
const NUMBERS = ['Integer', 'Float'];

/** What a whole number may be. */
export const MIN_INTEGER = -(2 ** 31);
export const MAX_INTEGER = 2 ** 31 - 1;

/**
 * Options of a parameter that takes a text.
 */
export interface TextParameterOptions {
  /**
   * Value of an execution that does not give another, up to 1024 characters.
   *
   * @default - every execution must give a value
   */
  readonly defaultValue?: string;

  /**
   * The values that an execution may give, up to 16.
   *
   * @default - any
   */
  readonly allowedValues?: string[];
}

/**
 * Options of a parameter that takes a number.
 */
export interface NumberParameterOptions {
  /**
   * Value of an execution that does not give another.
   *
   * @default - every execution must give a value
   */
  readonly defaultValue?: number;
}

/**
 * Options of a parameter that is true or false.
 */
export interface FlagParameterOptions {
  /**
   * Value of an execution that does not give another.
   *
   * @default - every execution must give a value
   */
  readonly defaultValue?: boolean;
}

/**
 * A parameter of a pipeline, which each execution may set anew. A pipeline has those parameters that its steps use.
 *
 * Parameters are not for secrets: everybody who may describe the pipeline can read them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html
 *
 * @example
 * const rounds = PipelineParameter.integer('Rounds', { defaultValue: 50 });
 * const hyperparameters = { num_round: rounds.asString() };
 */
export class PipelineParameter extends PipelineVariable {
  /**
   * A parameter that takes a text.
   *
   * @param name up to 256 letters, digits, dashes and underscores
   * @param options default and allowed values
   */
  public static text(name: string, options: TextParameterOptions = {}): PipelineParameter {
    return new PipelineParameter(name, 'String', options.defaultValue, options.allowedValues);
  }

  /**
   * A parameter that takes a whole number.
   *
   * @param name up to 256 letters, digits, dashes and underscores
   * @param options default value
   */
  public static integer(name: string, options: NumberParameterOptions = {}): PipelineParameter {
    return new PipelineParameter(name, 'Integer', options.defaultValue);
  }

  /**
   * A parameter that takes any number.
   *
   * @param name up to 256 letters, digits, dashes and underscores
   * @param options default value
   */
  public static number(name: string, options: NumberParameterOptions = {}): PipelineParameter {
    return new PipelineParameter(name, 'Float', options.defaultValue);
  }

  /**
   * A parameter that is true or false.
   *
   * @param name up to 256 letters, digits, dashes and underscores
   * @param options default value
   */
  public static flag(name: string, options: FlagParameterOptions = {}): PipelineParameter {
    return new PipelineParameter(name, 'Boolean', options.defaultValue);
  }

  /**
   * Whether the right to what the default names is given elsewhere, with its key.
   *
   * @internal
   */
  public _isGranted = false;

  /**
   * The data that holds the object whose key this is.
   *
   * @internal
   */
  public _keyIn?: Dataset;

  private constructor(
    /** Name of the parameter. */
    public readonly parameterName: string,
    private readonly valueType: string,
    private readonly defaultValue?: string | number | boolean,
    private readonly allowedValues?: string[],
  ) {
    super(`Parameters.${parameterName}`);
    this._needsText = valueType !== 'String';
    this._kind = valueType === 'String' ? 'text' : valueType === 'Boolean' ? 'flag' : 'number';
  }

  /**
   * The value for a property that takes a number; an error for a parameter that takes none.
   */
  public asNumber(): number {
    if (!NUMBERS.includes(this.valueType)) {
      throw new Error(`Parameter '${this.parameterName}' is no number: make it with PipelineParameter.integer or PipelineParameter.number, or use asString()`);
    }
    return super.asNumber();
  }

  /** @internal */
  public get _defaultValue(): unknown {
    return this.defaultValue;
  }

  /** @internal */
  public get _allowedValues(): string[] | undefined {
    return this.allowedValues;
  }

  /** @internal */
  public _check(problems: Problems): void {
    const name = `parameter '${this.parameterName}'`;
    problems.pattern(name, this.parameterName, NAME, 'have a name of 1 to 256 letters, digits, - and _');
    problems.count(`${name}.allowedValues`, this.allowedValues, 1, 16);
    problems.unique(`${name}.allowedValues`, this.allowedValues ?? []);
    this.allowedValues?.filter(v => !Token.isUnresolved(v)).forEach(v => problems.range(`${name}.allowedValues (characters)`, v.length, 0, MAX_VALUE));
    if (typeof this.defaultValue === 'number') { problems.check(Number.isFinite(this.defaultValue), `${name}.defaultValue must be a number, got ${this.defaultValue}`); }
    if (typeof this.defaultValue === 'string') {
      problems.range(`${name}.defaultValue (characters)`, this.defaultValue.length, 0, MAX_VALUE);
      if (this.allowedValues !== undefined) { problems.oneOf(`${name}.defaultValue`, this.defaultValue, this.allowedValues); }
    }
    if (this.valueType === 'Integer') { problems.integer(`${name}.defaultValue`, this.defaultValue as number | undefined, MIN_INTEGER, MAX_INTEGER); }
  }

  /** @internal */
  public _render(): object {
    return { Name: this.parameterName, Type: this.valueType, DefaultValue: this.defaultValue, EnumValues: this.allowedValues };
  }
}
