import { Token } from 'aws-cdk-lib';
import { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { IPipelineRef as ICodePipelineRef } from 'aws-cdk-lib/aws-codepipeline';
import { IRepositoryRef } from 'aws-cdk-lib/aws-ecr';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IPipelineRef } from 'aws-cdk-lib/aws-sagemaker';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { NewDataTriggerOptions, newDataTrigger, objectTrigger } from './new-data-trigger';
import { scheduleTrigger, ScheduleTriggerOptions } from './schedule-trigger';
import {
  alarmTrigger, anyEventTrigger, codePipelineTrigger, imagePushTrigger, modelApprovedTrigger, pipelineSuccessTrigger,
} from './service-triggers';
import { PlannedPipeline, TriggeredPipeline, TriggerKind } from './trigger-kind';
import { EventTriggerOptions, ImagePushTriggerOptions } from './trigger-options';
import { hashOf } from '../../core/names';
import { Problems } from '../../core/problems';
import { IModelRegistry } from '../../registry/model-registry';

/**
 * What starts a pipeline by itself. Each trigger has a role that can start this pipeline and nothing else, may pass parameters, and what it could
 * not deliver within an hour goes to a queue.
 *
 * Events are those of the pipeline's own account and Region.
 */
export class PipelineTrigger {
  /**
   * Starts the pipeline when new data is complete: once for each marker object, however many files came before it.
   *
   * The bucket must send its events to EventBridge, as a ModelArtifactBucket does.
   *
   * @param options which data, how the marker is called, and whether the pipeline gets the object
   */
  public static onNewData(options: NewDataTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(newDataTrigger(options));
  }

  /**
   * Starts the pipeline by the clock, in the time zone of the schedule.
   *
   * @param schedule when; more often than every 10 minutes is warned of, and a `cron` without `minute` means each minute of its hours
   * @param options how late, from when until when, and with which parameters
   */
  public static onSchedule(schedule: ScheduleExpression, options: ScheduleTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(scheduleTrigger(schedule, options));
  }

  /**
   * Starts the pipeline when an image is pushed to a repository of ECR. `$.detail.image-tag` and `$.detail.image-digest` tell which.
   *
   * @param repository for example `repository` of a CustomContainerRepo
   * @param options which tag, and with which parameters
   */
  public static onImagePush(repository: IRepositoryRef, options: ImagePushTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(imagePushTrigger(repository, options));
  }

  /**
   * Starts the pipeline when a pipeline of CodePipeline succeeds: after each change of code in GitHub, GitLab or Bitbucket, if a connection is its
   * source. `$.detail.execution-id` tells which execution.
   *
   * @param codePipeline builds and tests the code
   * @param options with which parameters
   */
  public static onCodePipeline(codePipeline: ICodePipelineRef, options: EventTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(codePipelineTrigger(codePipeline, options));
  }

  /**
   * Starts the pipeline whenever one object is written anew: code or a configuration in S3. `$.detail.object.version-id` tells its version.
   *
   * The bucket must send its events to EventBridge, as a ModelArtifactBucket does.
   *
   * @param bucket holds the object
   * @param objectKey key of the object
   * @param options with which parameters
   */
  public static onObject(bucket: IBucket, objectKey: string, options: EventTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(objectTrigger(bucket, objectKey, options));
  }

  /**
   * Starts the pipeline when an alarm goes off, for example one that a model monitor has for drift. It starts once, and again only after the alarm was
   * well in between.
   *
   * @param alarm an alarm of CloudWatch, a composite one too
   * @param options with which parameters
   */
  public static onAlarm(alarm: IAlarmRef, options: EventTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(alarmTrigger(alarm, options));
  }

  /**
   * Starts the pipeline when another one has succeeded. `$.detail.pipelineExecutionArn` tells which execution.
   *
   * @param pipeline the other one
   * @param options with which parameters
   */
  public static onPipeline(pipeline: IPipelineRef, options: EventTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(pipelineSuccessTrigger(pipeline, options));
  }

  /**
   * Starts the pipeline when a model version is approved. `$.detail.ModelPackageArn` tells which. SageMaker may send an event more than once, so the
   * pipeline may start more than once.
   *
   * @param registry where the version is
   * @param options with which parameters
   */
  public static onModelApproved(registry: IModelRegistry, options: EventTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(modelApprovedTrigger(registry, options));
  }

  /**
   * Starts the pipeline with any event of EventBridge's default bus.
   *
   * @param eventPattern which events
   * @param options with which parameters
   */
  public static onEvent(eventPattern: EventPattern, options: EventTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(anyEventTrigger(eventPattern, options));
  }

  /**
   * None says what another says.
   *
   * @internal
   */
  public static _checkAll(triggers: PipelineTrigger[], pipeline: PlannedPipeline, problems: Problems): void {
    triggers.forEach((t, i) => t._kind.check(`triggers[${i}]`, pipeline, problems));
    const said = triggers.map(t => JSON.stringify([t._kind.id, ...t._kind.says(pipeline)]));
    said.forEach((text, i) => problems.check(said.indexOf(text) === i, `triggers[${i}] must differ from triggers[${said.indexOf(text)}]`));
  }

  private constructor(
    /** @internal */
    public readonly _kind: TriggerKind,
  ) {}

  /**
   * Whether the pipeline must have the parameters of an InputObject.
   *
   * @internal
   */
  public get _passesObject(): boolean {
    return this._kind.passesObject ?? false;
  }

  /** @internal */
  public _bind(pipeline: TriggeredPipeline): void {
    const id = this.idIn(pipeline);
    const alike = pipeline.scope.node.children.filter(c => c.node.id.startsWith(id)).length; // they differ in tokens only
    this._kind.bind(alike === 0 ? id : `${id}-${alike + 1}`, pipeline);
  }

  /**
   * Made of what the trigger says, so that it stays the same when others come and go; without tokens, whose text depends on what else the app
   * makes.
   */
  private idIn(pipeline: TriggeredPipeline): string {
    const known = this._kind.says(pipeline).map(text => Token.isUnresolved(text) ? '' : text);
    return `${this._kind.id}${hashOf(JSON.stringify(known))}`;
  }
}
