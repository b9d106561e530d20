import { Size } from 'aws-cdk-lib';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { ArtifactPrefix, Hosting, InferenceEndpoint, InferenceEndpointGrants, ModelArtifactBucket } from '../../src';
import { consumerRole, errorOf, stackFixture, statementsOf } from '../helper';
import { hosted, MODEL } from './hosted';

const componentsFixture = () => hosted(Hosting.components({ components: [{ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1) }] }));

const asynchronous = (a: ModelArtifactBucket) =>
  Hosting.asynchronous({ model: MODEL, input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) });

/** ARN of the component llama of an endpoint, in the stack of the tests. */
function componentArn(name: string) {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:inference-component/${name}`]] };
}

test('an endpoint that is made in other ways may be granted to be called', () => {
  const { stack, template } = stackFixture();
  const endpoint = new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: 'c' });
  expect(InferenceEndpointGrants.fromEndpoint(endpoint).invoke(consumerRole(stack)).success).toBe(true);
  expect(statementsOf(template(), 'Consumer')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: { Ref: 'Endpoint' } }]);
});

test('streaming and asynchronous callers are not denied (modernisation-platform-environments PR 18584): each way to call has its permission', () => {
  const { stack, endpoint, template } = hosted(Hosting.realTime({ model: MODEL }));
  endpoint.grants.invoke(consumerRole(stack, 'One'));
  endpoint.grants.invokeStream(consumerRole(stack, 'Three'));
  endpoint.grants.invokeBidirectionalStream(consumerRole(stack, 'Four'));
  const granted = ['One', 'Three', 'Four'].map(id => statementsOf(template(), id));
  const statement = (Action: string | string[]) => [{ Effect: 'Allow', Action, Resource: stack.resolve(endpoint.endpointArn) }];
  expect(granted).toEqual([
    statement('sagemaker:InvokeEndpoint'),
    statement(['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream']),
    statement('sagemaker:InvokeEndpointWithBidirectionalStream'),
  ]);
});

test('callers of an asynchronous endpoint may send requests to exactly this one', () => {
  const { stack, endpoint, template } = hosted(asynchronous);
  endpoint.grants.invokeAsync(consumerRole(stack));
  expect(statementsOf(template(), 'Consumer')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpointAsync', Resource: stack.resolve(endpoint.endpointArn) }]);
});

test('what an endpoint never answers is not granted: another way to call is named', () => {
  const { stack, endpoint } = hosted(asynchronous);
  const role = consumerRole(stack);
  const grants: ((of: InferenceEndpoint) => unknown)[] = [
    ({ grants: g }) => g.invoke(role),
    ({ grants: g }) => g.invokeModels(role, ['a']),
    ({ grants: g }) => g.invokeStream(role),
    ({ grants: g }) => g.invokeBidirectionalStream(role),
    of => of.grantInvoke(role),
  ];
  for (const grant of grants) {
    expect(errorOf(() => grant(endpoint))).toBe([
      "InferenceEndpointGrants at 'Stack/Endpoint' has 1 problem:",
      '  - this endpoint is asynchronous: use invokeAsyncTask / grants.invokeAsync',
    ].join('\n'));
  }
  for (const hosting of [Hosting.realTime({ model: MODEL }), Hosting.serverless({ model: MODEL })]) {
    const { stack: other, endpoint: immediate } = hosted(hosting);
    expect(errorOf(() => immediate.grants.invokeAsync(consumerRole(other))))
      .toContain('this endpoint is not asynchronous: use invokeTask / grants.invoke, or host it with Hosting.asynchronous');
  }
});

test('endpoints of unknown kind may be granted in every way', () => {
  const { stack } = stackFixture();
  const role = consumerRole(stack);
  for (const { grants } of [InferenceEndpoint.fromEndpointName(stack, 'Imported', 'churn'), { grants: InferenceEndpointGrants.fromEndpoint(new CfnEndpoint(stack, 'Made', { endpointConfigName: 'c' })) }]) {
    expect([grants.invoke(role), grants.invokeAsync(role)].map(g => g.success)).toEqual([true, true]);
  }
});

test('the capacity of an asynchronous endpoint may be changed as well', () => {
  const { stack, endpoint } = hosted(asynchronous);
  expect(endpoint.grants.changeCapacity(consumerRole(stack)).success).toBe(true);
});

test('the ARN in a permission is as SageMaker writes it (philschmid/cdk-samples#2): that of the endpoint, or in lower case', () => {
  const { stack, endpoint, template } = hosted(Hosting.realTime({ model: MODEL }), { endpointName: 'Churn' });
  endpoint.grants.invoke(consumerRole(stack));
  expect(statementsOf(template(), 'Consumer')[0].Resource).toEqual({ Ref: expect.stringMatching(/^EndpointRealTime[0-9A-F]{8}$/) });
  const { stack: other, template: otherTemplate } = stackFixture();
  const made = new CfnEndpoint(other, 'Endpoint', { endpointConfigName: 'c' });
  InferenceEndpointGrants.fromComponents(made, ['LLaMA']).invoke(consumerRole(other));
  expect(statementsOf(otherTemplate(), 'Consumer')[0].Resource[1]).toEqual(componentArn('llama'));
});

test('callers of inference components may call the endpoint and exactly its components', () => {
  const { stack, endpoint, template } = componentsFixture();
  endpoint.grants.invoke(consumerRole(stack));
  expect(statementsOf(template(), 'Consumer')).toEqual([{
    Effect: 'Allow',
    Action: 'sagemaker:InvokeEndpoint',
    Resource: [stack.resolve(endpoint.endpointArn), componentArn(endpoint.inferenceComponentName('llama'))],
  }]);
});

test('callers of a multi-model endpoint may be kept to some of its models', () => {
  const { stack, endpoint, template } = hosted(Hosting.realTime({ model: MODEL }));
  endpoint.grants.invokeModels(consumerRole(stack), ['tenant-a/*']);
  expect(statementsOf(template(), 'Consumer')).toEqual([{
    Effect: 'Allow',
    Action: 'sagemaker:InvokeEndpoint',
    Resource: stack.resolve(endpoint.endpointArn),
    Condition: { StringLike: { 'sagemaker:TargetModel': ['tenant-a/*'] } },
  }]);
  expect(errorOf(() => endpoint.grants.invokeModels(consumerRole(stack, 'Other'), []))).toContain('targetModels must hold 1 to 9007199254740991 entries, got 0');
});

test('capacity may be changed on demand, and looked at', () => {
  const { stack, endpoint, template } = componentsFixture();
  endpoint.grants.changeCapacity(consumerRole(stack));
  expect(statementsOf(template(), 'Consumer')).toEqual([
    { Effect: 'Allow', Action: ['sagemaker:DescribeEndpoint', 'sagemaker:UpdateEndpointWeightsAndCapacities'], Resource: stack.resolve(endpoint.endpointArn) },
    {
      Effect: 'Allow',
      Action: ['sagemaker:DescribeInferenceComponent', 'sagemaker:UpdateInferenceComponentRuntimeConfig'],
      Resource: componentArn(endpoint.inferenceComponentName('llama')),
    },
  ]);
});

test('without inference components nothing of them is granted', () => {
  const { stack, endpoint, template } = hosted(Hosting.realTime({ model: MODEL }));
  endpoint.grants.changeCapacity(consumerRole(stack));
  expect(JSON.stringify(statementsOf(template(), 'Consumer'))).not.toContain('nferenceComponent');
});
