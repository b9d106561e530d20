import { CfnEndpointConfigProps } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { InferenceModel } from './inference-model';
import { Problems } from '../core/problems';

/** What a kind of hosting needs of the endpoint around it. */
export interface HostingContext {
  readonly scope: Construct;
  /** Makes a SageMaker model of what is served and returns its name. */
  readonly model: (id: string, model: InferenceModel) => string;
}

/** One way to host models. */
export interface HostingKind {
  /** Part of construct ids and of the endpoint's name, since SageMaker cannot turn one kind into another. */
  readonly kind: string;
  /** Names of the production variants. */
  readonly variantNames: string[];
  check(problems: Problems): void;
  render(context: HostingContext): CfnEndpointConfigProps;
}
