import { Stack } from 'aws-cdk-lib';
import { ResourceEnvironment } from 'aws-cdk-lib/interfaces';
import { Construct, IDependable } from 'constructs';
import { PlannedPipeline, TriggeredPipeline, TriggerKind } from './trigger-kind';
import { checkPassed, PassedParameters, renderPassed, saidOf, warnOfPassed, withoutPaths } from './trigger-parameters';
import { Problems } from '../../core/problems';
import { isElsewhere } from '../../core/stacks';
import { eventRule } from '../../delivery/event-rule';

/** What is only known once the pipeline is. */
type Of<T> = (pipeline: Pick<PlannedPipeline, 'data'>) => T;

/** What sends events, by what it is called. */
interface Sender {
  readonly name: string;
  readonly env: ResourceEnvironment;
}

/** Which events start a pipeline. */
export interface EventTrigger {
  readonly id: string;
  /** Goes on after 'Starts a pipeline when '. */
  readonly when: Of<string>;
  /** The same without names, for the role. */
  readonly role: string;
  readonly pattern: Of<object>;
  readonly says: Of<string[]>;
  /** What sends the events; its account and Region must be those of the rule. */
  readonly sender?: Sender | Of<Sender | undefined>;
  readonly parameters?: PassedParameters;
  /** What it passes beside them; `check` judges whether the pipeline takes it. */
  readonly object?: PassedParameters;
  /** What else must hold. */
  readonly check?: (name: string, pipeline: PlannedPipeline, problems: Problems) => void;
  readonly startedBy?: TriggerKind['startedBy'];
  /** What else must be made or said; returns what must be there before the pipeline starts. */
  readonly bound?: (trigger: Construct, pipeline: TriggeredPipeline) => IDependable[];
}

/** Starts with events of EventBridge's default bus. */
export function eventTrigger(event: EventTrigger): TriggerKind {
  const parameters = event.object === undefined ? event.parameters : { ...event.parameters, ...event.object };
  return {
    id: event.id,
    startedBy: event.startedBy,
    passed: withoutPaths(parameters),
    says: pipeline => [...event.says(pipeline), ...saidOf(parameters)],
    check(name, pipeline, problems) {
      event.check?.(name, pipeline, problems);
      checkHeard(name, typeof event.sender === 'function' ? event.sender(pipeline) : event.sender, pipeline, problems);
      checkPassed(name, event.parameters, pipeline, 'event', problems, event.object);
    },
    bind(childId, pipeline) {
      const { scope, pipelineArn, pipelineArns } = pipeline;
      const trigger = new Construct(scope, childId);
      warnOfPassed(scope, parameters);
      const needs = event.bound?.(trigger, pipeline) ?? [];
      const rule = eventRule(scope, trigger, {
        description: `Starts a pipeline when ${event.when(pipeline)}`,
        eventPattern: event.pattern(pipeline),
        target: { id: 'Pipeline', arn: pipelineArn, sageMakerPipelineParameters: renderPassed(parameters) },
        roleDescription: `Starts a pipeline when ${event.role}`,
        permissions: [{ actions: ['sagemaker:StartPipelineExecution'], resources: pipelineArns }],
      });
      rule.node.addDependency(...needs);
    },
  };
}

/** Services send their events to the default bus of their own account and Region. */
function checkHeard(name: string, sender: Sender | undefined, { scope }: PlannedPipeline, problems: Problems): void {
  if (sender === undefined) { return; }
  for (const [what, prop] of [['account', 'account'], ['Region', 'region']] as const) {
    const there = sender.env[prop];
    problems.check(!isElsewhere(scope, { [prop]: there }), `${name} hears no events of ${sender.name} in ${what} ${there}, since the pipeline is in ${Stack.of(scope)[prop]}: forward them to the default event bus here, and use PipelineTrigger.onEvent`);
  }
}
