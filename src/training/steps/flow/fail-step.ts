import { Token } from 'aws-cdk-lib';
import { Problems } from '../../../core/problems';
import { PipelineStep } from '../pipeline-step';
import { PipelineStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_FailStepMetadata.html */
const MAX_MESSAGE = 3072;

/**
 * Properties of a FailStep.
 */
export interface FailStepProps extends PipelineStepProps {
  /** What is shown as the reason, up to 3072 characters; may hold variables. */
  readonly message: string;
}

/**
 * A step that ends the execution as failed.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-fail
 */
export class FailStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props the reason
   */
  constructor(stepName: string, private readonly props: FailStepProps) {
    super(stepName, 'Fail', props);
  }

  /** @internal */
  public get _isJobless(): boolean {
    return true;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { message } = this.props;
    problems.pattern(`step '${this.stepName}'.message`, message, /\S/, 'say why');
    if (!Token.isUnresolved(message)) { problems.range(`step '${this.stepName}'.message (characters)`, message.length, 0, MAX_MESSAGE); }
  }

  /** @internal */
  protected _arguments(): object {
    return { ErrorMessage: this.props.message };
  }
}
