import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnEndpoint, CfnEndpointConfigProps } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct } from 'constructs';
import { InferenceModel } from './inference-model';
import { Problems } from '../core/problems';
import { Permission } from '../identity/permission-statement';

/** What a kind of hosting gets from the endpoint around it. */
export interface HostingContext {
  readonly scope: Construct;
  /** Name of the endpoint as a plain string: a reference would close a circle with alarms. */
  readonly endpointName: string;
  readonly key: IKey;
  /** Makes a SageMaker model that waits for its role, and returns its name. */
  readonly model: (id: string, model: InferenceModel, options: { networkIsolation: boolean }) => string;
}

/** What a kind of hosting is made of. */
export interface BoundHosting {
  readonly config: CfnEndpointConfigProps;
  /** Alarms that roll an update back. */
  readonly alarms: CfnAlarm[];
  readonly deploymentConfig?: CfnEndpoint.DeploymentConfigProperty;
  /** What the execution role needs beyond images and artifacts. */
  readonly permissions: Permission[];
}

/** One way to host models. */
export interface HostingKind {
  /** Part of construct ids and of the endpoint's name, since SageMaker cannot turn one kind into another. */
  readonly kind: string;
  /** The production variant that metrics are about. */
  readonly mainVariant: string;
  check(problems: Problems, scope: IConstruct): void;
  bind(context: HostingContext): BoundHosting;
}
