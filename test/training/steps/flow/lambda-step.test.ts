import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { FailStep, LambdaStep, LambdaStepProps, PipelineParameter, ProcessingStep, SageMakerImage, StepOutput } from '../../../../src';
import { errorOf, expectCompliant, statementFor } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

const functionIn = (stack: Stack) => new LambdaFunction(stack, 'Function', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('0') });
const made = (props: Omit<LambdaStepProps, 'lambdaFunction'>) => pipelineOf(stack => [new LambdaStep('Call', { lambdaFunction: functionIn(stack), ...props })]);
const imported = (outputs: StepOutput[]) => new LambdaStep('Call', {
  lambdaFunction: LambdaFunction.fromFunctionArn(new Stack(), 'Function', 'arn:aws:lambda:eu-west-1:111122223333:function:f'), outputs,
});

test('exactly this function may be called', () => {
  const { statements } = made({});
  expect(statementFor(statements(), 'lambda:InvokeFunction')).toEqual({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Function76856677', 'Arn'] } });
});

test('an alias is called and allowed with its name', () => {
  const { statements, step } = pipelineOf(stack => {
    const alias = new Alias(stack, 'Live', { aliasName: 'live', version: functionIn(stack).currentVersion });
    return [new LambdaStep('Call', { lambdaFunction: alias })];
  });
  expect(statementFor(statements(), 'lambda:InvokeFunction').Resource).toEqual({ Ref: expect.stringMatching(/^Live/) });
  expect(step().FunctionArn).toMatch(/^\$\{Live/);
});

test('a function that was imported is no finding', () => {
  const { stack } = pipelineOf(s => [new LambdaStep('Call', { lambdaFunction: LambdaFunction.fromFunctionArn(s, 'F', 'arn:aws:lambda:eu-west-1:111122223333:function:f') })]);
  expectCompliant(stack);
});

test('inputs are texts, numbers and flags, and variables of each', () => {
  const on = PipelineParameter.flag('On', { defaultValue: true });
  const rate = PipelineParameter.number('Rate', { defaultValue: 0.5 });
  const { step, definition } = made({ inputs: { z: 'text', flag: true, on, rate: rate.asNumber(), rateText: rate.asString(), n: 3 } });
  expect(step().Arguments).toEqual({
    flag: true,
    n: 3,
    on: { Get: 'Parameters.On' },
    rate: { Get: 'Parameters.Rate' },
    rateText: { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Rate' }] } },
    z: 'text',
  });
  expect(Object.keys(step().Arguments)).toEqual(['flag', 'n', 'on', 'rate', 'rateText', 'z']);
  expect(strictFaults(definition())).toEqual([]);
});

test('outputs are variables of their type', () => {
  const { step } = pipelineOf(stack => {
    const call = new LambdaStep('Call', { lambdaFunction: functionIn(stack), outputs: [StepOutput.text('t'), StepOutput.integer('n')] });
    return [
      new FailStep('Text', { message: call.output('t').asString() }),
      new FailStep('Number', { message: call.output('n').asString() }),
      new ProcessingStep('Job', { image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1'), instanceCount: call.output('n').asNumber() }),
      call,
    ];
  });
  expect(step(0).Arguments.ErrorMessage).toEqual({ Get: "Steps.Call.OutputParameters['t']" });
  expect(step(1).Arguments.ErrorMessage).toEqual({ 'Std:Join': { On: '', Values: [{ Get: "Steps.Call.OutputParameters['n']" }] } });
  expect(step(2).Arguments.ProcessingResources.ClusterConfig.InstanceCount).toEqual({ Get: "Steps.Call.OutputParameters['n']" });
});

test('a misspelt output is an error at once', () => {
  expect(() => imported([StepOutput.text('a'), StepOutput.flag('b')]).output('c')).toThrow(new Error("Step 'Call' has no output 'c'; it has: a, b"));
  expect(() => imported([]).output('c')).toThrow(new Error("Step 'Call' has no output 'c'; it has: none"));
});

test('bad input is one error', () => {
  const outputs = [...Array.from({ length: 51 }, (_, i) => StepOutput.text(`o${i}`)), StepOutput.text('o1'), StepOutput.text("it's"), StepOutput.text('x'.repeat(257))];
  expect(errorOf(() => made({ inputs: { list: ['a'], map: {}, none: NaN }, outputs }))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 7 problems:",
    "  - step 'Call'.inputs.list must be a text, a number or a flag, got a list",
    "  - step 'Call'.inputs.map must be a text, a number or a flag, got [object Object]",
    "  - step 'Call'.inputs.none must be a text, a number or a flag, got NaN",
    "  - step 'Call'.outputs must hold 0 to 50 entries, got 54",
    "  - step 'Call'.outputs names must be unique, used twice: o1",
    "  - step 'Call'.outputs[52] name must be text without ', got 'it's'",
    "  - step 'Call'.outputs[53] name (characters) must be between 0 and 256, got 257",
  ].join('\n'));
});

test('tokens pass', () => {
  const { step } = pipelineOf(stack => [new LambdaStep('Call', {
    lambdaFunction: functionIn(stack),
    inputs: { text: new CfnParameter(stack, 'Text').valueAsString, number: new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsString },
  })]);
  expect(step().Arguments).toEqual({ number: '${Number}', text: '${Text}' });
});
