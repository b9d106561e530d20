import { Size } from 'aws-cdk-lib';
import { InferenceModel } from '../models/inference-model';
import { ConcurrencyScaling } from '../scaling/concurrency-scaling';

/**
 * A model that runs, and costs, only while it answers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
 */
export interface ServerlessHostingOptions {
  /** The model to serve: one container with a gzipped artifact, or without one. */
  readonly model: InferenceModel;

  /**
   * Memory of one instance of the container: 1 to 6 whole GiB. The processors come in proportion.
   *
   * @default Size.gibibytes(2)
   */
  readonly memorySize?: Size;

  /**
   * Requests that are answered at the same time, 1 to 200; more are refused. All endpoints of an account and Region share a quota.
   *
   * @default 5
   */
  readonly maxConcurrency?: number;

  /**
   * Instances of the container that are kept warm, and cost, all the time, up to `maxConcurrency`. Where it is scaled, this is the number of the
   * first deployment.
   *
   * @default - the minimum of the scaling, or none, so that the first request after a pause waits for a cold start
   */
  readonly provisionedConcurrency?: number;

  /**
   * How the provisioned concurrency changes while it runs. An update keeps what there is.
   *
   * @default - it stays as it is
   */
  readonly scaling?: ConcurrencyScaling;
}
