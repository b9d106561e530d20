import { watchForCircles } from './endless';
import { PipelineTrigger } from './pipeline-trigger';
import { TriggeredPipeline } from './trigger-kind';
import { madeLate, ownResources } from '../../compliance/ours';
import { Problems } from '../../core/problems';

/** What starts one pipeline, from its constructor and later. */
export class Triggers {
  private readonly all: PipelineTrigger[];

  /** Those that the constructor was given are checked by it, with everything else. */
  constructor(private readonly pipeline: TriggeredPipeline, given: PipelineTrigger[] = []) {
    this.all = [...given];
    given.forEach(t => t._bind(pipeline));
    pipeline.scope.node.addValidation({ validate: () => this.broken() });
    watchForCircles(pipeline, () => this.all.map(t => t._kind));
  }

  /** Guard rails that executions break by what a trigger passes, and not by themselves. */
  private broken(): string[] {
    const passing = this.all.map(({ _kind: { passed = {} } }, i) => ({ passed, i })).filter(({ passed }) => Object.keys(passed).length > 0);
    const always = passing.length === 0 ? [] : this.pipeline.brokenBy({});
    return passing.flatMap(({ passed, i }) => this.pipeline.brokenBy(passed).filter(sentence => !always.includes(sentence))
      .map(sentence => `triggers[${i}] starts executions in which ${sentence}`));
  }

  /** One more, judged as if the constructor had made it. */
  public add(trigger: PipelineTrigger): void {
    const { scope } = this.pipeline;
    const problems = new Problems();
    PipelineTrigger._checkAll([...this.all, trigger], this.pipeline, problems);
    problems.throwIfAny(scope);
    const before = ownResources(scope);
    this.all.push(trigger);
    trigger._bind(this.pipeline);
    ownResources(scope).filter(r => !before.includes(r)).forEach(r => madeLate(r, before[0]));
  }
}
