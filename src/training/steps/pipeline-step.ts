import { Token } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { setAt } from './override';
import { MadePipeline, StepContext, StepPermissions } from './step-context';
import { CacheableStepProps, PipelineStepProps, RetryableStepProps } from './step-props';
import { StepBranch } from '../../compliance/step-branches';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { Problems } from '../../core/problems';
import { inOrder } from '../../core/sorted';
import { Permission } from '../../identity/permission-statement';
import { PipelineVariable } from '../definition/pipeline-variable';
import { isNoText } from '../definition/step-members';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps.html */
const NAME = /^[A-Za-z0-9\-_]{1,64}$/;
const MAX_TEXT = 3072;

/** How another step must have ended so that this one runs; undefined means that it succeeded. */
type Trigger = 'Failed' | 'Stopped' | 'Any';

/**
 * Steps inside of a step.
 *
 * @internal
 */
export interface Branch {
  readonly key: StepBranch;
  readonly steps: PipelineStep[];
}

/**
 * A step of a SageMaker pipeline.
 *
 * A step runs after the steps whose output it uses, and after those named with `after`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps.html
 */
export abstract class PipelineStep {
  private readonly dependencies: { step: PipelineStep; trigger?: Trigger }[] = [];
  private readonly overrides: { path: string; value: unknown }[] = [];
  private readonly properties: string[] = [];

  /** @internal */
  constructor(
    /** Name of the step, unique in its pipeline. */
    public readonly stepName: string,
    /** @internal */
    public readonly _type: string,
    private readonly common: PipelineStepProps,
  ) {}

  /**
   * Makes this step run after others whose output it does not use, if they succeed.
   *
   * @param steps the others
   */
  public after(...steps: PipelineStep[]): PipelineStep {
    return this.wait(steps);
  }

  /**
   * Makes this step run if another fails. The execution ends as `CompletedWithFailures`.
   *
   * @param steps the others
   */
  public afterFailed(...steps: PipelineStep[]): PipelineStep {
    return this.wait(steps, 'Failed');
  }

  /**
   * Makes this step run if another is stopped.
   *
   * @param steps the others
   */
  public afterStopped(...steps: PipelineStep[]): PipelineStep {
    return this.wait(steps, 'Stopped');
  }

  /**
   * Makes this step run after others, however they end.
   *
   * @param steps the others
   */
  public afterEnded(...steps: PipelineStep[]): PipelineStep {
    return this.wait(steps, 'Any');
  }

  /**
   * A value that the step has once it has run.
   *
   * @param path as the service describes the step's job, for example `TrainingJobName`
   */
  public property(path: string): PipelineVariable {
    this.properties.push(path);
    return this._variable(path, isNoText(path));
  }

  /**
   * Changes any key of the step in the definition, for what the service can do and this library does not know.
   *
   * @param path keys separated by dots, for example `Arguments.EnableNetworkIsolation`; numbers count list entries from 0, `\\.` is a dot in a key
   * @param value what stands there; may hold variables
   */
  public addOverride(path: string, value: any): void {
    this.overrides.push({ path, value: inOrder(value) });
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
  public _variable(path: string, needsText = false): PipelineVariable {
    const variable = new PipelineVariable(`Steps.${this.stepName}.${path}`);
    variable._step = this;
    variable._needsText = needsText;
    return variable;
  }

  /** @internal */
  public _check(problems: Problems): void {
    const { displayName, description, cache, retries } = this.said;
    const name = `step '${this.stepName}'`;
    problems.check(!Token.isUnresolved(this.stepName), `${name} must have a name that is known at synth: others refer to the step by it`);
    problems.pattern(name, this.stepName, NAME, 'have a name of 1 to 64 letters, digits, - and _');
    problems.range(`${name}.displayName (characters)`, displayName?.length, 0, 256);
    problems.range(`${name}.description (characters)`, description?.length, 0, MAX_TEXT);
    cache?._check(`${name}.cache`, problems);
    problems.knownList(`${name}.retries`, retries);
    retries?.forEach((retry, i) => retry._check(`${name}.retries[${i}]`, problems));
  }

  /**
   * What the step's job makes by itself, as the arguments of what it calls would say it, as far as that is known.
   *
   * @internal
   */
  public _madeByJob(): { kind: string; said: object }[] {
    return [];
  }

  /**
   * What is wrong with the step in the pipeline around it: its network, its isolation.
   *
   * @internal
   */
  public _checkIn(_context: StepContext, _problems: Problems): void {}

  /**
   * The image that the step names.
   *
   * @internal
   */
  public get _image(): SageMakerImage | undefined {
    return undefined;
  }

  /**
   * All images that the step names.
   *
   * @internal
   */
  public get _images(): SageMakerImage[] {
    return this._image === undefined ? [] : [this._image];
  }

  /**
   * Whether that image may be in a registry that is none of AWS.
   *
   * @internal
   */
  public get _takesPrivateRegistry(): boolean {
    return false;
  }

  /**
   * Whether the step starts no job and makes nothing that has a key or a role, nor do those inside of it of themselves.
   *
   * @internal
   */
  public get _isJobless(): boolean {
    return false;
  }

  /**
   * The role of its own that the step has for its containers.
   *
   * @internal
   */
  public get _role(): IRole | undefined {
    return undefined;
  }

  /**
   * S3 URI to which the step was told to write its model.
   *
   * @internal
   */
  public get _destination(): string | undefined {
    return undefined;
  }

  /**
   * Pulling the images that the step names only while it runs.
   *
   * @internal
   */
  public _pullOutputs(_scope: IConstruct): Permission[] {
    return [];
  }

  /**
   * Makes what the step needs beside its pipeline, once that is made.
   *
   * @internal
   */
  public _made(_pipeline: MadePipeline): void {}

  /**
   * Says what is legal, but risky; asked at synth, since overrides may come late.
   *
   * @internal
   */
  public _warn(_context: StepContext): void {}

  /** @internal */
  public _permissions(_context: StepContext): StepPermissions {
    return { pipeline: [], job: [] };
  }

  /**
   * What the pipeline around it means for this step.
   *
   * @internal
   */
  public _own(context: StepContext): StepContext {
    return context;
  }

  /**
   * Steps inside of this one, by the argument that holds them.
   *
   * @internal
   */
  public _branches(): Branch[] {
    return [];
  }

  /**
   * This step and the steps inside of it.
   *
   * @internal
   */
  public _all(): PipelineStep[] {
    return [this, ...this._branches().flatMap(b => b.steps).flatMap(s => s._all())];
  }

  /**
   * The steps that this one is told to run after.
   *
   * @internal
   */
  public get _after(): PipelineStep[] {
    return this.waits.map(d => d.step);
  }

  /**
   * The steps that this one always runs after, if they succeed unless it is told otherwise.
   *
   * @internal
   */
  protected get _implied(): PipelineStep[] {
    return [];
  }

  /**
   * The properties that something asked of the step by their path.
   *
   * @internal
   */
  public get _asked(): string[] {
    return this.properties;
  }

  /**
   * The keys that overrides change.
   *
   * @internal
   */
  public get _overridden(): string[] {
    return this.overrides.map(o => o.path);
  }

  /** @internal */
  public get _isCached(): boolean {
    return this.said.cache?._isOn ?? false;
  }

  /**
   * The step as it stands in a definition, with variables still as tokens.
   *
   * @internal
   */
  public _render(context: StepContext): object {
    return this.rendered(context, steps => steps.map(s => s._render(context)));
  }

  /**
   * The same without the steps inside.
   *
   * @internal
   */
  public _renderAlone(context: StepContext): object {
    return this.rendered(context, () => []);
  }

  /** @internal */
  protected abstract _arguments(context: StepContext): object;

  /**
   * Keys beside the arguments.
   *
   * @internal
   */
  protected _extra(_context: StepContext): object {
    return {};
  }

  /** Whatever the step's own kind lets it say. */
  private get said(): CacheableStepProps & RetryableStepProps {
    return this.common;
  }

  private get waits(): { step: PipelineStep; trigger?: Trigger }[] {
    const told = this.dependencies.map(d => d.step);
    return [...this.dependencies, ...this._implied.filter(step => !told.includes(step)).map(step => ({ step }))];
  }

  private wait(steps: PipelineStep[], trigger?: Trigger): PipelineStep {
    this.dependencies.push(...steps.map(step => ({ step, trigger })));
    return this;
  }

  private rendered(context: StepContext, inside: (steps: PipelineStep[]) => object[]): object {
    const { displayName, description, cache, retries } = this.said;
    const own = this._own(context);
    const waits = this.waits.map(({ step, trigger }) => trigger === undefined ? step.stepName : { Step: step.stepName, Trigger: trigger });
    const step: object = {
      Name: this.stepName,
      Type: this._type,
      DisplayName: displayName,
      Description: description,
      Arguments: { ...this._arguments(own), ...Object.fromEntries(this._branches().map(b => [b.key, inside(b.steps)])) },
      DependsOn: waits.length > 0 ? waits : undefined,
      RetryPolicies: retries?.map(r => r._render()),
      CacheConfig: cache?._render(),
      ...this._extra(own),
    };
    this.overrides.forEach(({ path, value }) => setAt(step, path, value));
    return step;
  }
}
