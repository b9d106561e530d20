/** What tells which endpoint and which model. */
export interface DeletedNames {
  /** Followed by a dash and the id of an execution it is the name of an endpoint and of its configuration. */
  readonly namePrefix: string;
  readonly modelStepName: string;
}

/** Longer than an endpoint may take to start and to be deleted. */
const TIMEOUT_SECONDS = 3 * 60 * 60;
const WAIT_SECONDS = 30;

/** States in which an endpoint can be deleted; in the others something still goes on. */
const DELETABLE = ['InService', 'Failed', 'OutOfService', 'UpdateRollbackFailed'];

/** The service takes no more calls for a while, or has an error of its own. */
const RETRY = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 5, JitterStrategy: 'FULL' }];

/** Whatever was the matter: look again what there is. */
const CATCH = [{ ErrorEquals: ['States.ALL'], Next: 'Wait' }];

/** Page by page: an execution may have more steps than one answer holds. */
const STEPS_REQUEST = "$merge([{ 'PipelineExecutionArn': $execution, 'MaxResults': 100 }, $token = 'None' ? {} : { 'NextToken': $token }])";

/**
 * States that delete an endpoint, its configuration and its model, as far as they are there: lists tell what there is without an error for what there is not,
 * so that it may run before, while and after the three are made, and twice at the same time.
 *
 * The model has the name that SageMaker gave it, which the steps of the execution tell by its ARN, in lower case or not. All such names hold the id of the
 * execution.
 */
export function deletionStates(partition: string, { namePrefix, modelStepName }: DeletedNames): object {
  const call = (action: string, request: object | string, then: object) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::aws-sdk:sagemaker:${action}`,
    Arguments: request,
    ...action.startsWith('list') && { Retry: RETRY },
    ...then,
  });
  const execution = '$states.input.detail.pipelineExecutionArn';
  const id = `$split(${execution}, '/')[-1]`;
  const model = `$states.result.PipelineExecutionSteps[StepName='${modelStepName}'].Metadata.Model.Arn`;
  return {
    Comment: 'Deletes the test endpoint of one execution of a pipeline',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: TIMEOUT_SECONDS,
    StartAt: 'Name',
    States: {
      Name: {
        Type: 'Pass',
        Assign: {
          execution: expression(execution),
          id: expression(id),
          name: expression(`'${namePrefix}-' & ${id}`),
          token: 'None',
        },
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
      FindModelName: call('listPipelineExecutionSteps', expression(STEPS_REQUEST), {
        // the token is that of the next page only while the step was not found, so that a second look begins at the first page again
        Assign: { model: expression(`$exists(${model}) ? $lowercase(${model}) : 'None'`), token: expression(`$exists(${model}) ? 'None' : ${orNoneText('$states.result.NextToken')}`) },
        Next: 'ModelMade',
      }),
      ModelMade: {
        Type: 'Choice',
        Choices: [
          { Condition: expression("$model = 'None' and $token = 'None'"), Next: 'Done' },
          { Condition: expression("$model = 'None'"), Next: 'FindModelName' },
        ],
        Default: 'FindModel',
      },
      FindModel: call('listModels', { NameContains: expression('$id'), MaxResults: 100 }, {
        Assign: { model: orNone('$states.result.Models[$lowercase(ModelArn)=$model].ModelName') },
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
  return expression(orNoneText(text));
}

function orNoneText(text: string): string {
  return `($exists(${text}) ? ${text} : 'None')`;
}
