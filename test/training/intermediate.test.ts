import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { definitionOf } from './definition-of';
import { image } from './triggers/fixture';
import {
  EndpointConfigStep, EndpointStep, ModelArtifactBucket, ModelRegistry, ModelStep, PipelineStep, ProcessingInput, ProcessingOutput,
  ProcessingStep, ProcessingStepProps,
  RegisterModelStep, SageMakerPipeline, StepCache, StepModel, StepVariant,
} from '../../src';
import { errorOf, statementsOf } from '../helper';

const prepare = (props: Partial<ProcessingStepProps> = {}) => new ProcessingStep('Prepare', { image, outputs: [ProcessingOutput.of('train')], ...props });

function made(steps: PipelineStep[], intermediateSteps?: PipelineStep[], artifacts = true) {
  const stack = new Stack(new App(), 'Stack');
  const bucket = artifacts ? new ModelArtifactBucket(stack, 'Artifacts') : undefined;
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: bucket, steps, intermediateSteps, pipelineName: 'churn' });
  return { stack, template: () => Template.fromStack(stack) };
}

const place = (step: any) => step.Arguments.ProcessingOutputConfig.Outputs[0].S3Output.S3Uri['Std:Join'].Values[0];

test('what only other steps read goes where it expires, and all else stays', () => {
  const first = prepare();
  const second = new ProcessingStep('Evaluate', { image, inputs: [ProcessingInput.s3('in', first.output('train'))], outputs: [ProcessingOutput.of('report')] });
  const { stack, template } = made([first, second], [first]);
  const [one, two] = definitionOf(stack).Steps;
  expect([place(one), place(two)]).toEqual(['s3://${ArtifactsBucket88671897}/intermediate/churn/', 's3://${ArtifactsBucket88671897}/pipelines/churn/']);
  const texts = statementsOf(template(), 'PipelineJobRole').map(s => JSON.stringify(s));
  for (const action of ['s3:GetObject', 's3:PutObject']) {
    const resources = texts.filter(t => t.includes(action)).join();
    expect(resources).toContain('/intermediate/churn/*');
    expect(resources).toContain('/pipelines/churn/*');
  }
});

test('a pipeline without such steps has no rights there', () => {
  expect(JSON.stringify(statementsOf(made([prepare()]).template(), 'Pipeline'))).not.toContain('intermediate');
});

test('a cached step must not expire, even if an override makes it one', () => {
  const problem = "intermediateSteps: 'Prepare' is cached, so that later executions use its output after it has expired";
  const cached = prepare({ cache: StepCache.expiringAfter(Duration.days(1)) });
  expect(errorOf(() => made([cached], [cached]))).toContain(`has 1 problem:\n  - ${problem}`);
  const later = prepare();
  const { template } = made([later], [later]);
  later.addOverride('CacheConfig', { Enabled: true, ExpireAfter: 'P1D' });
  expect(errorOf(template)).toContain(problem);
});

test('what a registered model needs must not expire', () => {
  const step = prepare();
  const registry = ModelRegistry.fromModelPackageGroupName(new Stack(), 'Models', 'models');
  const register = new RegisterModelStep('Register', {
    registry, image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'], qualityReport: `${step.output('train')}/report.json`,
  });
  expect(errorOf(() => made([step, register], [step]))).toContain("intermediateSteps: 'Prepare' writes what is needed later by 'Register', and would expire");
});

test('what a model or an endpoint needs must not expire, however many steps are between', () => {
  const step = prepare();
  const model = new ModelStep('Model', { model: StepModel.fromContainer({ image, modelArtifact: `${step.output('train')}/model.tar.gz` }) });
  const config = new EndpointConfigStep('Config', { variants: [StepVariant.instances(model.modelName)] });
  const endpoint = new EndpointStep('Endpoint', { endpointName: 'churn', endpointConfigName: config.endpointConfigName });
  const unrelated = new ModelStep('Other', { model: StepModel.fromContainer({ image, modelArtifact: 's3://b/model.tar.gz' }) });
  expect(errorOf(() => made([step, model, config, endpoint, unrelated], [step])))
    .toContain("has 1 problem:\n  - intermediateSteps: 'Prepare' writes what is needed later by 'Model', 'Config', 'Endpoint', and would expire");
});

test('what only a transform or a training reads may expire', () => {
  const step = prepare();
  const again = new ProcessingStep('Again', { image, inputs: [ProcessingInput.s3('in', step.output('train'))], outputs: [ProcessingOutput.of('model')] });
  const model = new ModelStep('Model', { model: StepModel.fromContainer({ image, modelArtifact: `${again.output('model')}/model.tar.gz` }) });
  expect(() => made([step, again, model], [step])).not.toThrow();
});

test('steps of elsewhere, and no bucket, are problems', () => {
  const step = prepare({ outputs: [ProcessingOutput.of('train', { destination: 's3://b/x' })] });
  expect(errorOf(() => made([step], [prepare()], false))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 2 problems:",
    '  - intermediateSteps needs artifacts',
    "  - intermediateSteps: 'Prepare' is no step of the pipeline",
  ].join('\n'));
});
