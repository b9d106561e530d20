import { Problems } from '../../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputParameter.html */
const MAX_NAME = 256;

/**
 * A value that a Lambda function, or whoever answers a callback, gives back to the pipeline.
 */
export class StepOutput {
  /**
   * A text of up to 1024 characters.
   *
   * @param outputName name of the value, unique in its step
   */
  public static text(outputName: string): StepOutput {
    return new StepOutput(outputName, 'String');
  }

  /**
   * A whole number.
   *
   * @param outputName name of the value, unique in its step
   */
  public static integer(outputName: string): StepOutput {
    return new StepOutput(outputName, 'Integer');
  }

  /**
   * Any number.
   *
   * @param outputName name of the value, unique in its step
   */
  public static number(outputName: string): StepOutput {
    return new StepOutput(outputName, 'Float');
  }

  /**
   * True or false.
   *
   * @param outputName name of the value, unique in its step
   */
  public static flag(outputName: string): StepOutput {
    return new StepOutput(outputName, 'Boolean');
  }

  private constructor(
    /** Name of the value. */
    public readonly outputName: string,
    private readonly valueType: string,
  ) {}

  /** @internal */
  public get _isText(): boolean {
    return this.valueType === 'String';
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} name`, this.outputName, /^[^']+$/, "be text without '");
    problems.range(`${name} name (characters)`, this.outputName.length, 0, MAX_NAME);
  }

  /** @internal */
  public _render(): object {
    return { OutputName: this.outputName, OutputType: this.valueType };
  }
}
