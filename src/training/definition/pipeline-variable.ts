import { IResolvable, IResolveContext, Token } from 'aws-cdk-lib';
import { PipelineCondition } from './pipeline-condition';
import { PipelineStep } from '../steps/pipeline-step';

/**
 * A value that is only known while a pipeline runs: a step's output, a parameter, the id of the execution.
 *
 * It travels through the properties of steps as an ordinary string or number, and may be part of a longer string. Numbers that are put into
 * strings must be written with `asString()`, since some languages format the number itself.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-pipeline.html
 */
export class PipelineVariable implements IResolvable {
  /** Where the variable was made; kept empty, since the definition is the same wherever that is. */
  public readonly creationStack: string[] = [];

  /**
   * The step that gives the value.
   *
   * @internal
   */
  public _step?: PipelineStep;

  /**
   * Whether the value is no text, which a definition cannot put where it wants one.
   *
   * @internal
   */
  public _needsText = false;

  /**
   * What it is compared as, if that is known.
   *
   * @internal
   */
  public _kind?: 'text' | 'number' | 'flag';

  /**
   * The value as it stands in a definition.
   *
   * @internal
   */
  public _expression: object;

  /** @internal */
  constructor(
    /** The path by which a pipeline definition gets the value, for example `Steps.Train.ModelArtifacts.S3ModelArtifacts`. */
    public readonly path: string,
  ) {
    this._expression = { Get: path };
  }

  /** The value for a property that takes a string, alone or as part of a longer one. */
  public asString(): string {
    return Token.asString(this);
  }

  /** The value for a property that takes a number. */
  public asNumber(): number {
    return Token.asNumber(this);
  }

  /**
   * The value is at most `value`.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public atMost(value: number): PipelineCondition {
    return PipelineCondition._compare('LessThanOrEqualTo', this, value);
  }

  /**
   * The value is at least `value`.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public atLeast(value: number): PipelineCondition {
    return PipelineCondition._compare('GreaterThanOrEqualTo', this, value);
  }

  /**
   * The value is less than `value`.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public lessThan(value: number): PipelineCondition {
    return PipelineCondition._compare('LessThan', this, value);
  }

  /**
   * The value is greater than `value`.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public greaterThan(value: number): PipelineCondition {
    return PipelineCondition._compare('GreaterThan', this, value);
  }

  /**
   * The value is this text.
   *
   * @param value a text, or a variable's `asString()`
   */
  public equalTo(value: string): PipelineCondition {
    return PipelineCondition._compare('Equals', this, value);
  }

  /**
   * The value is this number.
   *
   * @param value a number, or a variable's `asNumber()`
   */
  public equalToNumber(value: number): PipelineCondition {
    return PipelineCondition._compare('Equals', this, value);
  }

  /**
   * The value is this flag.
   *
   * @param value true or false
   */
  public equalToFlag(value: boolean): PipelineCondition {
    return PipelineCondition._compare('Equals', this, value);
  }

  /**
   * The value is one of these texts.
   *
   * @param values one or more; each may be a variable's `asString()`
   */
  public oneOf(...values: string[]): PipelineCondition {
    return PipelineCondition._oneOf(this, values);
  }

  /**
   * The value is one of these numbers.
   *
   * @param values one or more; each may be a variable's `asNumber()`
   */
  public oneOfNumbers(...values: number[]): PipelineCondition {
    return PipelineCondition._oneOf(this, values);
  }

  /**
   * Called by CDK if the value is used outside a pipeline, which is an error.
   *
   * @param context says where
   */
  public resolve(context: IResolveContext): any {
    throw new Error(`Pipeline variable '${this.path}' is only known while the pipeline runs: it can be used in the steps of a pipeline, not elsewhere in a stack, as in ${placeOf(context)}`);
  }

  /** The same as `asString()`. */
  public toString(): string {
    return this.asString();
  }
}

/** The property of a template that CDK works out, and the construct that it belongs to: `description of 'Stack/Role/Resource'`. */
function placeOf({ scope, documentPath }: IResolveContext): string {
  const [, , section, ...properties] = documentPath;
  const path = section === 'Properties' ? properties : [section, ...properties].filter(p => p !== undefined);
  return path.length === 0 ? `'${scope.node.path}'` : `${path.join('.')} of '${scope.node.path}'`;
}
