import { createHash } from 'crypto';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { NewDataTriggerOptions, newDataTrigger } from './new-data-trigger';
import { scheduleTrigger } from './schedule-trigger';
import { TriggeredPipeline, TriggerKind } from './trigger-kind';
import { Problems } from '../../core/problems';

/**
 * What starts a pipeline by itself. Each trigger has a role that can start this pipeline and nothing else, and what it could not deliver goes to
 * a queue.
 */
export class PipelineTrigger {
  /**
   * Starts the pipeline with its defaults when new data is complete: once for each marker object, however many files came before it.
   *
   * The bucket must send its events to EventBridge, as a ModelArtifactBucket does.
   *
   * @param options which data, and how the marker is called
   */
  public static onNewData(options: NewDataTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(newDataTrigger(options));
  }

  /**
   * Starts the pipeline with its defaults by the clock.
   *
   * @param schedule when
   */
  public static onSchedule(schedule: ScheduleExpression): PipelineTrigger {
    return new PipelineTrigger(scheduleTrigger(schedule));
  }

  /**
   * None says what another says.
   *
   * @internal
   */
  public static _checkAll(triggers: PipelineTrigger[], pipeline: Pick<TriggeredPipeline, 'data'>, problems: Problems): void {
    triggers.forEach((t, i) => t._check(`triggers[${i}]`, pipeline, problems));
    const ids = triggers.map(t => t._id(pipeline));
    ids.forEach((id, i) => problems.check(ids.indexOf(id) === i, `triggers[${i}] must differ from triggers[${ids.indexOf(id)}]`));
  }

  private constructor(private readonly kind: TriggerKind) {}

  /** @internal */
  public _check(name: string, pipeline: Pick<TriggeredPipeline, 'data'>, problems: Problems): void {
    this.kind.check(name, pipeline, problems);
  }

  /** @internal */
  public _bind(pipeline: TriggeredPipeline): void {
    this.kind.bind(this._id(pipeline), pipeline);
  }

  /**
   * Made of what the trigger says, so that it stays the same when others come and go.
   *
   * @internal
   */
  public _id(pipeline: Pick<TriggeredPipeline, 'data'>): string {
    return `${this.kind.id}${createHash('sha256').update(JSON.stringify(this.kind.says(pipeline))).digest('hex').slice(0, 8)}`;
  }
}
