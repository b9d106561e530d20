import { App, CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ComplianceEnforcement, FailStep, JobDefaults, PipelineExecution, PipelineParameter, PipelineStep, ProcessingOutput, ProcessingStep, SageMakerImage, SageMakerPipeline } from '../../../src';
import { errorOf, GO, inLanguage } from '../../helper';
import { definitionOf } from '../definition-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

/** The message of a FailStep as the definition has it: one text, with variables in it. */
function rendered(message: string): any {
  return pipelineOf([new FailStep('Fail', { message })]).Steps[0].Arguments.ErrorMessage;
}

function pipelineOf(steps: PipelineStep[], parameters?: PipelineParameter[]): any {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { steps, parameters, jobDefaults: JobDefaults.none(), compliance: { enforcement: ComplianceEnforcement.OFF } });
  return definitionOf(stack);
}

describe('a variable in a text is written as', () => {
  const text = PipelineParameter.text('Text');
  const number = PipelineParameter.number('Number', { defaultValue: 1 });
  const flag = PipelineParameter.flag('Flag', { defaultValue: true });
  test.each<[string, string, unknown]>([
    ['itself, if it is a text alone', text.asString(), { Get: 'Parameters.Text' }],
    ['a join of one, if it is a number', number.asString(), { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Number' }] } }],
    ['a join of one, if it is a flag', flag.asString(), { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Flag' }] } }],
    ['a join, within a text', `a ${text} b`, { 'Std:Join': { On: '', Values: ['a ', { Get: 'Parameters.Text' }, ' b'] } }],
    ['a join, at the beginning', `${text}/b`, { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Text' }, '/b'] } }],
    ['a join, next to another', `${text}${number}`, { 'Std:Join': { On: '', Values: [{ Get: 'Parameters.Text' }, { Get: 'Parameters.Number' }] } }],
    ['nothing special, in a text without variables', 'a ${b} "c" \\', 'a ${b} "c" \\'],
    ['the execution\'s own values', PipelineExecution.ID.asString(), { Get: 'Execution.PipelineExecutionId' }],
  ])('%s', (_, message, expected) => {
    expect(rendered(message)).toEqual(expected);
  });

  test.each<[string, (step: ProcessingStep) => string, unknown]>([
    ['a join of one, if it is a number of a step', s => s.property('ProcessingResources.ClusterConfig.InstanceCount').asString(),
      { 'Std:Join': { On: '', Values: [{ Get: 'Steps.P.ProcessingResources.ClusterConfig.InstanceCount' }] } }],
    ['a join of one, if it is a time of a step', s => s.property('ProcessingEndTime').asString(), { 'Std:Join': { On: '', Values: [{ Get: 'Steps.P.ProcessingEndTime' }] } }],
    ['itself, if it is a text of a step', s => s.property('ProcessingJobArn').asString(), { Get: 'Steps.P.ProcessingJobArn' }],
  ])('%s', (_, message, expected) => {
    const step = new ProcessingStep('P', { image });
    expect(pipelineOf([step, new FailStep('Fail', { message: message(step) })]).Steps[1].Arguments.ErrorMessage).toEqual(expected);
  });

  test('a number, where a number is wanted', () => {
    const count = PipelineParameter.integer('Count', { defaultValue: 2 });
    const step = new ProcessingStep('Process', { image, instanceCount: count.asNumber() });
    expect(pipelineOf([step]).Steps[0].Arguments.ProcessingResources.ClusterConfig.InstanceCount).toEqual({ Get: 'Parameters.Count' });
  });

  test('a join, next to a reference of CloudFormation', () => {
    const stack = new Stack(new App(), 'Stack');
    new SageMakerPipeline(stack, 'Pipeline', { steps: [new FailStep('Fail', { message: `${stack.region} ${PipelineExecution.ID}` })] });
    expect(definitionOf(stack).Steps[0].Arguments.ErrorMessage).toEqual({ 'Std:Join': { On: '', Values: ['${AWS::Region} ', { Get: 'Execution.PipelineExecutionId' }] } });
  });
});

test('a text of the user is not changed by the way it travels', () => {
  const hostile = 'quote " backslash \\ newline \n dollar ${X} sub ${!Y} join {"Fn::Join":[]} unicode é';
  expect(rendered(hostile)).toBe(hostile);
});

test('outside a pipeline a variable is an error that says which, and where', () => {
  const problem = (make: (stack: Stack) => void): string => {
    const stack = new Stack(new App(), 'Stack');
    make(stack);
    return errorOf(() => definitionOf(stack));
  };
  const id = PipelineExecution.ID.asString();
  expect(problem(stack => new CfnOutput(stack, 'Id', { value: id }))).toContain(
    "Pipeline variable 'Execution.PipelineExecutionId' is only known while the pipeline runs: it can be used in the steps of a pipeline, not elsewhere in a stack, as in Value of 'Stack/Id'",
  );
  expect(problem(stack => new Bucket(stack, 'Lake', { bucketName: `lake-${id}` }))).toContain("not elsewhere in a stack, as in bucketName of 'Stack/Lake/Resource'");
  const environment = { A: { B: [PipelineParameter.text('P').asString()] } };
  expect(problem(stack => new CfnResource(stack, 'Any', { type: 'AWS::A::B', properties: { environment } }))).toContain("as in environment.A.B.0 of 'Stack/Any'");
  expect(errorOf(() => new Stack(new App(), 'Stack').resolve(id))).toContain("not elsewhere in a stack, as in 'Stack'");
});

test('name and description of a pipeline hold no variable', () => {
  const name = PipelineParameter.text('Env').asString();
  expect(errorOf(() => new SageMakerPipeline(new Stack(new App(), 'Bad'), 'P', { pipelineName: `churn-${name}`, description: name, steps: [new FailStep('Fail', { message: 'x' })] }))).toBe([
    "SageMakerPipeline at 'Bad/P' has 2 problems:",
    "  - pipelineName cannot hold a variable, which is only known while the pipeline runs, got 'churn-{Parameters.Env}'",
    "  - description cannot hold a variable, which is only known while the pipeline runs, got '{Parameters.Env}'",
  ].join('\n'));
});

describe('parameters', () => {
  test('are collected from use, listed ones first', () => {
    const [a, b, c] = ['A', 'B', 'C'].map(name => PipelineParameter.text(name, { defaultValue: name }));
    const definition = pipelineOf([new FailStep('Fail', { message: `${c} ${a} ${c}` })], [b]);
    expect(definition.Parameters).toEqual(['B', 'C', 'A'].map(Name => ({ Name, Type: 'String', DefaultValue: Name })));
  });

  test.each<[string, PipelineParameter, object]>([
    ['text', PipelineParameter.text('P', { allowedValues: ['x', 'y'] }), { Type: 'String', EnumValues: ['x', 'y'] }],
    ['integer', PipelineParameter.integer('P', { defaultValue: 0 }), { Type: 'Integer', DefaultValue: 0 }],
    ['number', PipelineParameter.number('P', { defaultValue: 0.5 }), { Type: 'Float', DefaultValue: 0.5 }],
    ['flag', PipelineParameter.flag('P', { defaultValue: false }), { Type: 'Boolean', DefaultValue: false }],
    ['one without a default', PipelineParameter.number('P'), { Type: 'Float' }],
  ])('%s', (_, parameter, expected) => {
    expect(pipelineOf([new FailStep('Fail', { message: parameter.asString() })]).Parameters).toEqual([{ Name: 'P', ...expected }]);
  });

  test('with bad values are one error', () => {
    const message = [
      PipelineParameter.text('bad name'), PipelineParameter.text('Same'), PipelineParameter.integer('Same', { defaultValue: 1.5 }),
      PipelineParameter.text('Choice', { defaultValue: 'z', allowedValues: ['x', 'y'] }),
    ].map(p => p.asString()).join(' ');
    expect(() => rendered(message)).toThrow(new Error([
      "SageMakerPipeline at 'Stack/Pipeline' has 4 problems:",
      '  - names of parameters must be unique, used twice: Same',
      "  - parameter 'bad name' must have a name of 1 to 256 letters, digits, - and _, got 'bad name'",
      "  - parameter 'Same'.defaultValue must be a whole number between -2147483648 and 2147483647, got 1.5",
      "  - parameter 'Choice'.defaultValue must be one of x, y, got 'z'",
    ].join('\n')));
  });
});

describe('what a language made of a number is refused', () => {
  test.each(['s3://bucket/-1.8881545897087626E289/x', 's3://bucket/-1.8881545897087626e+289/x', 'message %!s(*string=0xc000012345)'])('%s', text => {
    const step = new ProcessingStep('Process', { image, arguments: [text] });
    expect(() => inLanguage(GO, () => pipelineOf([step]))).toThrow(/step 'Process'\.arguments\[0\] holds a (number token|Go pointer) that was formatted as text/);
  });
});

test('an unknown output is an error that names those there are', () => {
  const step = new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('train'), ProcessingOutput.of('test')] });
  expect(() => step.output('trian')).toThrow("Step 'Process' has no output 'trian'; it has: train, test");
});
