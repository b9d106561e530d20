import { App, Fn, Stack } from 'aws-cdk-lib';
import {
  FailStep, ModelArtifactBucket, ModelRegistry, PipelineParameter, PipelineStep, ProcessingInput, ProcessingOutput, ProcessingStep,
  ProcessingStepProps, RegisterModelStep, RegisterModelStepProps, SageMakerImage, SageMakerPipeline, TrainingChannel, TrainingStep, TrainingStepProps,
} from '../../src';
import { errorOf, GO, inLanguage } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const registry = ModelRegistry.fromModelPackageGroupName(new Stack(), 'Models', 'models');

function make(step: PipelineStep) {
  const stack = new Stack(new App(), 'Stack');
  return new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [step] });
}

const processing = (props: Partial<ProcessingStepProps>) => () => make(new ProcessingStep('S', { image, ...props }));
const training = (props: Partial<TrainingStepProps>) => () => make(new TrainingStep('S', { image, channels: [TrainingChannel.s3('a', 's3://b/a')], ...props }));
const registering = (props: Partial<RegisterModelStepProps>) => () =>
  make(new RegisterModelStep('S', { registry, image, modelArtifact: 's3://b/m', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'], ...props }));

const RULE = "must begin with 's3://' and a bucket, or be a variable, got";
const OUTPUTS = [ProcessingOutput.of('o')];
const PATH = "must be a relative path to a .json file, without '..', got";
const LIST = 'must be a list that is known at synth';
const KEY = 'must be letters, digits and _, and not begin with a digit, got';
const list = Fn.split(',', Fn.importValue('list'));
const numberToken = 's3://b/-1.8881545897087626E289/x';

test.each<[string, () => void, string]>([
  ['inputs[0].uri', processing({ inputs: [ProcessingInput.s3('i', '/data/raw')] }), `${RULE} '/data/raw'`],
  ['outputs[0].destination', processing({ outputs: [ProcessingOutput.of('o', { destination: 'b/x' })] }), `${RULE} 'b/x'`],
  ['channels[0].uri', training({ channels: [TrainingChannel.csv('a', 'S3://b/x')] }), `${RULE} 'S3://b/x'`],
  ['destination', training({ destination: 's3:///x' }), `${RULE} 's3:///x'`],
  ['destination', training({ destination: 's3://Stack/Artifacts/x' }), "must begin with 's3://' and the name of a bucket, up to 63 of a-z, 0-9, . and -, which 'Stack' is not"],
  ['modelArtifact', registering({ modelArtifact: 'model.tar.gz' }), `${RULE} 'model.tar.gz'`],
  ['qualityReport', registering({ qualityReport: `x/${PipelineParameter.text('P').asString()}` }), RULE],
  ['inputs[0].uri', processing({ inputs: [ProcessingInput.s3('i', PipelineParameter.text('P', { defaultValue: 'raw' }).asString())] }), `${RULE} 'raw'`],
  ['report.path', processing({ outputs: OUTPUTS, report: { outputName: 'o', path: '/r.json' } }), `${PATH} '/r.json'`],
  ['report.path', processing({ outputs: OUTPUTS, report: { outputName: 'o', path: 'a/../r.json' } }), `${PATH} 'a/../r.json'`],
  ['report.path', processing({ outputs: OUTPUTS, report: { outputName: 'o', path: 'r.txt' } }), `${PATH} 'r.txt'`],
  ['environment key', processing({ environment: { 'a-b': 'x' } }), `${KEY} 'a-b'`],
  ['environment.A (characters)', processing({ environment: { A: 'x'.repeat(257) } }), 'must be between 0 and 256, got 257'],
  ['environment key', training({ environment: { '1a': 'x' } }), `${KEY} '1a'`],
  ['environment key', registering({ environment: { 'a b': 'x' } }), `${KEY} 'a b'`],
  ['environment.A (characters)', registering({ environment: { A: 'x'.repeat(1025) } }), 'must be between 0 and 1024, got 1025'],
  ['entrypoint', processing({ entrypoint: list }), LIST],
  ['arguments', processing({ arguments: list }), LIST],
  ['contentTypes', registering({ contentTypes: list }), LIST],
  ['responseTypes', registering({ responseTypes: list }), LIST],
  ['instanceTypes', registering({ instanceTypes: list }), LIST],
  ['transformInstanceTypes', registering({ transformInstanceTypes: list }), LIST],
  ['Arguments.ProcessingInputs[0].S3Input.S3Uri', processing({ inputs: [ProcessingInput.s3('i', numberToken)] }), 'holds a number token'],
  ['arguments[0]', processing({ arguments: [numberToken] }), 'holds a number token'],
  ['Arguments.Environment.A', processing({ environment: { A: '<x.PipelineVariable object at 0x7f3e5c0b1d90>' } }), 'holds a Python object'],
  ['Arguments.Environment.A', processing({ environment: { A: '--n=io.github.cdkmlpatterns.Dataset@385e9564' } }), 'holds a Java object'],
  ['Arguments.Environment.A', processing({ environment: { A: `--n=${{}}` } }), 'holds an object that was formatted as text'],
  ['Arguments.OutputDataConfig.S3OutputPath', training({ destination: numberToken }), 'holds a number token'],
  ['Arguments.InferenceSpecification.Containers[0].ModelDataUrl', registering({ modelArtifact: 's3://b/0x14000012340' }), 'holds a Go pointer'],
])('%s is checked', (place, run, message) => {
  const error = inLanguage(GO, () => errorOf(run));
  expect(error).toContain(`has 1 problem:\n  - step 'S'.${place} ${message}`);
});

test('a parameter whose default is spoilt is a problem', () => {
  const message = PipelineParameter.text('P', { defaultValue: numberToken }).asString();
  expect(errorOf(() => make(new FailStep('S', { message })))).toContain("1 problem:\n  - parameter 'P'.DefaultValue holds a number token");
});

test.each<[string, () => void]>([
  ['a reference', processing({ inputs: [ProcessingInput.s3('i', Fn.importValue('uri'))] })],
  ['a reference to a bucket', processing({ inputs: [ProcessingInput.s3('i', `s3://${Fn.importValue('bucket')}/raw`)] })],
  ['a report in a directory', processing({ outputs: OUTPUTS, report: { outputName: 'o', path: 'a/r..x.json' } })],
])('%s passes', (_, run) => {
  expect(run).not.toThrow();
});
