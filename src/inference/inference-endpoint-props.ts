import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Hosting } from './hosting/hosting';
import { InferenceModel } from './models/inference-model';
import { Rollout } from './rollout/rollout';
import { InstanceTypeChanges } from './scaling-guard/instance-type-changes';
import { ComplianceOptions } from '../compliance/compliance-options';

/**
 * Properties of an InferenceEndpoint. Either `model` or `hosting` is needed.
 */
export interface InferenceEndpointProps {
  /**
   * The model to serve, the short way to write `hosting: Hosting.realTime({ model })`.
   *
   * @default - what `hosting` says
   */
  readonly model?: InferenceModel;

  /**
   * How the model is hosted.
   *
   * @default - real-time, on one instance of the type ml.m5.large
   */
  readonly hosting?: Hosting;

  /**
   * Name of the endpoint: up to 63 letters, digits and dashes; two endpoints of an app with one name in one account and Region are an error. Another name makes another endpoint. An endpoint of another kind needs another name, since the new one is made before the old one goes.
   *
   * @default - made of the stack's name, the construct path and the kind of hosting, in lower case
   */
  readonly endpointName?: string;

  /**
   * Key that encrypts the volumes of the instances.
   *
   * @default - a customer-managed key with rotation, shared by the constructs of this library in the stack
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The role with which SageMaker loads the model and runs it. What this endpoint needs is added to it.
   *
   * @default - a role that may do what this endpoint needs, and nothing else
   */
  readonly role?: IRole;

  /**
   * How an update takes over, and what rolls it back.
   *
   * @default - all at once, on new instances beside the old ones, rolled back by the alarms of the kind of hosting
   */
  readonly rollout?: Rollout;

  /**
   * Topic that gets the event when an update fails or is rolled back, which SageMaker else does without a word. A standard topic of this Region, and of this account; if its key
   * is not known to CDK, the role of the rule must be allowed to use it. Makes a rule with a role and a queue for what it could not deliver,
   * which `addAlarms` watches, too.
   *
   * @default - nobody is told
   */
  readonly onFailedUpdate?: ITopicRef;

  /**
   * How the instance type of a scaled variant may change, and how a scaled variant may go.
   *
   * @default - such a change takes two deployments: one without the scaling of the variant, and one with the new type and the scaling again
   */
  readonly instanceTypeChanges?: InstanceTypeChanges;

  /**
   * VPC in which the containers have their network interfaces. Not for serverless hosting.
   *
   * @default - the containers have none in a VPC of yours
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC: 1 to 16, in at least two Availability Zones for more than one instance.
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the network interfaces, 1 to 5.
   *
   * @default - one of its own, that lets nothing in
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Whether containers are cut off from the network. SageMaker itself still brings image, artifact, requests and answers. Serverless hosting cannot do it.
   *
   * @default - true; false for serverless hosting
   */
  readonly networkIsolation?: boolean;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}
