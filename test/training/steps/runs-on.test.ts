import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  CustomContainerRepo, EndpointConfigStep, HyperparameterRange, MlTrainingPipeline, ModelArtifactBucket, ModelRegistry, ModelStep,
  PipelineParameter, PipelineStep, ProcessingOutput, ProcessingStep, RegisterModelStep, ReportMetric, SageMakerImage, SageMakerPipeline,
  StepModel, StepVariant, TrainingChannel, TrainingStep, TransformStep, TuningObjective, TuningStep,
} from '../../../src';
import { directory } from '../../containers/build/built';
import { errorOf, stackFixture } from '../../helper';

const URI = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2';
const ARM = SageMakerImage.fromUri(URI).builtFor(Platform.LINUX_ARM64);
const X86 = SageMakerImage.fromUri(URI).builtFor(Platform.LINUX_AMD64);
const GRAVITON = 'ml.m7g.xlarge';
const channels = [TrainingChannel.s3('train', 's3://data/train/')];

/** What is wrong with a pipeline, line by line. */
function problemsOf(...steps: PipelineStep[]): string[] {
  const { stack } = stackFixture();
  try {
    new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps });
  } catch (error) {
    return (error as Error).message.split('\n').filter(line => line.includes('built for')).map(line => line.replace(/^\s*- /, ''));
  }
  return [];
}

const modelOf = (image: SageMakerImage) => new ModelStep('Model', { model: StepModel.fromContainer({ image, modelArtifact: 's3://models/churn/model.tar.gz' }) });

/** Steps on instances of a type, or on those that they have if nothing is said, and what problems call the image. */
const STEPS: [string, string, (image: SageMakerImage, instanceType?: string) => PipelineStep[]][] = [
  ['processing', "step 'Prepare'.image", (image, instanceType) => [new ProcessingStep('Prepare', { image, instanceType, outputs: [ProcessingOutput.of('train')] })]],
  ['training', "step 'Fit'.image", (image, instanceType) => [new TrainingStep('Fit', { image, instanceType, channels })]],
  ['tuning', "step 'Tune'.trainingJobs[0].image", (image, instanceType) => [new TuningStep('Tune', {
    maxJobs: 2,
    trainingJobs: [{
      image, instanceType, channels, metricDefinitions: { mse: 'mse=(.*);' }, objective: TuningObjective.minimize('mse'), ranges: [HyperparameterRange.continuous('rate', 0, 1)],
    }],
  })]],
  ['transform', "step 'Score': the image of its model", (image, instanceType) => {
    const made = modelOf(image);
    return [made, new TransformStep('Score', { modelName: made.modelName, instanceType, input: 's3://data/batch/' })];
  }],
  ['endpoint', "step 'Config'.variants[0]: the image of its model", (image, instanceType) => {
    const made = modelOf(image);
    return [made, new EndpointConfigStep('Config', { variants: [StepVariant.instances(made.modelName, { instanceType })] })];
  }],
];

test.each(STEPS)('%s: an image for Arm processors is an error on the default instances, and on others of Intel', (_, place, steps) => {
  expect(problemsOf(...steps(ARM))).toEqual([expect.stringMatching(/is built for arm64, but instances of ml\.m5\.x?large have processors for amd64$/)]);
  expect(problemsOf(...steps(ARM))[0].startsWith(`${place} is built`)).toBe(true);
  expect(problemsOf(...steps(ARM, 'ml.c5.xlarge'))).toEqual([`${place} is built for arm64, but instances of ml.c5.xlarge have processors for amd64`]);
});

test.each(STEPS)('%s: the reverse is an error, too, also as the default of a parameter', (_, place, steps) => {
  const words = [`${place} is built for amd64, but instances of ${GRAVITON} have processors for arm64`];
  expect(problemsOf(...steps(X86, GRAVITON))).toEqual(words);
  expect(problemsOf(...steps(X86, PipelineParameter.text('Type', { defaultValue: GRAVITON }).asString()))).toEqual(words);
});

test.each(STEPS)('%s: what fits passes, and what nobody said', (_, __, steps) => {
  expect(problemsOf(...steps(X86))).toEqual([]);
  expect(problemsOf(...steps(ARM, GRAVITON))).toEqual([]);
  expect(problemsOf(...steps(SageMakerImage.fromUri(URI), GRAVITON))).toEqual([]);
  expect(problemsOf(...steps(X86, 'ml.q9.xlarge'))).toEqual([]);
  expect(problemsOf(...steps(ARM, PipelineParameter.text('Type').asString()))).toEqual([]);
});

test('groups, preferences and choices of instances are looked at one by one', () => {
  const words = [`step 'Fit'.image is built for amd64, but instances of ${GRAVITON} have processors for arm64`];
  const instancePreferences = [{ instanceType: 'ml.m5.xlarge' }, { instanceType: GRAVITON }];
  expect(problemsOf(new TrainingStep('Fit', { image: X86, channels, instancePreferences }))).toEqual(words);
  const instanceGroups = [{ groupName: 'a', instanceType: 'ml.m5.xlarge' }, { groupName: 'b', instanceType: GRAVITON }];
  expect(problemsOf(new TrainingStep('Fit', { image: X86, channels, instanceGroups }))).toEqual(words);
  expect(problemsOf(new TuningStep('Tune', {
    maxJobs: 2,
    trainingJobs: [{
      image: ARM,
      channels,
      metricDefinitions: { mse: 'mse=(.*);' },
      objective: TuningObjective.minimize('mse'),
      ranges: [HyperparameterRange.continuous('rate', 0, 1)],
      instanceConfigs: [{ instanceType: GRAVITON }, { instanceType: 'ml.c5.xlarge' }],
    }],
  }))).toEqual(["step 'Tune'.trainingJobs[0].image is built for arm64, but instances of ml.c5.xlarge have processors for amd64"]);
});

test('a version is registered for instances that its image runs on', () => {
  const { stack } = stackFixture();
  const registry = new ModelRegistry(stack, 'Models');
  const common = { registry, modelArtifact: 's3://models/churn/model.tar.gz', contentTypes: ['text/csv'] };
  expect(problemsOf(new RegisterModelStep('Register', { ...common, image: ARM, instanceTypes: [GRAVITON], transformInstanceTypes: ['ml.m5.large'] })))
    .toEqual(["step 'Register'.image is built for arm64, but instances of ml.m5.large have processors for amd64"]);
  const containers = [{ image: X86, modelArtifact: 's3://models/a/model.tar.gz' }];
  expect(problemsOf(new RegisterModelStep('Register', { registry, contentTypes: ['text/csv'], containers, instanceTypes: [GRAVITON] })))
    .toEqual([`step 'Register'.containers[0].image is built for amd64, but instances of ${GRAVITON} have processors for arm64`]);
  const additionalInferenceSpecifications = [{ specificationName: 'arm', containers: [{ image: X86 }], instanceTypes: [GRAVITON] }];
  expect(problemsOf(new RegisterModelStep('Register', { ...common, image: X86, instanceTypes: ['ml.m5.large'], additionalInferenceSpecifications })))
    .toEqual([expect.stringMatching(/additionalInferenceSpecifications\[0\]\.containers\[0\]\.image is built for amd64/)]);
});

test('an image that is built for Arm processors while deploying cannot train on the default instances', () => {
  const { stack } = stackFixture();
  const image = new CustomContainerRepo(stack, 'Images').addImage('Churn', directory({ platform: Platform.LINUX_ARM64 }));
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const error = errorOf(() => new MlTrainingPipeline(stack, 'Pipeline', {
    artifacts,
    data: artifacts.dataset('churn'),
    processing: { image, outputs: ['train', 'test'], instanceType: GRAVITON },
    training: { image, channels: ['train'] },
    evaluation: { image, report: 'evaluation.json' },
    acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
    registration: { registry: new ModelRegistry(stack, 'Models'), image, contentTypes: ['text/csv'], instanceTypes: ['ml.m7g.large'] },
  }));
  expect(error.split('\n').slice(1)).toEqual(["  - step 'Train'.image is built for arm64, but instances of ml.m5.xlarge have processors for amd64"]);
});
