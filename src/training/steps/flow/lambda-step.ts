import { IFunctionRef } from 'aws-cdk-lib/aws-lambda';
import { ExternalStep, ExternalStepProps } from './external-step';
import { StepPermissions } from '../step-context';

/**
 * Properties of a LambdaStep.
 */
export interface LambdaStepProps extends ExternalStepProps {
  /** The function; an alias or a version is called as such. It must answer within 10 minutes. */
  readonly lambdaFunction: IFunctionRef;
}

/**
 * A step that calls a Lambda function. The inputs are the event, and the outputs are keys of what the function returns.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-lambda
 */
export class LambdaStep extends ExternalStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props function, inputs and outputs
   */
  constructor(stepName: string, private readonly props: LambdaStepProps) {
    super(stepName, 'Lambda', props);
  }

  /** @internal */
  public _permissions(): StepPermissions {
    return { pipeline: [{ actions: ['lambda:InvokeFunction'], resources: [this.functionArn] }], job: [] };
  }

  /** @internal */
  protected _extra(): object {
    return { FunctionArn: this.functionArn, ...this._outputParameters() };
  }

  /** Of an alias or a version it ends with the qualifier. */
  private get functionArn(): string {
    return this.props.lambdaFunction.functionRef.functionArn;
  }
}
