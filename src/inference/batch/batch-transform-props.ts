import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { BatchDataCapture } from './batch-data-capture';
import { BatchInput } from './batch-input';
import { BatchTransformSchedule } from './batch-transform-schedule';
import { ComplianceOptions } from '../../compliance/compliance-options';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { TransformOptions } from '../../jobs/transform-options';
import { S3Prefix } from '../../storage/s3-prefix';
import { InferenceModel } from '../models/inference-model';

/**
 * Properties of a BatchTransform.
 */
export interface BatchTransformProps extends TransformOptions {
  /** The model that answers. */
  readonly model: InferenceModel;

  /** What it reads. */
  readonly input: BatchInput;

  /** Where the answers go: one object with the suffix `.out` for each object read, encrypted with the key of the place. */
  readonly output: S3Prefix;

  /**
   * What starts it by the clock. Each schedule has a role that can start these jobs and nothing else, and what it could not start goes to a queue.
   *
   * @default - only state machines, pipelines and who is allowed by `grants.start`
   */
  readonly schedules?: BatchTransformSchedule[];

  /**
   * Type of the instances.
   *
   * @default MlInstanceType.M5_LARGE
   */
  readonly instanceType?: MlInstanceType;

  /**
   * What SageMaker keeps of the records and answers, for monitors.
   *
   * @default - nothing is kept
   */
  readonly dataCapture?: BatchDataCapture;

  /**
   * Beginning of the names of jobs: up to 26 letters, digits and dashes. What starts a job adds a dash and an id.
   *
   * @default - made of the stack's name and the construct path, in lower case
   */
  readonly jobNamePrefix?: string;

  /**
   * Tags of the jobs, up to 50, for cost allocation; those of CDK stop at the resources of the stack.
   *
   * @default - none
   */
  readonly jobTags?: { [key: string]: string };

  /**
   * Key that encrypts the volumes of the instances, and what is written to places that do not tell their key.
   *
   * @default - a customer-managed key with rotation, shared by the constructs of this library in the stack
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The role with which SageMaker loads the model, reads and writes. What this batch transform needs is added to it.
   *
   * @default - a role that may do what this batch transform needs, and nothing else
   */
  readonly role?: IRole;

  /**
   * VPC in which the containers have their network interfaces. It needs an endpoint for S3.
   *
   * @default - the containers have none in a VPC of yours
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC, 1 to 16.
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
   * Whether containers are cut off from the network. SageMaker itself still brings image, artifact, records and answers.
   *
   * @default true
   */
  readonly networkIsolation?: boolean;

  /**
   * Topic, a standard one of the Region, that is told of each job that fails or is stopped, as the event of SageMaker: whoever starts a job by the clock sees no error.
   *
   * @default - nobody is told
   */
  readonly onFailedJob?: ITopicRef;

  /**
   * Topic that an alarm tells when a schedule could not start a job, or a notice could not be delivered, and waits in the dead-letter queue. One alarm, 0.10
   * USD a month in most Regions. Needs `schedules` or `onFailedJob`.
   *
   * @default - nobody is told; `metricDeadLetters()` counts
   */
  readonly onDeadLetters?: ITopicRef;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}
