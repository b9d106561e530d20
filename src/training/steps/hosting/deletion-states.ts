import { TransientDeletion } from './transient-deletion';

/** Longer than an endpoint may take to start and to be deleted. */
const TIMEOUT_SECONDS = 3 * 60 * 60;
const WAIT_SECONDS = 30;

/** States in which an endpoint can be deleted; in the others something still goes on. */
const DELETABLE = ['InService', 'Failed', 'OutOfService', 'UpdateRollbackFailed'];

/** The service takes no more calls for a while, or has an error of its own. */
const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 5, JitterStrategy: 'FULL' }];

/** Whatever was the matter: look again what there is. */
const CATCH = [{ ErrorEquals: ['States.ALL'], Next: 'Wait' }];

/**
 * States that delete an endpoint, its configuration and its model, as far as they are there: lists tell what there is without an error for what there is not,
 * so that it may run before, while and after the three are made, and twice at the same time.
 */
export function deletionStates(partition: string, { namePrefix, modelStepName }: Pick<TransientDeletion, 'namePrefix' | 'modelStepName'>): object {
  const call = (action: string, request: object, then: object) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:sagemaker:${action}`,
    Arguments: request,
    ...action.startsWith('list') && { Retry: RETRY },
    ...then,
  });
  const execution = '$states.input.detail.pipelineExecutionArn';
  const model = `$states.result.PipelineExecutionSteps[StepName='${modelStepName}'].Metadata.Model.Arn`;
  return {
    Comment: 'Deletes the test endpoint of one execution of a pipeline',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: TIMEOUT_SECONDS,
    StartAt: 'Name',
    States: {
      Name: {
        Type: 'Pass',
        Assign: { execution: expression(execution), name: expression(`'${namePrefix}-' & $split(${execution}, '/')[-1]`) },
        Next: 'FindEndpoint',
      },
      FindEndpoint: call('listEndpoints', { NameContains: expression('$name') }, {
        Assign: { status: orNone('$states.result.Endpoints[EndpointName=$name].EndpointStatus') },
        Next: 'EndpointThere',
      }),
      EndpointThere: {
        Type: 'Choice',
        Choices: [
          { Condition: expression("$status = 'None'"), Next: 'FindConfig' },
          { Condition: expression(`$status in [${DELETABLE.map(s => `'${s}'`).join(', ')}]`), Next: 'DeleteEndpoint' },
        ],
        Default: 'Wait',
      },
      DeleteEndpoint: call('deleteEndpoint', { EndpointName: expression('$name') }, { Catch: CATCH, Next: 'Wait' }),
      Wait: { Type: 'Wait', Seconds: WAIT_SECONDS, Next: 'FindEndpoint' },
      FindConfig: call('listEndpointConfigs', { NameContains: expression('$name') }, {
        Assign: { config: orNone('$states.result.EndpointConfigs[EndpointConfigName=$name].EndpointConfigName') },
        Next: 'ConfigThere',
      }),
      ConfigThere: { Type: 'Choice', Choices: [{ Condition: expression("$config = 'None'"), Next: 'FindModelName' }], Default: 'DeleteConfig' },
      DeleteConfig: call('deleteEndpointConfig', { EndpointConfigName: expression('$name') }, { Catch: CATCH, Next: 'FindModelName' }),
      FindModelName: call('listPipelineExecutionSteps', { PipelineExecutionArn: expression('$execution'), MaxResults: 100 }, {
        Assign: { model: expression(`$exists(${model}) ? $split(${model}, '/')[-1] : 'None'`) },
        Next: 'ModelMade',
      }),
      ModelMade: { Type: 'Choice', Choices: [{ Condition: expression("$model = 'None'"), Next: 'Done' }], Default: 'FindModel' },
      FindModel: call('listModels', { NameContains: expression('$model') }, {
        Assign: { model: orNone('$states.result.Models[ModelName=$model].ModelName') },
        Next: 'ModelThere',
      }),
      ModelThere: { Type: 'Choice', Choices: [{ Condition: expression("$model = 'None'"), Next: 'Done' }], Default: 'DeleteModel' },
      DeleteModel: call('deleteModel', { ModelName: expression('$model') }, { Catch: CATCH, Next: 'Done' }),
      Done: { Type: 'Succeed' },
    },
  };
}

function expression(text: string): string {
  return `{% ${text} %}`;
}

/** JSONata gives nothing for what is not there, which a state machine takes for an error. */
function orNone(text: string): string {
  return expression(`$exists(${text}) ? ${text} : 'None'`);
}
