import { Token } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { NewDataTriggerOptions, newDataTrigger } from './new-data-trigger';
import { scheduleTrigger } from './schedule-trigger';
import { TriggeredPipeline, TriggerKind } from './trigger-kind';
import { hashOf } from '../../core/names';
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
    const said = triggers.map(t => JSON.stringify([t.kind.id, ...t.kind.says(pipeline)]));
    said.forEach((text, i) => problems.check(said.indexOf(text) === i, `triggers[${i}] must differ from triggers[${said.indexOf(text)}]`));
  }

  private constructor(private readonly kind: TriggerKind) {}

  /** @internal */
  public _check(name: string, pipeline: Pick<TriggeredPipeline, 'data'>, problems: Problems): void {
    this.kind.check(name, pipeline, problems);
  }

  /** @internal */
  public _bind(pipeline: TriggeredPipeline): void {
    const id = this._id(pipeline);
    const alike = pipeline.scope.node.children.filter(c => c.node.id.startsWith(id)).length; // they differ in tokens only
    this.kind.bind(alike === 0 ? id : `${id}-${alike + 1}`, pipeline);
  }

  /**
   * Made of what the trigger says, so that it stays the same when others come and go; without tokens, whose text depends on what else the app
   * makes.
   *
   * @internal
   */
  public _id(pipeline: Pick<TriggeredPipeline, 'data'>): string {
    const known = this.kind.says(pipeline).map(text => Token.isUnresolved(text) ? '' : text);
    return `${this.kind.id}${hashOf(JSON.stringify(known))}`;
  }
}
