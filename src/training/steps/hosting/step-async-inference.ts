import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Problems } from '../../../core/problems';
import { answerTopics } from '../../../delivery/answer-topics';
import { checkTopic } from '../../../delivery/topic-check';
import { checkUri } from '../../definition/s3-uri';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceClientConfig.html */
const MAX_INVOCATIONS = 1000;

/**
 * How an endpoint answers later, into S3.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceConfig.html
 */
export interface StepAsyncInference {
  /** S3 URI below which answers go. */
  readonly destination: string;

  /**
   * S3 URI below which errors go.
   *
   * @default - nowhere
   */
  readonly failureDestination?: string;

  /**
   * Requests that an instance gets at once, 1 to 1000.
   *
   * @default - as SageMaker chooses
   */
  readonly maxConcurrentInvocations?: number;

  /**
   * Gets a message for each answer: a standard topic, not FIFO. Publish rights go to the roles of ModelSteps.
   *
   * @default - no messages
   */
  readonly successTopic?: ITopicRef;

  /**
   * Gets a message for each error: a standard topic, not FIFO. Publish rights go to the roles of ModelSteps.
   *
   * @default - no messages
   */
  readonly errorTopic?: ITopicRef;
}

/** @internal */
export function checkAsync(name: string, async: StepAsyncInference, problems: Problems): void {
  const { destination, failureDestination, maxConcurrentInvocations } = async;
  checkUri(`${name}.destination`, destination, problems);
  checkUri(`${name}.failureDestination`, failureDestination, problems);
  checkTopic(`${name}.successTopic`, async.successTopic, problems);
  checkTopic(`${name}.errorTopic`, async.errorTopic, problems);
  problems.integer(`${name}.maxConcurrentInvocations`, maxConcurrentInvocations, 1, MAX_INVOCATIONS);
}

/** @internal */
export function topicsOf(async: StepAsyncInference | undefined): ITopicRef[] {
  return answerTopics(async?.successTopic, async?.errorTopic);
}

/** @internal */
export function renderAsync(async: StepAsyncInference, keyArn: string | undefined): object {
  const topics = { SuccessTopic: async.successTopic?.topicRef.topicArn, ErrorTopic: async.errorTopic?.topicRef.topicArn };
  return {
    ClientConfig: async.maxConcurrentInvocations === undefined ? undefined : { MaxConcurrentInvocationsPerInstance: async.maxConcurrentInvocations },
    OutputConfig: {
      S3OutputPath: async.destination,
      S3FailurePath: async.failureDestination,
      KmsKeyId: keyArn,
      NotificationConfig: Object.values(topics).every(t => t === undefined) ? undefined : topics,
    },
  };
}
