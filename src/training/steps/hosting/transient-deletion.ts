import { Lazy, Stack } from 'aws-cdk-lib';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { DeletedNames, deletionStates } from './deletion-states';
import { accept } from '../../../compliance/excuses';
import { sagemakerArn } from '../../../core/stacks';
import { announce } from '../../../delivery/announcement';
import { DeadLetters } from '../../../delivery/dead-letters';
import { eventRule } from '../../../delivery/event-rule';
import { MlRole } from '../../../identity/ml-role';
import { Permission } from '../../../identity/permission-statement';

/** The end of a step, which tells that nobody needs the endpoint any more. */
export interface LastStep {
  readonly stepName: string;
  /** Then it may begin again when it has failed. */
  readonly isRetried: boolean;
}

/** What is to be deleted, and when. */
export interface TransientDeletion extends DeletedNames {
  readonly pipelineArn: string;
  /** For statements. */
  readonly pipelineArns: string[];
  /** The step after which nobody needs the endpoint any more, if it is one; asked at synth, since others may come to use it until then. */
  readonly lastStep: () => LastStep | undefined;
  /** Is told of a deletion that fails. */
  readonly failureTopic?: ITopicRef;
}

/** How an execution of a state machine ends that has not done what it should. https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const FAILED = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** Of the names of steps, as much as names of what SageMaker makes for them hold. */
const NAME_PART = 20;

const ENDED = ['Succeeded', 'Failed', 'Stopped', 'CompletedWithFailures'];
const EXECUTION = 'SageMaker Model Building Pipeline Execution Status Change';
const STEP = 'SageMaker Model Building Pipeline Execution Step Status Change';

/** An event is tried again for a day, since what it deletes is billed by the hour. */
const RETRIES = { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 };

const NOTHING_TO_TRACE = 'It calls one service, one call after the other, so there is nothing to trace.';

/** A rule that starts a state machine that deletes; neither has code of its own. */
export function deleteAfterwards(scope: Construct, id: string, deletion: TransientDeletion): void {
  const { failureTopic } = deletion;
  const own = new Construct(scope, id);
  const role = new MlRole(own, 'Role', { service: 'states.amazonaws.com', description: 'Deletes the test endpoints of a pipeline' });
  role.allow(...permissions(scope, deletion));
  const machine = new CfnStateMachine(own, 'StateMachine', {
    roleArn: role.roleArn,
    definitionString: Stack.of(scope).toJsonString(deletionStates(Stack.of(scope).partition, deletion)),
  });
  machine.node.addDependency(role);
  accept(machine, 'deploymentHelpers', [
    { rule: 'AwsSolutions-SF1', reason: 'A standard state machine keeps the history of each execution for 90 days, and a rule tells of those that fail.' },
    ...['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray'].map(rule => ({ rule, reason: NOTHING_TO_TRACE })),
  ]);

  eventRule(scope, own, {
    description: 'Deletes the test endpoint of an execution that has ended',
    eventPattern: Lazy.any({ produce: () => endOf(deletion) }),
    target: { id: 'Deletion', arn: machine.attrArn },
    roleId: 'RuleRole',
    roleDescription: 'Starts the deletion of test endpoints',
    permissions: [{ actions: ['states:StartExecution'], resources: [machine.attrArn] }],
    retries: RETRIES,
  });
  tellOfFailures(scope, own, machine.attrArn, failureTopic);
}

/** The events after which nobody needs the endpoint. */
function endOf({ pipelineArn, lastStep }: TransientDeletion): object {
  const arn = { pipelineArn: [{ 'equals-ignore-case': pipelineArn }] }; // AWS writes names in ARNs in lower case, or not
  const execution = { currentPipelineExecutionStatus: ENDED };
  const last = lastStep();
  if (last === undefined) { return { 'source': ['aws.sagemaker'], 'detail-type': [EXECUTION], 'detail': { ...arn, ...execution } }; }
  const step = { stepName: [last.stepName], currentStepStatus: last.isRetried ? ['Succeeded', 'Stopped'] : ['Succeeded', 'Failed', 'Stopped'] };
  return { 'source': ['aws.sagemaker'], 'detail-type': [EXECUTION, STEP], 'detail': { ...arn, $or: [execution, step] } };
}

/** A deletion that fails leaves what is billed: it goes to the queue of the pipeline, and to whom failures of the pipeline are told. */
function tellOfFailures(scope: Construct, own: Construct, stateMachineArn: string, topic: ITopicRef | undefined): void {
  const description = 'Deletions of test endpoints that fail';
  const eventPattern = {
    'source': ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    'detail': { stateMachineArn: [stateMachineArn], status: FAILED },
  };
  DeadLetters.of(scope).take(own, 'FailedRule', { description, eventPattern });
  if (topic === undefined) { return; }
  announce(scope, `${own.node.id}FailureNotice`, {
    topic,
    description,
    eventPattern,
    message: {
      text: 'A deletion ended at <time> as <status>, so a test endpoint may still be there and is billed until somebody deletes it: <execution>',
      paths: { execution: '$.detail.executionArn', status: '$.detail.status', time: '$.time' },
    },
  });
}

/** Which case SageMaker looks at is not said, nor what becomes of `_`, which names of models cannot hold. */
function modelNames(stepName: string): string[] {
  const begin = `${stepName.slice(0, NAME_PART)}*`.replace(/[_*]+/g, '*');
  return [...new Set([begin, begin.toLowerCase()])].map(name => `pipelines-*-${name}`);
}

function permissions(scope: Construct, { pipelineArns, namePrefix, modelStepName }: TransientDeletion): Permission[] {
  const named = (action: string, resource: string) => ({
    actions: [`sagemaker:${action}`],
    resources: [sagemakerArn(scope, resource, `${namePrefix}-*`)],
    reason: 'The name ends with the id of the execution, which is not known at synth.',
  });
  return [
    {
      actions: ['sagemaker:ListEndpointConfigs', 'sagemaker:ListEndpoints', 'sagemaker:ListModels'],
      resources: ['*'],
      reason: 'Listing knows no resources.',
    },
    named('DeleteEndpoint', 'endpoint'),
    named('DeleteEndpointConfig', 'endpoint-config'),
    {
      actions: ['sagemaker:DeleteModel'],
      resources: modelNames(modelStepName).map(name => sagemakerArn(scope, 'model', name)),
      reason: `SageMaker names the models of pipelines 'pipelines-<execution>-<step>-<hash>', with ${NAME_PART} characters of the step.`,
    },
    {
      actions: ['sagemaker:ListPipelineExecutionSteps'],
      resources: pipelineArns.map(arn => `${arn}/execution/*`),
      reason: 'The ids of executions are not known at synth.',
    },
  ];
}
