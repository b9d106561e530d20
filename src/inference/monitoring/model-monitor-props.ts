import { Duration, Size } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { MonitorAlarm } from './monitor-alarm';
import { MonitorKind } from './monitor-kind';
import { MonitorSchedule } from './monitor-schedule';
import { ComplianceOptions } from '../../compliance/compliance-options';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { S3Prefix } from '../../storage/s3-prefix';

/**
 * What a monitor looks at, when, and who is told.
 */
export interface ModelMonitorOptions {
  /** What the monitor looks at, and what it compares with. */
  readonly kind: MonitorKind;

  /**
   * When it runs. Each run is billed as a processing job.
   *
   * @default - once a day, at midnight UTC
   */
  readonly schedule?: MonitorSchedule;

  /**
   * Where the endpoint captures to.
   *
   * @default - where the `dataCapture` of the endpoint says; must be given for an endpoint that is imported
   */
  readonly captured?: S3Prefix;

  /**
   * Where reports are written, below `<endpoint>/<schedule>/`, and for monitors with labels what is merged, below `merge/`.
   *
   * @default - `monitoring/<schedule>/` in the bucket that the endpoint captures to
   */
  readonly reports?: S3Prefix;

  /**
   * When to sound an alarm. A drift is seen with the run that finds it and stays an alarm for up to three runs.
   *
   * @default - no alarms
   */
  readonly alarms?: MonitorAlarm[];

  /**
   * The topic that the alarms tell: a standard topic of the Region. Its key, and its policy if it has one, let CloudWatch use it where they are made by the program; what is imported,
   * L1, or a `TopicPolicy` of your own must do so already.
   *
   * @default - alarms only show in CloudWatch
   */
  readonly alarmTopic?: ITopicRef;

  /**
   * The image that monitors.
   *
   * @default - the one of AWS in the Region of the stack
   */
  readonly image?: SageMakerImage;

  /**
   * Environment variables of the container, up to 50, values up to 256 characters. Not for secrets.
   *
   * @default - only `publish_cloudwatch_metrics`, which is `Enabled`
   */
  readonly environment?: { [name: string]: string };

  /**
   * Type of the instances of a run.
   *
   * @default MlInstanceType.M5_XLARGE
   */
  readonly instanceType?: MlInstanceType;

  /**
   * Number of instances of a run, 1 to 100.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Size of the volume of each instance, 1 to 16,384 GiB.
   *
   * @default Size.gibibytes(30)
   */
  readonly volumeSize?: Size;

  /**
   * How long a run may take: no longer than the time to the next run, and half of that for monitors with labels, which run two jobs; at most one day.
   *
   * @default Duration.minutes(30)
   */
  readonly maxRuntime?: Duration;

  /**
   * Whether the container is cut off from the network. SageMaker itself still brings data in and out.
   *
   * @default - true; false for explainability, which must ask the model
   */
  readonly networkIsolation?: boolean;

  /**
   * Whether the traffic between the instances of one run is encrypted.
   *
   * @default true
   */
  readonly interContainerTrafficEncryption?: boolean;

  /**
   * VPC in which the containers have their network interfaces.
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
   * Key that encrypts the volumes, and reports where the key of their bucket is not known.
   *
   * @default - the key of the bucket of the reports or, if that is not known, one that the constructs of this library share in the stack
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * The role of the runs. What this monitor needs is added to it.
   *
   * @default - a role that may do what this monitor needs, and nothing else
   */
  readonly role?: IRole;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/**
 * Properties of a ModelMonitor.
 */
export interface ModelMonitorProps extends ModelMonitorOptions {
  /** The endpoint, which must capture data; serverless and asynchronous hosting cannot. */
  readonly endpoint: IEndpoint;
}
