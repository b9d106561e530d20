import { App, Fn, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ContainerSource, CustomContainerRepo, HyperparameterRange, JobDefaults, ModelArtifactBucket, ModelRegistry, ModelStep, PipelineParameter,
  PipelineStep, ProcessingStep, ProcessingStepProps, RegisterModelStep, SageMakerImage, SageMakerPipeline, ScriptCode, StepModel, TrainingAlgorithm,
  TrainingChannel, TrainingStep, TuningObjective, TuningStep,
} from '../../../src';
import { errorOf, warningsOf } from '../../helper';

const env = { account: '111122223333', region: 'eu-west-1' };
const ecr = (region: string) => SageMakerImage.fromUri(`111122223333.dkr.ecr.${region}.amazonaws.com/images:1`);
const channels = [TrainingChannel.s3('train', 's3://lake/a/')];
const code = ScriptCode.fromFile(__filename);

function made(steps: (stack: Stack) => PipelineStep[], around: (stack: Stack) => ModelArtifactBucket = stack => new ModelArtifactBucket(stack, 'Artifacts')) {
  const stack = new Stack(new App({ context: { 'cdk-ml-patterns:compliance': 'off' } }), 'Stack', { env });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: around(stack), steps: steps(stack) });
  return stack;
}

const tuning = (image: SageMakerImage, script?: ScriptCode) => new TuningStep('Tune', {
  maxJobs: 2,
  trainingJobs: [{
    image, channels, code: script, objective: TuningObjective.minimize('loss'), metricDefinitions: { loss: 'loss=(.*)' }, ranges: [HyperparameterRange.continuous('eta', 0, 1)],
  }],
});

const KINDS: [string, (image: SageMakerImage, stack: Stack) => PipelineStep][] = [
  ['Process', image => new ProcessingStep('Process', { image })],
  ['Train', image => new TrainingStep('Train', { image, channels })],
  ['Tune', image => tuning(image)],
  ['Model', image => new ModelStep('Model', { model: StepModel.serial([ecr('eu-west-1'), image].map(i => StepModel.fromContainer({ image: i }))) })],
  ['Register', (image, stack) => new RegisterModelStep('Register', { registry: new ModelRegistry(stack, 'Models'), image, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'] })],
];

describe.each(KINDS)('the image of step %s', (name, step) => {
  test.each<[string, SageMakerImage, string]>([
    ['another Region', ecr('us-east-1'), `The image of step '${name}' is in the Region us-east-1, and SageMaker runs those of its own Region only: `
      + 'copy it with addImage and ContainerSource.fromImage. [ack: annotation::cdk-ml-patterns:imageOfOtherRegion]'],
    ['Docker Hub', SageMakerImage.fromUri('python:3.12'), `The image of step '${name}' 'python:3.12' is in no repository of ECR, and SageMaker pulls from nowhere else: `
      + 'copy it with addImage and ContainerSource.fromRegistry. [ack: annotation::cdk-ml-patterns:imageOfPublicRegistry]'],
    ['ECR without a tag', SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images'), `The image of step '${name}' '111122223333.dkr.ecr.eu-west-1.amazonaws.com/images' `
      + "has neither tag nor digest, so 'latest' is taken, whatever that is when a container starts: name a version. [ack: annotation::cdk-ml-patterns:imageWithoutTag]"],
    ['who knows where', SageMakerImage.fromUri(Fn.importValue('Image')), `The image of step '${name}' has a name that does not tell its ECR repository: let the role of its containers pull it. `
      + '[ack: annotation::cdk-ml-patterns:imagePermissionsUnknown]'],
  ])('in %s is warned of', (_, image, warning) => {
    expect(warningsOf(made(stack => [step(image, stack)])).filter(w => w.includes('cdk-ml-patterns:image'))).toEqual([warning]);
  });

  test('in ECR of the Region is not', () => {
    expect(warningsOf(made(stack => [step(ecr('eu-west-1'), stack)])).filter(w => w.includes('cdk-ml-patterns:image'))).toEqual([]);
  });
});

test('an image of several steps is warned of once', () => {
  const image = ecr('us-east-1');
  expect(warningsOf(made(() => ['A', 'B'].map(name => new ProcessingStep(name, { image }))))).toEqual([expect.stringMatching(/^The image of the steps 'A', 'B' is in the Region us-east-1/)]);
});

test('a parameter as an image has no rights, and what another step names has', () => {
  expect(warningsOf(made(() => [new ProcessingStep('P', { image: SageMakerImage.fromUri(PipelineParameter.text('Image').asString()) })]))).toEqual([expect.stringContaining('imagePermissionsUnknown')]);
  const train = new TrainingStep('Train', { algorithm: TrainingAlgorithm.fromAlgorithmName('a'), channels });
  const image = SageMakerImage.fromUri(train.property('AlgorithmSpecification.TrainingImage').asString());
  expect(warningsOf(made(() => [train, new ProcessingStep('P', { image })]))).toEqual([]);
});

describe('an artifacts bucket', () => {
  const bucketIn = (region: string) => (stack: Stack) => ModelArtifactBucket.fromBucket(stack, 'Artifacts',
    Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'data-lake', region }), new ModelArtifactBucket(stack, 'Other').encryptionKey) as ModelArtifactBucket;

  test('of another Region is warned of', () => {
    expect(warningsOf(made(() => [new ProcessingStep('P', { image: ecr('eu-west-1') })], bucketIn('us-east-1')))).toEqual([
      'The pipeline is in eu-west-1, and artifacts in us-east-1: trainings read buckets of their own Region only, and no volume takes a key of another. '
      + 'Take a bucket of eu-west-1. [ack: annotation::cdk-ml-patterns:artifactsOfOtherRegion]',
    ]);
  });

  test('of the same is not', () => {
    expect(warningsOf(made(() => [new ProcessingStep('P', { image: ecr('eu-west-1') })], bucketIn('eu-west-1')))).toEqual([]);
  });
});

describe('an image made of the container kit', () => {
  const kit = (stack: Stack) => new CustomContainerRepo(stack, 'Images').addImage('Kit', ContainerSource.fromTemplate('container-kit/examples/diabetes'));
  const training = (options: { trainingToolkit?: boolean }) => made(stack => [
    new TrainingStep('Train', { image: kit(stack), channels, code, trainingToolkit: options.trainingToolkit }),
  ]);
  const NO_TOOLKIT = 'would not run, since the image is of the container kit, which holds no training toolkit: put the code into the image, with ContainerSource.fromTemplate';

  test('has no toolkit that would start code', () => {
    expect(errorOf(() => training({ trainingToolkit: true }))).toContain(`step 'Train'.code ${NO_TOOLKIT}`);
    expect(errorOf(() => made(stack => [tuning(kit(stack), code)]))).toContain(`step 'Tune'.trainingJobs[0].code ${NO_TOOLKIT}`);
  });

  test('runs code by a command, and tunes without', () => {
    expect(() => training({})).not.toThrow();
    expect(() => made(stack => [tuning(kit(stack)), new ProcessingStep('P', { image: ecr('eu-west-1'), code })])).not.toThrow();
  });

  test('downloads no code when it serves', () => {
    const model = (image: SageMakerImage) => new ModelStep('Model', { model: StepModel.fromContainer({ image, code }), jobDefaults: JobDefaults.secure({ networkIsolation: false }) });
    expect(errorOf(() => made(stack => [model(kit(stack))]))).toContain("step 'Model'.model.code would not run, since the image is of the container kit, which downloads none");
    expect(() => made(() => [model(ecr('eu-west-1'))])).not.toThrow();
  });

  describe('in a processing', () => {
    const ownBase = (stack: Stack) => new CustomContainerRepo(stack, 'Images')
      .addImage('Kit', ContainerSource.fromTemplate('container-kit/examples/diabetes', { baseImage: ecr('eu-west-1') }));
    const processing = (image: (stack: Stack) => SageMakerImage, props: Partial<ProcessingStepProps> = {}) => made(stack => [new ProcessingStep('P', { image: image(stack), ...props })]);
    const serves = "since an image of the container kit serves by itself, and the job would not end: give the command of a program in it, for example ['python3', "
      + "'/opt/program/preprocess.py'] for prepare() or ['python3', '/opt/program/evaluate.py'] for evaluate(), or code";

    test.each<[string, Partial<ProcessingStepProps>]>([['nothing', {}], ['options', { arguments: ['--input-data', 's3://lake/a'] }]])('must be told what to run, with %s', (_, props) => {
      expect(errorOf(() => processing(kit, props))).toContain(`step 'P'.entrypoint must be given, ${serves}`);
      expect(warningsOf(processing(ownBase, props))).toEqual([
        `Step 'P' has no entrypoint, ${serves}. Accept it if its base image has an entry point that does what the step shall do. [ack: annotation::cdk-ml-patterns:kitServesInProcessing]`,
      ]);
    });

    test('a list of arguments that is empty is a problem beside it', () => {
      expect(errorOf(() => processing(kit, { arguments: [] }))).toContain("step 'P'.arguments must hold 1 to 100 entries, got 0");
    });

    test.each<[string, Partial<ProcessingStepProps>]>([
      ['an entrypoint', { entrypoint: ['python3', '/opt/program/preprocess.py'] }],
      ['code', { code }],
      ['a command as arguments', { arguments: ['python3', '/opt/program/preprocess.py'] }],
      ['a parameter as the command', { arguments: [PipelineParameter.text('Command').asString()] }],
    ])('runs %s', (_, props) => {
      [kit, ownBase].forEach(image => expect(warningsOf(processing(image, props))).toEqual([]));
    });

    test('may be of a Dockerfile of one\'s own, which says what runs', () => {
      expect(warningsOf(processing(stack => new CustomContainerRepo(stack, 'Images').addImage('Own', ContainerSource.fromDirectory('container-kit/template'))))).toEqual([]);
    });
  });

  test('keeps that with another platform', () => {
    expect(errorOf(() => made(stack => [tuning(kit(stack).builtFor(Platform.LINUX_AMD64), code)]))).toContain(NO_TOOLKIT);
  });
});
