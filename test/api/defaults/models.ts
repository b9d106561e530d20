import { App, Size, Stack } from 'aws-cdk-lib';
import {
  EndpointConfigStep, InferenceComponentStep, ModelRegistry, RegisterModelStep, SageMakerImage, SageMakerPipeline, StepModel, StepVariant,
  TransientEndpoint,
} from '../../../src';
import { definitionOf } from '../../training/definition-of';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1');
const stack = new Stack(new App(), 'Stack');
const trial = new TransientEndpoint('Trial', { model: StepModel.fromContainer({ image, modelArtifact: 's3://models/m.tar.gz' }) });
new SageMakerPipeline(stack, 'Pipeline', {
  steps: [
    new EndpointConfigStep('Config', { variants: [StepVariant.instances('m')] }),
    new InferenceComponentStep('Component', { inferenceComponentName: 'c', endpointName: 'e', modelName: 'm', memorySize: Size.gibibytes(1) }),
    new RegisterModelStep('Register', {
      registry: new ModelRegistry(stack, 'Models'), image, modelArtifact: 's3://models/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'], modelCard: { content: '{}' },
    }),
    ...trial.steps,
  ],
});
const steps: any[] = definitionOf(stack).Steps;
const argumentsOf = (name: string) => steps.find(s => s.Name === name).Arguments;
const [variant] = argumentsOf('Config').ProductionVariants;
const [tried] = argumentsOf('Trial-Config').ProductionVariants;
const component = argumentsOf('Component');
const register = argumentsOf('Register');

export const ROWS = [
  ['InferenceComponentStepProps.copyCount', '1', component.RuntimeConfig.CopyCount, 1],
  ['InferenceComponentStepProps.variantName', "'AllTraffic'", component.VariantName, 'AllTraffic'],
  ['RegisteredModelCard.status', "'Draft'", register.ModelCard.ModelCardStatus, 'Draft'],
  ['StepContainerDetails.uncompressed', 'false', register.InferenceSpecification.Containers[0].ModelDataUrl, 's3://models/m.tar.gz'],
  ['ModelVersionDetails.skipModelValidation', 'false', register.SkipModelValidation, 'None'],
  ['StepInstanceOptions.instanceCount', '1', variant.InitialInstanceCount, 1],
  ['StepInstanceOptions.instanceType', "'ml.m5.large'", variant.InstanceType, 'ml.m5.large'],
  ['StepVariantOptions.variantName', "'AllTraffic'", variant.VariantName, 'AllTraffic'],
  ['StepVariantOptions.weight', '1', variant.InitialVariantWeight, 1],
  ['TransientEndpointProps.instanceCount', '1', tried.InitialInstanceCount, 1],
  ['TransientEndpointProps.instanceType', "'ml.m5.large'", tried.InstanceType, 'ml.m5.large'],
];
