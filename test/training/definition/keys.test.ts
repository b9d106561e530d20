import { CfnParameter } from 'aws-cdk-lib';
import { PipelineExecution, PipelineParameter, PipelineStep, ProcessingStep, SageMakerImage, TrainingChannel, TrainingStep } from '../../../src';
import { errorOf } from '../../helper';
import { pipelineOf } from '../steps/pipeline-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const channels = [TrainingChannel.s3('a', 's3://lake/a/')];
const name = PipelineParameter.text('Name').asString();

function overridden(path: string, value: unknown): PipelineStep {
  const step = new ProcessingStep('S', { image });
  step.addOverride(path, value);
  return step;
}

test.each<[string, () => PipelineStep, string[]]>([
  ['of hyperparameters', () => new TrainingStep('S', { image, channels, hyperparameters: { [name]: '1' } }),
    ["step 'S'.Arguments.HyperParameters has a key that holds a variable, '{Parameters.Name}': the keys of a map must be known at synth, only its values can be variables"]],
  ['a part of it', () => new ProcessingStep('S', { image, environment: { [`RUN_${PipelineExecution.ID}`]: '1' } }),
    ["step 'S'.Arguments.Environment has a key that holds a variable, 'RUN_{Execution.PipelineExecutionId}': the keys of a map must be known at synth, only its values can be variables"]],
  ['in what an override writes', () => overridden('Arguments.X', [{ a: { [name]: 1 } }]),
    ["step 'S'.Arguments.X[0].a has a key that holds a variable, '{Parameters.Name}': the keys of a map must be known at synth, only its values can be variables"]],
  ['in the path of an override', () => overridden(`Arguments.Environment.${name}`, 'x'),
    ["step 'S'.Arguments.Environment has a key that holds a variable, '{Parameters.Name}': the keys of a map must be known at synth, only its values can be variables"]],
])('a variable is no key: %s', (_, make, problems) => {
  expect(errorOf(() => pipelineOf(() => [make()])).split('\n  - ').slice(1)).toEqual(problems);
});

test('a variable may be a key of tags, which are a list, and a token of CloudFormation any key', () => {
  const { step } = pipelineOf(stack => [new ProcessingStep('S', { image, tags: { [name]: 'x' }, environment: { [new CfnParameter(stack, 'Key').valueAsString]: '1' } })]);
  expect(step().Arguments.Tags).toEqual([{ Key: { Get: 'Parameters.Name' }, Value: 'x' }]);
});
