import { bodyOutput } from './body-output';
import { ForEachSelector } from './for-each-selector';
import { IterableItems } from './iterable-items';
import { warnLate } from '../../../compliance/late-warning';
import { Problems } from '../../../core/problems';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { textParts } from '../../definition/render';
import { PipelineStep } from '../pipeline-step';
import { StepContext } from '../step-context';
import { PipelineStepProps } from '../step-props';

const MAX_CONCURRENCY = 50;
const NOT_IN_BODY = ['Condition', 'Fail', 'ForEach'];

/** Steps that write exactly where they are told; trainings write below their own name. */
const OVERWRITING = ['Processing', 'Transform', 'QualityCheck', 'ClarifyCheck'];

/**
 * Properties of a ForEachStep.
 */
export interface ForEachStepProps extends PipelineStepProps {
  /** What the body runs for. */
  readonly items: IterableItems;

  /** The steps that run for each item, which they read with `CurrentItem`. No conditions, no FailStep, and no other ForEachStep. */
  readonly body: PipelineStep[];

  /** How many steps of iterations run at the same time, 1 to 50. */
  readonly maxConcurrency: number;

  /**
   * Which iteration is the one that `selected` means.
   *
   * @default - none
   */
  readonly selector?: ForEachSelector;
}

/**
 * A step that runs other steps once for each item of a list. SageMaker Python SDK 3 or newer knows it too.
 *
 * Steps outside of the body see into it only by `selected` and `iterationOutput`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
 */
export class ForEachStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props items and body
   */
  constructor(stepName: string, private readonly props: ForEachStepProps) {
    super(stepName, 'ForEach', props);
  }

  /** How it ended: `Succeeded`, `Failed` or `Stopped`. */
  public get status(): string {
    return this._variable('Status').asString();
  }

  /** Number of items. */
  public get inputItemCount(): PipelineVariable {
    return this._variable('InputItemCount', true);
  }

  /** Number of steps of all iterations. */
  public get totalStepCount(): PipelineVariable {
    return this._variable('TotalStepCount', true);
  }

  /** Number of steps of all iterations that succeeded. */
  public get succeededStepCount(): PipelineVariable {
    return this._variable('SucceededStepCount', true);
  }

  /** Number of steps of all iterations that failed. */
  public get failedStepCount(): PipelineVariable {
    return this._variable('FailedStepCount', true);
  }

  /** Number of steps of all iterations that were stopped. */
  public get stoppedStepCount(): PipelineVariable {
    return this._variable('StoppedStepCount', true);
  }

  /**
   * What a step of the body gave in the iteration that the selector picked.
   *
   * @param output an output of the step by which the selector compares, as text: `step.output('x')`, or `asString()` of a variable
   */
  public selected(output: string): PipelineVariable {
    const { selector, body } = this.props;
    if (selector === undefined) { throw new Error(`Step '${this.stepName}' has no selector, so none of its iterations is selected`); }
    const { step, path, needsText } = this.inBody(output);
    const compared = selector._stepIn(body);
    if (compared !== undefined && compared !== step) {
      throw new Error(`Step '${this.stepName}' selects by step '${compared.stepName}', so it has no selected output of '${step.stepName}'`);
    }
    return this._variable(`Selected.${path}`, needsText);
  }

  /**
   * What a step of the body gave in one iteration.
   *
   * @param index which item, counted from 0
   * @param output an output of a step of the body, as text: `step.output('x')`, or `asString()` of a variable
   */
  public iterationOutput(index: number, output: string): PipelineVariable {
    const { step, path, needsText } = this.inBody(output);
    if (!Number.isInteger(index) || index < 0) { throw new Error(`Step '${this.stepName}': the index of an iteration must be a whole number from 0, got ${index}`); }
    return this._variable(`IterationOutputs[${index}].${step.stepName}.${path}`, needsText);
  }

  /**
   * The fields that every item has; undefined if that is not known.
   *
   * @internal
   */
  public get _fields(): string[] | undefined {
    return this.props.items._fields;
  }

  /** @internal */
  public get _isJobless(): boolean {
    return true;
  }

  /** @internal */
  public _branches() {
    return [{ key: 'ForEachBody', steps: this.props.body }];
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { items, body, maxConcurrency, selector } = this.props;
    const name = `step '${this.stepName}'`;
    items._check(`${name}.items`, problems);
    problems.integer(`${name}.maxConcurrency`, maxConcurrency, 1, MAX_CONCURRENCY);
    problems.count(`${name}.body`, body, 1, Number.MAX_SAFE_INTEGER);
    body.filter(s => NOT_IN_BODY.includes(s._type)).forEach(s => problems.check(false, `${name}.body must hold no ${s._type} step, got '${s.stepName}'`));
    selector?._check(`${name}.selector`, body, problems);
  }

  /** @internal */
  public _warn(context: StepContext): void {
    for (const step of this.props.body.filter(s => OVERWRITING.includes(s._type))) {
      let shared = false;
      step._renderAlone({
        ...context,
        defaultUri: (...segments) => {
          shared = true;
          return context.defaultUri(...segments);
        },
      });
      if (!shared) { continue; }
      warnLate(context.scope, 'cdk-ml-patterns:iterationsShareOutput',
        `Each iteration of '${this.stepName}' lets step '${step.stepName}' write to the same place: give it destinations that hold CurrentItem.`);
    }
  }

  /** @internal */
  protected _arguments(): object {
    const { items, maxConcurrency, selector } = this.props;
    return { IterableItems: items._render(), MaxConcurrency: maxConcurrency, Selector: selector?._render() };
  }

  private inBody(output: string): { step: PipelineStep; path: string; needsText: boolean } {
    const [variable, ...others] = textParts(output);
    const found = variable instanceof PipelineVariable && others.length === 0 ? bodyOutput(variable, this.props.body) : undefined;
    if (found === undefined) {
      const has = this.props.body.map(s => s.stepName).join(', ');
      throw new Error(`Step '${this.stepName}' gives outputs of the steps of its body only, and nothing put together of them; it has: ${has}`);
    }
    return { ...found, needsText: (variable as PipelineVariable)._needsText };
  }
}
