import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { ResourceEnvironment } from 'aws-cdk-lib/interfaces';
import { Construct, IDependable } from 'constructs';
import { PlannedPipeline, RETRIES, TriggeredPipeline, TriggerKind } from './trigger-kind';
import { checkPassed, PassedParameters, renderPassed, saidOf } from './trigger-parameters';
import { Problems } from '../../core/problems';
import { DeadLetters } from '../../identity/dead-letters';
import { MlRole } from '../../identity/ml-role';

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
  /** What else must hold. */
  readonly check?: (name: string, pipeline: PlannedPipeline, problems: Problems) => void;
  /** What else must be made or said; returns what must be there before the pipeline starts. */
  readonly bound?: (trigger: Construct, pipeline: TriggeredPipeline) => IDependable[];
}

/** Starts with events of EventBridge's default bus. */
export function eventTrigger(event: EventTrigger): TriggerKind {
  return {
    id: event.id,
    says: pipeline => [...event.says(pipeline), ...saidOf(event.parameters)],
    check(name, pipeline, problems) {
      event.check?.(name, pipeline, problems);
      checkHeard(name, typeof event.sender === 'function' ? event.sender(pipeline) : event.sender, pipeline, problems);
      checkPassed(name, event.parameters, pipeline, 'event', problems);
    },
    bind(childId, pipeline) {
      const { scope, pipelineArn } = pipeline;
      const trigger = new Construct(scope, childId);
      const needs = event.bound?.(trigger, pipeline) ?? [];
      const role = new MlRole(trigger, 'Role', { service: 'events.amazonaws.com', description: `Starts a pipeline when ${event.role}` });
      role.allow({ actions: ['sagemaker:StartPipelineExecution'], resources: [pipelineArn] });
      const letters = DeadLetters.of(scope);
      const rule = new CfnRule(trigger, 'Rule', {
        description: `Starts a pipeline when ${event.when(pipeline)}`,
        eventPattern: event.pattern(pipeline),
        targets: [{
          id: 'Pipeline',
          arn: pipelineArn,
          roleArn: role.roleArn,
          sageMakerPipelineParameters: renderPassed(event.parameters),
          retryPolicy: RETRIES,
          deadLetterConfig: { arn: letters.queueArn },
        }],
      });
      rule.node.addDependency(role, ...needs);
      letters.acceptFrom(rule.attrArn);
    },
  };
}

/** Services send their events to the default bus of their own account and Region. */
function checkHeard(name: string, sender: Sender | undefined, { scope }: PlannedPipeline, problems: Problems): void {
  if (sender === undefined) { return; }
  const { account, region } = Stack.of(scope);
  for (const [what, there, here] of [['account', sender.env.account, account], ['Region', sender.env.region, region]]) {
    const differs = Token.compareStrings(there, here) === TokenComparison.DIFFERENT;
    problems.check(!differs, `${name} hears no events of ${sender.name} in ${what} ${there}, since the pipeline is in ${here}: forward them to the default event bus here, and use PipelineTrigger.onEvent`);
  }
}
