import { execFileSync } from 'child_process';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DefinitionBody, IChainable, IntegrationPattern, JsonPath, QueryLanguage, StateMachine, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { ArtifactPrefix, Hosting, InferenceEndpoint, InvokeAsyncTaskProps } from '../../../src';
import { dependencyCycle, errorOf, onlyResource, stackFixture, statementsOf } from '../../helper';
import { hosted, MODEL } from '../hosted';

/** A real state machine of one state: what it says, with references in place of what is not known yet, and what its role may do. */
function machineOf(stack: Stack, state: IChainable) {
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(state) });
  const template = Template.fromStack(stack);
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
  const [, parts]: [string, any[]] = onlyResource(template, 'AWS::StepFunctions::StateMachine').Properties.DefinitionString['Fn::Join'];
  const names: unknown[] = [];
  const text = parts.map(part => typeof part === 'string' ? part : part.Ref === 'AWS::Partition' ? 'aws' : `\${${names.push(part) - 1}}`).join('');
  const definition = JSON.parse(text, (_, value) => /^\$\{\d+\}$/.test(value) ? names[Number(value.slice(2, -1))] : value);
  return { definition, statements: statementsOf(template, 'MachineRole') };
}

const ASYNCHRONOUS: Parameters<typeof hosted>[0] = a =>
  Hosting.asynchronous({ model: MODEL, input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) });

test('a state machine calls an endpoint (aws-cdk#21610): definition and permission are exact', () => {
  const { stack, endpoint } = hosted(Hosting.realTime({ model: MODEL }));
  const task = endpoint.invokeTask(stack, 'Score', { payload: TaskInput.fromJsonPathAt('$.features'), resultPath: '$.score', comment: 'Scores a customer' });
  const { definition, statements } = machineOf(stack, task);
  expect(definition).toEqual({
    StartAt: 'Score',
    States: {
      Score: {
        Type: 'Task',
        Comment: 'Scores a customer',
        Resource: 'arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpoint',
        Parameters: { 'EndpointName': stack.resolve(endpoint.endpointName), 'Body.$': '$.features', 'ContentType': 'application/json' },
        ResultPath: '$.score',
        End: true,
      },
    },
  });
  expect(statements).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: stack.resolve(endpoint.endpointArn) }]);
});

test('text, objects and everything that chooses what is called reach the call', () => {
  const { stack, endpoint } = hosted(Hosting.realTime({ model: MODEL }));
  const parameters = (id: string, props: Omit<Parameters<InferenceEndpoint['invokeTask']>[2], 'payload'> & { payload?: TaskInput }) =>
    (endpoint.invokeTask(stack, id, { payload: TaskInput.fromText('1,2'), ...props }).toStateJson() as any).Parameters;
  expect(parameters('Text', { contentType: 'text/csv', accept: 'application/json', targetVariant: 'Blue' }))
    .toMatchObject({ Body: '1,2', ContentType: 'text/csv', Accept: 'application/json', TargetVariant: 'Blue' });
  expect(parameters('Object', { payload: TaskInput.fromObject({ rows: [1, 2] }) })).toMatchObject({ Body: { rows: [1, 2] } });
  expect(parameters('Model', { targetModel: 'a.tar.gz', targetContainerHostname: 'first' })).toMatchObject({ TargetModel: 'a.tar.gz', TargetContainerHostname: 'first' });
});

test('JSONata works as well', () => {
  const { stack, endpoint } = hosted(Hosting.realTime({ model: MODEL }));
  const task = endpoint.invokeTask(stack, 'Score', { payload: TaskInput.fromText('{% $states.input.features %}'), queryLanguage: QueryLanguage.JSONATA, outputs: '{% $states.result.Body %}' });
  expect(machineOf(stack, task).definition.States.Score).toMatchObject({
    Arguments: { Body: '{% $states.input.features %}', ContentType: 'application/json' }, Output: '{% $states.result.Body %}',
  });
});

test('a component is called by its name in the account, and may be called', () => {
  const { stack, endpoint } = hosted(Hosting.components({ components: [{ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1) }] }));
  const payload = TaskInput.fromJsonPathAt('$');
  const name = endpoint.inferenceComponentName('llama');
  const { definition, statements } = machineOf(stack, endpoint.invokeTask(stack, 'Ask', { payload, componentName: 'llama' }));
  expect(definition.States.Ask.Parameters.InferenceComponentName).toBe(name);
  expect(statements[0].Resource).toEqual([stack.resolve(endpoint.endpointArn), { 'Fn::Join': ['', expect.arrayContaining([`:inference-component/${name}`])] }]);
  expect(errorOf(() => endpoint.invokeTask(stack, 'Other', { payload, componentName: 'lama' }))).toContain("inference component must be one of llama, got 'lama'");
});

test('an asynchronous request is handed over, and the state machine goes on', () => {
  const { stack, endpoint } = hosted(ASYNCHRONOUS);
  const task = endpoint.invokeAsyncTask(stack, 'Send', {
    inputLocation: 's3://bucket/async/input/1.json', contentType: 'application/json', invocationTimeout: Duration.minutes(30), requestTtl: Duration.hours(1),
  });
  const { definition, statements } = machineOf(stack, task);
  expect(definition.States.Send).toEqual({
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:sagemakerruntime:invokeEndpointAsync',
    Parameters: {
      EndpointName: stack.resolve(endpoint.endpointName),
      InputLocation: 's3://bucket/async/input/1.json',
      ContentType: 'application/json',
      InvocationTimeoutSeconds: 1800,
      RequestTTLSeconds: 3600,
    },
    End: true,
  });
  expect(statements).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpointAsync', Resource: stack.resolve(endpoint.endpointArn) }]);
});

test('times that SageMaker refuses are an error', () => {
  const { stack, endpoint } = hosted(ASYNCHRONOUS);
  expect(errorOf(() => endpoint.invokeAsyncTask(stack, 'Send', { inputLocation: 's3://b/k', invocationTimeout: Duration.hours(2), requestTtl: Duration.seconds(30) }))).toBe([
    "InvokeAsyncTask at 'Stack/Send' has 2 problems:",
    '  - invocationTimeout (seconds) must be a whole number between 1 and 3600, got 7200',
    '  - requestTtl (seconds) must be a whole number between 60 and 21600, got 30',
  ].join('\n'));
});

const sent = (props: InvokeAsyncTaskProps) => {
  const { stack, endpoint } = hosted(ASYNCHRONOUS);
  return machineOf(stack, endpoint.invokeAsyncTask(stack, 'Send', props)).definition.States.Send;
};

test('the input of the state says where the request lies and what its id is', () => {
  const { Parameters } = sent({ inputLocation: JsonPath.stringAt('$.document'), inferenceId: JsonPath.stringAt('$.id') });
  expect(Parameters).toEqual({ 'EndpointName': expect.anything(), 'InputLocation.$': '$.document', 'InferenceId.$': '$.id' });
  expect(sent({ inputLocation: JsonPath.format('s3://b/{}.json', JsonPath.stringAt('$.id')) }).Parameters['InputLocation.$']).toBe("States.Format('s3://b/{}.json', $.id)");
  expect(sent({ inputLocation: '{% $states.input.document %}', inferenceId: '{% $states.input.id %}', queryLanguage: QueryLanguage.JSONATA }).Arguments)
    .toMatchObject({ InputLocation: '{% $states.input.document %}', InferenceId: '{% $states.input.id %}' });
});

test('a text is sent as it is: so a path is an error, with the way to write it, and so is what is not in S3', () => {
  const problem = (props: Partial<InvokeAsyncTaskProps>) => errorOf(() => sent({ inputLocation: 's3://b/k', ...props })).split('\n').slice(1);
  expect(problem({ inputLocation: '$.document', inferenceId: '$.id' })).toEqual([
    "  - inputLocation would be sent as it is: for a path into the input write sfn.JsonPath.stringAt('$.document')",
    "  - inferenceId would be sent as it is: for a path into the input write sfn.JsonPath.stringAt('$.id')",
  ]);
  for (const inputLocation of ['in/x.json', 'https://b.s3.amazonaws.com/x.json', 's3:///x', '']) {
    expect(problem({ inputLocation })).toEqual([`  - inputLocation must begin with 's3://' and a bucket, got '${inputLocation}'`]);
  }
});

test('an id that SageMaker refuses is an error', () => {
  const problem = (inferenceId: string) => errorOf(() => sent({ inputLocation: 's3://b/k', inferenceId }));
  for (const id of ['', ' a', 'ä', 'a'.repeat(65)]) {
    expect(problem(id)).toContain(`inferenceId must be 1 to 64 visible ASCII characters; blanks are allowed after the first, got '${id}'`);
  }
  expect(sent({ inputLocation: 's3://b/k', inferenceId: 'a'.repeat(64) }).Parameters.InferenceId).toHaveLength(64);
});

test('what chooses the model is no path either', () => {
  const { stack, endpoint } = hosted(Hosting.realTime({ model: MODEL }));
  const task = (id: string, targetModel: string) => endpoint.invokeTask(stack, id, { payload: TaskInput.fromText('1'), targetModel });
  expect(errorOf(() => task('Path', '$.tenant'))).toContain("targetModel would be sent as it is: for a path into the input write sfn.JsonPath.stringAt('$.tenant')");
  expect((task('Token', JsonPath.stringAt('$.tenant')).toStateJson() as any).Parameters['TargetModel.$']).toBe('$.tenant');
});

test('an endpoint is called in the way that it answers', () => {
  const { stack, endpoint } = hosted(ASYNCHRONOUS);
  expect(errorOf(() => endpoint.invokeTask(stack, 'Ask', { payload: TaskInput.fromText('1') }))).toBe([
    "InvokeTask at 'Stack/Ask' has 1 problem:",
    '  - this endpoint is asynchronous: use invokeAsyncTask / grants.invokeAsync',
  ].join('\n'));
  const { stack: other, endpoint: immediate } = hosted(Hosting.serverless({ model: MODEL }));
  expect(errorOf(() => immediate.invokeAsyncTask(other, 'Send', { inputLocation: 's3://b/k' })))
    .toContain('this endpoint is not asynchronous: use invokeTask / grants.invoke, or host it with Hosting.asynchronous');
});

test('a state that waits for more than the answer of the call is an error', () => {
  const { stack, endpoint } = hosted(Hosting.realTime({ model: MODEL }));
  const payload = TaskInput.fromText('1');
  for (const integrationPattern of [IntegrationPattern.WAIT_FOR_TASK_TOKEN, IntegrationPattern.RUN_JOB]) {
    const problem = `integrationPattern must be one of REQUEST_RESPONSE, got '${integrationPattern}'`;
    expect(errorOf(() => endpoint.invokeTask(stack, 'Ask', { payload, integrationPattern }))).toContain(problem);
    expect(errorOf(() => sent({ inputLocation: 's3://b/k', integrationPattern }))).toContain(problem);
  }
  expect((endpoint.invokeTask(stack, 'Fine', { payload, integrationPattern: IntegrationPattern.REQUEST_RESPONSE }).toStateJson() as any).Resource).toMatch(/:invokeEndpoint$/);
});

test('an imported endpoint is called in the same way', () => {
  const { stack } = stackFixture();
  const endpoint = InferenceEndpoint.fromEndpointArn(stack, 'Imported', 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn');
  const ask = endpoint.invokeTask(stack, 'Ask', { payload: TaskInput.fromJsonPathAt('$'), componentName: 'llama-1' });
  const send = endpoint.invokeAsyncTask(stack, 'Send', { inputLocation: 's3://bucket/1.json' });
  const { definition, statements } = machineOf(stack, ask.next(send));
  expect(definition.States.Ask.Parameters).toEqual({ 'EndpointName': 'churn', 'InferenceComponentName': 'llama-1', 'Body.$': '$', 'ContentType': 'application/json' });
  expect(statements.map(s => s.Action)).toEqual(['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointAsync']);
  expect(statements[0].Resource).toEqual([
    'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn',
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:inference-component/llama-1']] },
  ]);
});

test('the tasks of CDK are not loaded with the library', () => {
  const program = "require('ts-node/register/transpile-only'); require('./src'); console.log(Object.keys(require.cache).filter(f => /aws-stepfunctions-tasks/.test(f)).length)";
  expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }).trim()).toBe('0');
});
