import { Token, Tokenization } from 'aws-cdk-lib';
import { StepOutput } from './step-output';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { PipelineStep } from '../pipeline-step';
import { CacheableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SendPipelineExecutionStepSuccess.html */
const MAX_OUTPUTS = 50;

/**
 * What a step can say that is done outside of SageMaker.
 */
export interface ExternalStepProps extends CacheableStepProps {
  /**
   * What is sent along: texts, numbers and flags. Variables go in as `asString()`, as `asNumber()`, or, true or false, as they are.
   *
   * @default - nothing
   */
  readonly inputs?: { [name: string]: any };

  /**
   * What comes back, up to 50 values.
   *
   * @default - nothing
   */
  readonly outputs?: StepOutput[];
}

/**
 * A step that is done outside of SageMaker.
 */
export abstract class ExternalStep extends PipelineStep {
  /** @internal */
  constructor(stepName: string, stepType: string, private readonly external: ExternalStepProps) {
    super(stepName, stepType, external);
  }

  /**
   * A value that came back. An error if the step declares no such output.
   *
   * @param outputName one of `outputs`
   */
  public output(outputName: string): PipelineVariable {
    const outputs = this.external.outputs ?? [];
    const found = outputs.find(o => o.outputName === outputName);
    if (found === undefined) {
      const names = outputs.map(o => o.outputName);
      throw new Error(`Step '${this.stepName}' has no output '${outputName}'; it has: ${names.length > 0 ? names.join(', ') : 'none'}`);
    }
    return this._variable(`OutputParameters['${outputName}']`, !found._isText);
  }

  /** @internal */
  public get _isJobless(): boolean {
    return true;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { inputs = {}, outputs = [] } = this.external;
    const name = `step '${this.stepName}'`;
    for (const [key, value] of Object.entries(inputs)) {
      problems.check(isPlain(value), `${name}.inputs.${key} must be a text, a number or a flag, got ${Array.isArray(value) ? 'a list' : value}`);
    }
    if (!problems.knownList(`${name}.outputs`, outputs)) { return; }
    problems.count(`${name}.outputs`, outputs, 0, MAX_OUTPUTS);
    problems.unique(`${name}.outputs names`, outputs.map(o => o.outputName));
    outputs.forEach((o, i) => o._check(`${name}.outputs[${i}]`, problems));
  }

  /** @internal */
  protected _arguments(): object {
    return sorted(this.external.inputs) ?? {};
  }

  /** @internal */
  protected _outputParameters(): object {
    return { OutputParameters: (this.external.outputs ?? []).map(o => o._render()) };
  }
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') { return Token.isUnresolved(value) || Number.isFinite(value); }
  return ['string', 'boolean'].includes(typeof value) || Tokenization.isResolvable(value);
}
