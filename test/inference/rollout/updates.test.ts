import { Template } from 'aws-cdk-lib/assertions';
import { Hosting, InferenceEndpoint, InferenceModel, MlInstanceType, ModelRegistry, RealTimeHostingOptions, Rollout, SageMakerImage } from '../../../src';
import { stackFixture } from '../../helper';

const imageOf = (tag: string) => InferenceModel.fromContainer({ image: SageMakerImage.fromUri(`111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:${tag}`) });

function templateOf(props: Partial<RealTimeHostingOptions>, rollout = Rollout.allAtOnce({ retainInstanceCounts: true })): Template {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { rollout, hosting: Hosting.realTime({ model: imageOf('1'), instanceCount: 2, ...props }) });
  return template();
}

/** Types of the resources that differ; all have the same logical ids. */
function changed(before: Template, after: Template): string[] {
  const [old, now] = [before, after].map(t => t.toJSON().Resources);
  expect(Object.keys(now)).toEqual(Object.keys(old));
  return Object.keys(old).filter(id => JSON.stringify(old[id]) !== JSON.stringify(now[id])).map(id => old[id].Type);
}

const endpointOf = (template: Template): any => Object.values(template.findResources('AWS::SageMaker::Endpoint'))[0];

test('an update keeps the counts (aws-cdk#23151)', () => {
  expect(endpointOf(templateOf({})).Properties).toMatchObject({ RetainAllVariantProperties: true, ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }] });
  expect(endpointOf(templateOf({}, Rollout.allAtOnce())).Properties.RetainAllVariantProperties).toBeUndefined();
});

test('kept counts and a way to deploy stand together (aws-cdk#23151, aws-cdk#23152)', () => {
  const { DeploymentConfig, RetainAllVariantProperties, RetainDeploymentConfig } =
    endpointOf(templateOf({}, Rollout.canary({ retainInstanceCounts: true, retainWeights: true }))).Properties;
  expect(DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration.Type).toBe('CANARY');
  expect(DeploymentConfig.AutoRollbackConfiguration.Alarms).toHaveLength(1);
  expect([RetainAllVariantProperties, RetainDeploymentConfig]).toEqual([true, undefined]);
});

test('another instance type changes the configuration only, so that nothing registered for scaling is replaced (terraform-provider-aws#14337)', () => {
  expect(changed(templateOf({}), templateOf({ instanceType: MlInstanceType.C5_XLARGE }))).toEqual(['AWS::SageMaker::EndpointConfig']);
});

test('the old configuration is there until the endpoint has the new one: neither has a name, and the endpoint refers to it (terraform-provider-aws#40048)', () => {
  const template = templateOf({});
  const [[configId, config]] = Object.entries<any>(template.findResources('AWS::SageMaker::EndpointConfig'));
  expect(config.Properties.EndpointConfigName).toBeUndefined();
  expect(Object.values<any>(template.findResources('AWS::SageMaker::Model')).map(m => m.Properties.ModelName)).toEqual([undefined]);
  expect(endpointOf(template).Properties.EndpointConfigName).toEqual({ 'Fn::GetAtt': [configId, 'EndpointConfigName'] });
});

test('after a new training the endpoint has the same name, and alarms and rollout are as before (100x-models-python-cdk#6)', () => {
  const version = (number: number) => {
    const { stack, template } = stackFixture();
    const models = ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'models');
    new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromModelPackage(models, { version: number }) });
    return template();
  };
  expect(changed(version(1), version(2))).toEqual(['AWS::SageMaker::Model']);
  expect(endpointOf(version(1)).Properties.EndpointName).toBe(endpointOf(version(2)).Properties.EndpointName);
});

test('another way to roll out changes the endpoint only', () => {
  expect(changed(templateOf({}, Rollout.allAtOnce()), templateOf({}, Rollout.canary()))).toEqual(['AWS::SageMaker::Endpoint']);
});
