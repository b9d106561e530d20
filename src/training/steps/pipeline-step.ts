import { StepContext, StepPermissions } from './step-context';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { PipelineVariable } from '../definition/pipeline-variable';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps.html */
const NAME = /^[A-Za-z0-9\-_]{1,64}$/;
const MAX_TEXT = 3072;

/**
 * What every step can say of itself.
 */
export interface PipelineStepProps {
  /**
   * Name that is shown in SageMaker Studio, up to 256 characters.
   *
   * @default - the name of the step
   */
  readonly displayName?: string;

  /**
   * What the step is for, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;
}

/**
 * A step of a SageMaker pipeline.
 *
 * A step runs after the steps whose output it uses, and after those named with `after`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps.html
 */
export abstract class PipelineStep {
  private readonly dependencies: PipelineStep[] = [];
  private readonly overrides: { path: string[]; value: unknown }[] = [];

  /** @internal */
  constructor(
    /** Name of the step, unique in its pipeline. */
    public readonly stepName: string,
    private readonly stepType: string,
    private readonly common: PipelineStepProps,
  ) {}

  /**
   * Makes this step run after others whose output it does not use.
   *
   * @param steps the others
   */
  public after(...steps: PipelineStep[]): PipelineStep {
    this.dependencies.push(...steps);
    return this;
  }

  /**
   * A value that the step has once it has run.
   *
   * @param path as the service describes the step's job, for example `TrainingJobName`
   */
  public property(path: string): PipelineVariable {
    return new PipelineVariable(`Steps.${this.stepName}.${path}`);
  }

  /**
   * Changes any key of the step in the definition, for what the service can do and this library does not know.
   *
   * @param path keys separated by dots, for example `Arguments.EnableNetworkIsolation`
   * @param value what stands there; may hold variables
   */
  public addOverride(path: string, value: any): void {
    this.overrides.push({ path: path.split('.'), value });
  }

  /**
   * Removes a key of the step from the definition.
   *
   * @param path keys separated by dots, for example `Arguments.ProfilerConfig`
   */
  public addDeletionOverride(path: string): void {
    this.addOverride(path, undefined);
  }

  /** @internal */
  public _check(problems: Problems): void {
    problems.pattern(`step '${this.stepName}'`, this.stepName, NAME, 'have a name of 1 to 64 letters, digits, - and _');
    problems.range(`step '${this.stepName}'.displayName (characters)`, this.common.displayName?.length, 0, 256);
    problems.range(`step '${this.stepName}'.description (characters)`, this.common.description?.length, 0, MAX_TEXT);
  }

  /**
   * The image that the step names.
   *
   * @internal
   */
  public get _image(): SageMakerImage | undefined {
    return undefined;
  }

  /**
   * Says what is legal, but risky.
   *
   * @internal
   */
  public _warn(_context: StepContext): void {}

  /** @internal */
  public _permissions(_context: StepContext): StepPermissions {
    return { pipeline: [], job: [] };
  }

  /**
   * Steps inside this one, and this one.
   *
   * @internal
   */
  public _all(): PipelineStep[] {
    return [this];
  }

  /**
   * Names of the steps that this one is told to run after.
   *
   * @internal
   */
  public get _after(): string[] {
    return this.dependencies.map(d => d.stepName);
  }

  /**
   * The step as it stands in a definition, with variables still as tokens.
   *
   * @internal
   */
  public _render(context: StepContext): object {
    const step: any = {
      Name: this.stepName,
      Type: this.stepType,
      DisplayName: this.common.displayName,
      Description: this.common.description,
      Arguments: this._arguments(context),
      DependsOn: this.dependencies.length > 0 ? this._after : undefined,
      ...this._extra(),
    };
    this.overrides.forEach(({ path, value }) => set(step, path, value));
    return step;
  }

  /**
   * The same without the steps inside.
   *
   * @internal
   */
  public _renderAlone(context: StepContext): object {
    return this._render(context);
  }

  /** @internal */
  protected abstract _arguments(context: StepContext): object;

  /**
   * Keys beside the arguments.
   *
   * @internal
   */
  protected _extra(): object {
    return {};
  }
}

function set(target: any, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
  } else {
    if (typeof target[key] !== 'object' || target[key] === null) { target[key] = {}; }
    set(target[key], rest, value);
  }
}
