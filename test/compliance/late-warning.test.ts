import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic, ITopicRef, Topic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import {
  CleanupSource, CleanupStep, ComplianceEnforcement, ConditionStep, ContainerSource, CustomContainerRepo, DataCapture, Dataset,
  EndpointConfigStep, EndpointConfigStepProps, FailStep, ForEachStep, InferenceEndpoint, InferenceModel, IterableItems, JobDefaults,
  ModelArtifactBucket, ModelRegistry, PipelineParameter, PipelineStep, PipelineTrigger, ProcessingOutput, ProcessingStep, S3Prefix, SageMakerImage,
  SageMakerPipeline, SageMakerPipelineProps, StepVariant, TrainingChannel, TrainingStep, TrainingStepProps,
} from '../../src';
import { warningsOf } from '../helper';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

/** Makes what synth warns of, in one of two stacks, and returns it. */
type Make = (stack: Stack, other: Stack) => IConstruct;

const pipeline = (stack: Stack, props: SageMakerPipelineProps) => new SageMakerPipeline(stack, 'Pipeline', props);
const config = (props: Partial<EndpointConfigStepProps>) => new EndpointConfigStep('Config', { variants: [StepVariant.instances('churn')], ...props });
const told = (topicOf: (stack: Stack) => ITopicRef): Make =>
  stack => pipeline(stack, { steps: [config({ asyncInference: { destination: 's3://answers/', successTopic: topicOf(stack) } })] });
const captured = (bucketOf: (stack: Stack) => IBucket): Make =>
  stack => pipeline(stack, { steps: [config({ dataCapture: DataCapture.to(S3Prefix.of(bucketOf(stack), 'a/')) })] });
const train = (props: Partial<TrainingStepProps> = {}) => new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')], destination: 's3://b/m', ...props });
const process = (name: string) => new ProcessingStep(name, { image });
const flag = PipelineParameter.flag('Try', { defaultValue: true });
const decide = (name: string, ...ifSteps: PipelineStep[]) => new ConditionStep(name, { condition: flag.equalToFlag(true), ifSteps });
const steps = (make: (stack: Stack) => PipelineStep[]): Make => stack => pipeline(stack, { parameters: [flag], steps: make(stack) });
const stop = () => new FailStep('Fail', { message: 'no' });

const cases: Record<string, Make> = {
  topicOfOtherAccount: told(stack => Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:999999999999:operators')),
  topicOfOtherRegion: told(stack => Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:operators')),
  topicKeyUnknown: told(stack => new CfnTopic(stack, 'Topic', { kmsMasterKeyId: 'alias/own' })),
  artifactsOfOtherRegion: captured(stack => Bucket.fromBucketAttributes(stack, 'Lake', { bucketName: 'lake', region: 'us-east-1' })),
  modelSourceUnknown: stack => new InferenceEndpoint(stack, 'Endpoint', {
    model: InferenceModel.fromModelPackage(ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'churn'), { version: 3 }),
  }),
  noBucketEvents: stack => pipeline(stack, {
    steps: [new ProcessingStep('Process', { image })], triggers: [PipelineTrigger.onNewData({ data: Dataset.fromBucket(new Bucket(stack, 'Lake'), 'raw/') })],
  }),
  imageOfOtherRegion: (stack, other) => {
    const images = new CustomContainerRepo(stack, 'Images', { repositoryName: 'churn' });
    const built = images.addImage('Churn', ContainerSource.fromTemplate('container-kit/examples/diabetes'));
    new Topic(other, 'Topic', { displayName: built.imageUri });
    return images;
  },
  localDisks: steps(() => [train({ instanceType: 'ml.g5.xlarge' })]),
  localDisksAllowed: steps(() => [train({
    instanceType: PipelineParameter.text('Type', { defaultValue: 'ml.m5.large', allowedValues: ['ml.m5.large', 'ml.g5.xlarge'] }).asString(),
  })]),
  spotWithoutCheckpoints: steps(() => [train({ spot: { maxWait: Duration.days(2) } })]),
  warmPoolUnlikely: steps(() => [train({ spot: { maxWait: Duration.days(2) }, keepAlivePeriod: Duration.minutes(10) })]),
  emptyCondition: steps(() => [decide('If')]),
  nestedCondition: steps(() => [decide('Outer', decide('Inner', stop()))]),
  afterCondition: steps(() => {
    const [condition, later] = [decide('If', stop()), process('Later')];
    later.after(condition);
    return [condition, later];
  }),
  manySteps: steps(() => Array.from({ length: 51 }, (_, i) => process(`S${i}`))),
  iterationsShareOutput: stack => pipeline(stack, {
    artifacts: new ModelArtifactBucket(stack, 'Artifacts'),
    steps: [new ForEachStep('Each', {
      maxConcurrency: 2, items: IterableItems.texts('a', 'b'), body: [new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('out')] })],
    })],
  }),
  cleanupInVpc: steps(stack => {
    const step = train({ jobDefaults: JobDefaults.secure({ vpc: new Vpc(stack, 'Vpc') }) });
    return [step, new CleanupStep('Clean', { sources: [CleanupSource.outputsOf(step)] })];
  }),
  endlessTriggers: stack => {
    const first = pipeline(stack, { steps: [stop()] });
    const second = new SageMakerPipeline(stack, 'Second', { steps: [stop()], triggers: [PipelineTrigger.onPipeline(first)] });
    first.addTrigger(PipelineTrigger.onPipeline(second));
    return first;
  },
  unusedParameter: steps(() => [stop()]),
  unusedException: stack => pipeline(stack, {
    steps: [stop()], compliance: { enforcement: ComplianceEnforcement.REPORT, exceptions: [{ rule: 'ML-SM1', reason: 'It is known.' }] },
  }),
  exceptionOfUnknownPack: stack => pipeline(stack, { steps: [stop()], compliance: { exceptions: [{ rule: 'HIPAA.Security-X', reason: 'It is known.' }] } }),
};

const synthesised = (make: Make, at?: 'construct' | 'app', id?: string): string[] => {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const stack = new Stack(app, 'Stack', { env: ENV });
  const construct = make(stack, new Stack(app, 'Other', { env: { ...ENV, region: 'us-east-1' } }));
  if (at !== undefined) { Validations.of(at === 'app' ? app : construct).acknowledge({ id: `cdk-ml-patterns:${id}`, reason: 'It is known.' }); }
  app.synth();
  return warningsOf(stack).flatMap(w => /cdk-ml-patterns:(\w+)\]$/.exec(w)?.[1] ?? []);
};

test.each(Object.entries(cases))('every warning made at synth can be accepted on the construct and on the app: %s', (id, make) => {
  expect(synthesised(make)).toContain(id);
  expect(synthesised(make, 'construct', id)).not.toContain(id);
  expect(synthesised(make, 'app', id)).not.toContain(id);
});
