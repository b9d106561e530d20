import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { S3Prefix } from '../../storage/s3-prefix';
import { InferenceModel } from '../models/inference-model';
import { BacklogScaling } from '../scaling/backlog-scaling';
import { InstanceSettings } from '../variants/instance-settings';
import { MetricsPublishing } from '../variants/metrics-publishing';

/**
 * A model that answers requests one after the other from a queue, each up to 1 GB and an hour, and stops its instances when there are none.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html
 */
export interface AsynchronousHostingOptions extends InstanceSettings {
  /** The model to serve. */
  readonly model: InferenceModel;

  /** Where requests stand in S3; who calls the endpoint writes them there first. */
  readonly input: S3Prefix;

  /** Where answers go. */
  readonly output: S3Prefix;

  /**
   * Where it is written why a request failed.
   *
   * @default - below `output`, in `failures/`
   */
  readonly failures?: S3Prefix;

  /**
   * Topic that is told of each answer: a standard topic, not FIFO.
   *
   * @default - nobody is told
   */
  readonly onSuccess?: ITopicRef;

  /**
   * Topic that is told of each failed request: a standard topic, not FIFO.
   *
   * @default - nobody is told
   */
  readonly onError?: ITopicRef;

  /**
   * Whether the topics get the answers themselves too, where they are not larger than 128 KB.
   *
   * @default false
   */
  readonly includeResponse?: boolean;

  /**
   * Requests that a container gets at the same time, 1 to 1000.
   *
   * @default - as SageMaker chooses
   */
  readonly maxConcurrentInvocationsPerInstance?: number;

  /**
   * How the number of instances changes while it runs. An update keeps the number that there is.
   *
   * @default - from none to `instanceCount`, or to one, by the requests that wait
   */
  readonly scaling?: BacklogScaling;

  /**
   * More metrics than SageMaker publishes by itself.
   *
   * @default - those that SageMaker publishes by itself
   */
  readonly metrics?: MetricsPublishing;
}
