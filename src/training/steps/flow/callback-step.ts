import { IKey } from 'aws-cdk-lib/aws-kms';
import { IQueueRef } from 'aws-cdk-lib/aws-sqs';
import { ExternalStep, ExternalStepProps } from './external-step';
import { keyThrough } from '../../../identity/key-permissions';
import { Permission } from '../../../identity/permission-statement';
import { StepPermissions } from '../step-context';

/**
 * Properties of a CallbackStep.
 */
export interface CallbackStepProps extends ExternalStepProps {
  /** Where the message goes. The right to use the key of a Queue of CDK comes along. */
  readonly queue: IQueueRef;
}

/**
 * A step that sends a message, and waits for somebody to answer it with its `token`: a person who approves, or a system outside of AWS.
 *
 * Who answers needs `pipeline.grants.completeCallbacks`, and the rights to take messages from the queue.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-callback
 */
export class CallbackStep extends ExternalStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props queue, inputs and outputs
   */
  constructor(stepName: string, private readonly props: CallbackStepProps) {
    super(stepName, 'Callback', props);
  }

  /** @internal */
  public _permissions(): StepPermissions {
    const { queue } = this.props;
    const send: Permission = { actions: ['sqs:SendMessage'], resources: [queue.queueRef.queueArn] };
    const key = 'encryptionMasterKey' in queue ? queue.encryptionMasterKey as IKey | undefined : undefined;
    return { pipeline: [send, ...key === undefined ? [] : [keyThrough(key, 'sqs', 'kms:Decrypt', 'kms:GenerateDataKey')]], job: [] };
  }

  /** @internal */
  protected _extra(): object {
    return { SqsQueueUrl: this.props.queue.queueRef.queueUrl, ...this._outputParameters() };
  }
}
