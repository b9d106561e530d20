import { Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { IGrantable, IPrincipal, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { checkBatch, MAX_PREFIX, warnOfBatch } from './batch-checks';
import { renderCapture } from './batch-data-capture';
import { batchPermissions, TransformJobPermissions } from './batch-permissions';
import { BatchTransformGrants } from './batch-transform-grants';
import { BatchTransformProps } from './batch-transform-props';
import { addSchedule } from './batch-transform-schedule';
import { BatchTransformTaskOptions } from './batch-transform-task-options';
import { announceFailedJobs } from './failed-jobs';
import { Area } from './transform-task-places';
import { bakeInChecks, sealChecks } from '../../compliance/baked-in';
import { physicalName } from '../../core/names';
import { Problems } from '../../core/problems';
import { keyValues } from '../../core/sorted';
import { announceDeadLetters, deadLettersMetric } from '../../delivery/dead-letter-alarm';
import { MlRole } from '../../identity/ml-role';
import { permitRole } from '../../identity/permission';
import { encryptionKey } from '../../identity/stack-key';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { renderTransformJob, TransformJob } from '../../jobs/transform-job';
import { placeInVpc } from '../../network/vpc-placement';
import { sagemakerModel } from '../models/sagemaker-model';

/** Every default stands here, and only here. */
const DEFAULTS = { instanceType: MlInstanceType.M5_LARGE, networkIsolation: true };

/**
 * Runs a model over data in S3, on instances that are there, and cost, only while it runs.
 *
 * Makes a model and its role, and a schedule with its role for each of `schedules`. It runs when a schedule, a state machine (`task`), a step of a
 * pipeline (`TransformStep`) or a program of yours (`grants.start`) starts it, each time as a job of its own. The container has no network, volumes and
 * answers are encrypted with customer-managed keys.
 *
 * Children that may be changed as an escape hatch: `Model`, `Role/Resource`, `Role/Policy/Resource`, `Schedule-<name>/Schedule`, `DeadLetters/Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 *
 * @example
 * declare const models: ModelRegistry;
 * declare const artifacts: ModelArtifactBucket;
 * new BatchTransform(this, 'Scores', {
 *   model: InferenceModel.fromModelPackage(models, { version: 1 }),
 *   input: BatchInput.dataset(artifacts.dataset('customers')),
 *   output: artifacts.at(ArtifactPrefix.OUTPUT),
 *   contentType: 'text/csv',
 *   split: TransformSplit.lines(),
 *   schedules: [{ scheduleName: 'nightly', schedule: ScheduleExpression.cron({ hour: '3', minute: '0' }) }],
 * });
 */
export class BatchTransform extends Construct implements IGrantable, IConnectable {
  /** Name of the SageMaker model, for a TransformStep or a job of your own. */
  public readonly modelName: string;

  /** The role with which SageMaker loads the model, reads and writes. */
  public readonly role: IRole;

  /** Who is granted what is granted to the batch transform: its role. */
  public readonly grantPrincipal: IPrincipal;

  /** The key that encrypts the volumes. */
  public readonly encryptionKey: IKey;

  /** Beginning of the names of jobs. */
  public readonly jobNamePrefix: string;

  /** Permissions to start jobs. */
  public readonly grants: BatchTransformGrants;

  private readonly jobs: TransformJobPermissions;
  private readonly job: TransformJob;
  private readonly areas: { input: Area; output: Area };
  private readonly tags?: object[];
  private readonly network?: Connections;

  constructor(scope: Construct, id: string, props: BatchTransformProps) {
    super(scope, id);
    const problems = new Problems();
    checkBatch(this, props, problems);
    bakeInChecks(this, props.compliance, problems);
    const instanceType = props.instanceType ?? DEFAULTS.instanceType;
    const networkIsolation = props.networkIsolation ?? DEFAULTS.networkIsolation;
    warnOfBatch(this, props, instanceType, networkIsolation);

    const prefix = props.jobNamePrefix ?? physicalName(this, MAX_PREFIX);
    const role = props.role ?? new MlRole(this, 'Role', { service: 'sagemaker.amazonaws.com', description: `Runs the batch transform jobs ${prefix}` });
    const written = [props.output, props.dataCapture?.destination];
    const key = encryptionKey(this, props.encryptionKey, written.some(p => p !== undefined && p.encryptionKey === undefined), props.compliance);
    const place = placeInVpc(this, props, `Containers of the batch transform jobs ${prefix}`);
    const volumes = !instanceType._hasLocalDisks;
    permitRole(this, role, ...batchPermissions(this, props, key, volumes), ...place?.permissions ?? []);

    this.modelName = sagemakerModel(this, 'Model', { model: props.model, role, networkIsolation, vpcConfig: place?.config });
    this.job = {
      modelName: this.modelName,
      input: props.input._source,
      output: { uri: props.output.uri, keyId: (props.output.encryptionKey ?? key).keyArn },
      capture: props.dataCapture && renderCapture(props.dataCapture, key.keyArn),
      instanceType: instanceType.instanceTypeName,
      volumeKeyId: volumes ? key.keyArn : undefined,
      options: props,
    };
    this.areas = { input: props.input._area, output: { bucketName: props.output.bucket.bucketName, prefix: props.output.prefix } };
    this.tags = keyValues(props.jobTags);
    this.jobs = new TransformJobPermissions(this, prefix, this.tags !== undefined);
    this.jobNamePrefix = prefix;
    this.role = role;
    this.grantPrincipal = role.grantPrincipal;
    this.encryptionKey = key;
    this.grants = BatchTransformGrants._of(this.jobs);
    this.network = place?.connections;
    this.node.defaultChild = this.node.findChild('Model');
    props.schedules?.forEach(schedule => addSchedule(schedule, {
      scope: this,
      outputUri: props.output.uri,
      start: this.jobs.start(),
      request: (run, outputUri) => this.request(`${prefix}-${run}`, { outputUri }),
    }));
    if (props.onFailedJob) { announceFailedJobs(this, props.onFailedJob, prefix); }
    if (props.onDeadLetters) { announceDeadLetters(this, props.onDeadLetters, `A start or a notice of the batch transform ${prefix} could not be delivered`); }
    sealChecks(this);
  }

  /**
   * Number of starts and notices that could not be delivered and wait in the dead-letter queue; the maximum unless the options say otherwise. An error
   * for a batch transform that has neither schedules nor `onFailedJob`, and so no such queue.
   *
   * @param options changes to the metric
   */
  public metricDeadLetters(options?: MetricOptions): Metric {
    return deadLettersMetric(this, 'it has neither schedules nor onFailedJob', options);
  }

  /** The request of CreateTransformJob as JSON without `TransformJobName`, for a program of yours; the name must begin with `jobNamePrefix` and a dash. */
  public get requestJson(): string {
    return Stack.of(this).toJsonString(this.request());
  }

  /** Security groups of the containers' network interfaces; an error for a batch transform without a VPC. */
  public get connections(): Connections {
    const problems = new Problems();
    problems.check(this.network !== undefined, 'it has no connections, since it is not in a VPC: give it vpc');
    problems.throwIfAny(this);
    return this.network!;
  }

  /**
   * A state that runs the batch transform and, unless told otherwise, waits for its end. The state machine gets the right to start these jobs, and
   * no other.
   *
   * @param scope where the state stands
   * @param id its name in the state machine
   * @param options what CDK's tasks can say, and other places for the data
   */
  public task(scope: Construct, id: string, options: BatchTransformTaskOptions = {}): TaskStateBase {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { transformTask } = require('./transform-task') as typeof import('./transform-task');
    return transformTask(scope, id, options, {
      jobNamePrefix: this.jobNamePrefix,
      ...this.areas,
      jobs: this.jobs,
      request: jobName => this.request(jobName, options),
    });
  }

  private request(jobName?: string, { inputUri, outputUri }: { inputUri?: string; outputUri?: string } = {}): object {
    const { input, output } = this.job;
    return {
      TransformJobName: jobName,
      ...renderTransformJob({
        ...this.job,
        input: inputUri === undefined ? input : { ...input, uri: inputUri },
        output: outputUri === undefined ? output : { ...output, uri: outputUri },
      }),
      Tags: this.tags,
    };
  }
}
