import { Fn } from 'aws-cdk-lib';
import { IAlarmRef, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnMonitoringSchedule } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ModelMonitorProps } from './model-monitor-props';
import { MonitorDefinition } from './monitor-definition';
import { checkMonitorJob, renderMonitorJob, warnOfLocalDisks } from './monitor-job';
import { MonitorMetric } from './monitor-metric';
import { monitorPermissions } from './monitor-permissions';
import { MonitorSchedule } from './monitor-schedule';
import { capturedBy, checkMonitored } from './monitored-endpoint';
import { bakeInChecks, sealChecks } from '../../compliance/baked-in';
import { accept } from '../../compliance/excuses';
import { checkMonitorImage, monitorImageUri, pullMonitorImage } from '../../containers/aws/monitor-images';
import { warnOfImage } from '../../containers/image-warnings';
import { physicalName } from '../../core/names';
import { Problems } from '../../core/problems';
import { letAlarmsPublish } from '../../delivery/alarm-topic';
import { checkTopicHere } from '../../delivery/topic-check';
import { MlRole } from '../../identity/ml-role';
import { permitRole } from '../../identity/permission';
import { Permission } from '../../identity/permission-statement';
import { encryptionKey } from '../../identity/stack-key';
import { checkVpc, placeInVpc } from '../../network/vpc-placement';
import { checkUri } from '../../storage/artifact-prefix';
import { S3Prefix } from '../../storage/s3-prefix';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateMonitoringSchedule.html */
const MAX_NAME = 63;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringOutput.html */
const MAX_URI = 512;

const ASKS_MODEL = {
  rule: 'ML-SM15',
  reason: 'Monitors of explainability ask the model, which a container without a network cannot: AWS says that isolation must be off for them.',
};

/**
 * Looks at what an endpoint captures, again and again, and tells when it is no longer what it was.
 *
 * Makes a monitoring schedule, a job definition, a role and the alarms that are asked for. Containers have no network, volumes and reports are encrypted
 * with a customer-managed key, and so is the traffic between instances. Any change but that of the schedule makes another definition, to which the
 * schedule then turns. Each run is billed as a processing job.
 *
 * AWS no longer opens SageMaker Model Monitor to accounts that did not use it before 30 July 2026; there, this does not deploy.
 *
 * Children that may be changed as an escape hatch: `Schedule`, `DataQuality`, `ModelQuality`, `ModelBias` or `ModelExplainability`, `Role/Resource`, `Role/Policy/Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor.html
 *
 * @example
 * declare const artifacts: ModelArtifactBucket;
 * declare const endpoint: InferenceEndpoint;
 * const baseline = artifacts.at(ArtifactPrefix.BASELINES.below('churn'));
 * endpoint.addMonitor('Drift', {
 *   kind: MonitorKind.dataQuality({ constraints: baseline.file('constraints.json'), statistics: baseline.file('statistics.json') }),
 *   alarms: [MonitorMetric.featureDrift('age').above(0.2)],
 *   alarmTopic: topic,
 * });
 */
export class ModelMonitor extends Construct implements IGrantable, IConnectable {
  /** Name of the schedule. */
  public readonly scheduleName: string;

  /** ARN of the schedule. */
  public readonly scheduleArn: string;

  /** Where reports are written. */
  public readonly reports: S3Prefix;

  /** The role of the runs. */
  public readonly role: IRole;

  /** Who is granted what is granted to the monitor: its role. */
  public readonly grantPrincipal: IPrincipal;

  /** The key that encrypts the volumes. */
  public readonly encryptionKey: IKey;

  /** The alarms, in the order in which they were asked for. */
  public readonly alarms: IAlarmRef[];

  private readonly network?: Connections;
  private readonly endpointName: string;

  constructor(scope: Construct, id: string, props: ModelMonitorProps) {
    super(scope, id);
    const problems = new Problems();
    const definition = props.kind._definition;
    const schedule = props.schedule ?? MonitorSchedule.daily();
    check(this, props, schedule, problems);
    bakeInChecks(this, props.compliance, problems);
    if (definition.asksModel) { accept(this, 'serviceCannot', [ASKS_MODEL]); }
    warnOfLocalDisks(this, props);

    const { endpointName, endpointArn } = props.endpoint;
    const name = physicalName(this, MAX_NAME);
    const captured = props.captured ?? capturedBy(props.endpoint)!.destination;
    const reports = props.reports ?? captured._beside(`monitoring/${name}/`);
    const role = props.role ?? new MlRole(this, 'Role', { service: 'sagemaker.amazonaws.com', description: `Runs the monitor ${name}` });
    const key = encryptionKey(this, props.encryptionKey ?? reports.encryptionKey, reports.encryptionKey === undefined, props.compliance);
    const place = placeInVpc(this, props, `Containers of the monitor ${name}`);
    const image = imageOf(this, props, definition);
    const needed = monitorPermissions(this, definition, { endpointArn, captured, reports, key });
    const permitted = permitRole(this, role, ...image.permissions, ...needed, ...place?.permissions ?? []);
    const parts = renderMonitorJob(props, definition, { imageUri: image.imageUri, endpointName, roleArn: role.roleArn, reports, key, place });
    const job = definition.make(this, definition.type, parts);
    job.node.addDependency(...permitted);
    const resource = new CfnMonitoringSchedule(this, 'Schedule', {
      monitoringScheduleName: name,
      monitoringScheduleConfig: {
        // CloudFormation makes the name anew with each definition and tells only the ARN, from which its own handlers take the name too
        monitoringJobDefinitionName: Fn.select(1, Fn.split('/', job.attrJobDefinitionArn)),
        monitoringType: definition.type,
        scheduleConfig: schedule._render(),
      },
    });
    if (props.alarmTopic) { letAlarmsPublish(this, props.alarmTopic); }
    const actions = props.alarmTopic === undefined ? [] : [props.alarmTopic.topicRef.topicArn];
    const alarmed = { endpointName, scheduleName: name, period: schedule._longest * 3600, actions };
    this.alarms = (props.alarms ?? []).map(alarm => alarm._make(this, alarmed));

    this.node.defaultChild = resource;
    this.scheduleName = name;
    this.scheduleArn = resource.attrMonitoringScheduleArn;
    this.reports = reports;
    this.role = role;
    this.grantPrincipal = role.grantPrincipal;
    this.encryptionKey = key;
    this.endpointName = endpointName;
    this.network = place?.connections;
    sealChecks(this);
  }

  /** Security groups of the containers' network interfaces; an error for a monitor without a VPC. */
  public get connections(): Connections {
    const problems = new Problems();
    problems.check(this.network !== undefined, 'it has no connections, since it is not in a VPC: give it vpc');
    problems.throwIfAny(this);
    return this.network!;
  }

  /**
   * A metric of this monitor, one number a run.
   *
   * @param metric which one
   * @param options changes to the metric
   */
  public metric(metric: MonitorMetric, options?: MetricOptions): Metric {
    return metric._metric(this.endpointName, this.scheduleName, options);
  }
}

function check(scope: Construct, props: ModelMonitorProps, schedule: MonitorSchedule, problems: Problems): void {
  const definition = props.kind._definition;
  const { alarms = [], captured, reports, image } = props;
  checkMonitored(scope, props, problems);
  definition.check(problems);
  schedule._check('schedule', problems);
  captured?._check('captured', problems);
  reports?._check('reports', problems);
  checkUri('reports', reports?._base, MAX_URI, problems);
  checkMonitorJob(props, definition, schedule, problems);
  if (image === undefined) { checkMonitorImage(scope, definition.image, problems); } else { image._check('image', problems); }
  alarms.forEach((alarm, i) => alarm._check(`alarms[${i}]`, problems, definition, image !== undefined));
  problems.unique('alarms', alarms.map(alarm => alarm._id));
  problems.check(props.alarmTopic === undefined || alarms.length > 0, 'alarmTopic needs alarms');
  if (alarms.length > 0) { checkTopicHere('alarmTopic', props.alarmTopic, scope, problems); }
  checkVpc(props, problems);
}

function imageOf(scope: Construct, { image }: ModelMonitorProps, definition: MonitorDefinition): { imageUri: string; permissions: Permission[] } {
  if (image === undefined) {
    return { imageUri: monitorImageUri(scope, definition.image), permissions: pullMonitorImage(scope, definition.image) };
  }
  warnOfImage(scope, image, { what: 'The image', role: 'the role of the monitor' });
  return { imageUri: image.imageUri, permissions: image._pull() };
}
