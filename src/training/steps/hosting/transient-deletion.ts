import { Stack } from 'aws-cdk-lib';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { deletionStates } from './deletion-states';
import { accept } from '../../../compliance/excuses';
import { sagemakerArn } from '../../../core/stacks';
import { eventRule } from '../../../delivery/event-rule';
import { MlRole } from '../../../identity/ml-role';
import { Permission } from '../../../identity/permission-statement';

/** What is to be deleted, and when. */
export interface TransientDeletion {
  readonly pipelineArn: string;
  /** For statements. */
  readonly pipelineArns: string[];
  /** Followed by a dash and the id of an execution it is the name of an endpoint and of its configuration. */
  readonly namePrefix: string;
  readonly modelStepName: string;
  /** The step after which nobody needs the endpoint any more, if it is one. */
  readonly lastStepName?: string;
}

const ENDED = ['Succeeded', 'Failed', 'Stopped', 'CompletedWithFailures'];

/** An event is tried again for a day, since what it deletes is billed by the hour. */
const RETRIES = { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 };

const NOTHING_TO_TRACE = 'It calls one service, one call after the other, so there is nothing to trace.';

/** A rule that starts a state machine that deletes; neither has code of its own. */
export function deleteAfterwards(scope: Construct, id: string, deletion: TransientDeletion): void {
  const { pipelineArn, lastStepName } = deletion;
  const own = new Construct(scope, id);
  const role = new MlRole(own, 'Role', { service: 'states.amazonaws.com', description: 'Deletes the test endpoints of a pipeline' });
  role.allow(...permissions(scope, deletion));
  const machine = new CfnStateMachine(own, 'StateMachine', {
    roleArn: role.roleArn,
    definitionString: Stack.of(scope).toJsonString(deletionStates(Stack.of(scope).partition, deletion)),
  });
  machine.node.addDependency(role);
  accept(machine, 'deploymentHelpers', [
    { rule: 'AwsSolutions-SF1', reason: 'A standard state machine keeps the history of its executions, which holds names and no data.' },
    ...['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray'].map(rule => ({ rule, reason: NOTHING_TO_TRACE })),
  ]);

  eventRule(scope, own, {
    description: 'Deletes the test endpoint of an execution that has ended',
    eventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': [
        'SageMaker Model Building Pipeline Execution Status Change',
        ...lastStepName === undefined ? [] : ['SageMaker Model Building Pipeline Execution Step Status Change'],
      ],
      'detail': {
        pipelineArn: [{ 'equals-ignore-case': pipelineArn }], // AWS writes names in ARNs in lower case, or not
        ...lastStepName === undefined ? { currentPipelineExecutionStatus: ENDED } : {
          $or: [{ currentPipelineExecutionStatus: ENDED }, { stepName: [lastStepName], currentStepStatus: ENDED.slice(0, 3) }],
        },
      },
    },
    target: { id: 'Deletion', arn: machine.attrArn },
    roleId: 'RuleRole',
    roleDescription: 'Starts the deletion of test endpoints',
    permissions: [{ actions: ['states:StartExecution'], resources: [machine.attrArn] }],
    retries: RETRIES,
  });
}

function permissions(scope: Construct, { pipelineArns, namePrefix }: TransientDeletion): Permission[] {
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
      resources: [sagemakerArn(scope, 'model', 'pipelines-*')],
      reason: "SageMaker names the models of pipelines 'pipelines-<execution>-<step>-<hash>'.",
    },
    {
      actions: ['sagemaker:ListPipelineExecutionSteps'],
      resources: pipelineArns.map(arn => `${arn}/execution/*`),
      reason: 'The ids of executions are not known at synth.',
    },
  ];
}
