import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { definitionOf } from './definition-of';
import {
  ComplianceEnforcement, JobDefaults, ModelArtifactBucket, PipelineParameter, PipelineStep, ProcessingStep, SageMakerImage, SageMakerPipeline,
  TrainingChannel, TrainingStep,
} from '../../src';
import { errorOf, warningsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const train = (instanceType?: string) => new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://lake/a/')], instanceType });
const process = (instanceType?: string) => new ProcessingStep('Process', { image, instanceType });
const parameter = (defaultValue?: string) => PipelineParameter.text('InstanceType', { defaultValue }).asString();

function fixture(step: PipelineStep, jobDefaults?: JobDefaults) {
  const stack = new Stack(new App(), 'Stack');
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [step], jobDefaults, compliance: jobDefaults && { enforcement: ComplianceEnforcement.OFF } });
  const [{ Arguments }] = definitionOf(stack).Steps;
  return { cluster: Arguments.ResourceConfig ?? Arguments.ProcessingResources.ClusterConfig, warnings: warningsOf(stack) };
}

test.each<[string, PipelineStep, string]>([
  ['a training', train('ml.g5.xlarge'), 'Train'],
  ['a processing', process('ml.g4dn.xlarge'), 'Process'],
  ['the default of a parameter', train(parameter('ml.g5.xlarge')), 'Train'],
])('SageMaker refuses a key for disks of the instance itself: %s', (_, step, name) => {
  const { cluster, warnings } = fixture(step);
  expect('VolumeKmsKeyId' in cluster).toBe(false);
  expect(warnings).toEqual([expect.stringMatching(new RegExp(`on which step '${name}' runs, have disks of their own.*cdk-ml-patterns:localDisks`))]);
});

test.each<[string, PipelineStep]>([
  ['another type', train('ml.m5.large')],
  ['a parameter with another default', process(parameter('ml.m5.large'))],
  ['a parameter without a default', process(parameter())],
  ['a parameter of CloudFormation', process(new CfnParameter(new Stack(), 'Type').valueAsString)],
])('the volumes have the key with %s', (_, step) => {
  // a token of another stack cannot be synthesised here, so the step is looked at alone
  const protection = JobDefaults.secure()._bind(new Stack(), undefined);
  const rendered: any = step._render({ scope: new Stack(), jobRoleArn: 'role', protection, protect: () => ({}), defaultUri: () => 's3://lake/out' });
  const cluster = rendered.Arguments.ResourceConfig ?? rendered.Arguments.ProcessingResources.ClusterConfig;
  expect(cluster.VolumeKmsKeyId).toBe(protection.key!.keyArn);
});

describe('what a parameter allows', () => {
  const chosen = (allowedValues: string[], defaultValue?: string) => train(PipelineParameter.text('InstanceType', { defaultValue, allowedValues }).asString());

  test('counts as well: where the volumes get the key, executions with such instances fail', () => {
    const { cluster, warnings } = fixture(chosen(['ml.m5.large', 'ml.g5.xlarge', 'ml.g4dn.xlarge'], 'ml.m5.large'));
    expect('VolumeKmsKeyId' in cluster).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(
      /^Step 'Train' encrypts its volumes with the key of the jobs, which SageMaker refuses .*: executions that choose ml\.g5\.xlarge, ml\.g4dn\.xlarge fail\. .*cdk-ml-patterns:localDisksAllowed/)]);
  });

  test('decides where there is no default', () => {
    const { cluster, warnings } = fixture(chosen(['ml.g5.xlarge', 'ml.g4dn.xlarge']));
    expect('VolumeKmsKeyId' in cluster).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(/^Instances of ml\.g5\.xlarge, ml\.g4dn\.xlarge, on which step 'Train' runs.*cdk-ml-patterns:localDisks/)]);
  });

  test('without such instances is nothing to warn of', () => {
    expect(fixture(chosen(['ml.m5.large', 'ml.c5.large'], 'ml.m5.large')).warnings).toEqual([]);
  });

  test('must be instance types', () => {
    expect(errorOf(() => fixture(chosen(['ml.m5.large', 'm5.large'], 'ml.m5.large')))).toContain(
      "step 'Train'.instanceType (allowed by the parameter 'InstanceType') must look like 'ml.m5.large', got 'm5.large'");
  });

  test('must have the processors that the image was built for', () => {
    const arm = new ProcessingStep('Process', {
      image: image.builtFor(Platform.LINUX_AMD64), instanceType: PipelineParameter.text('Type', { defaultValue: 'ml.m5.large', allowedValues: ['ml.m5.large', 'ml.m7g.large'] }).asString(),
    });
    expect(errorOf(() => fixture(arm))).toContain('is built for amd64, but instances of ml.m7g.large have processors for arm64');
  });
});

test('without a key there is nothing to warn of', () => {
  expect(fixture(train('ml.g5.xlarge'), JobDefaults.none()).warnings).toEqual([]);
});
