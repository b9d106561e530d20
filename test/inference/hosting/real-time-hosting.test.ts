import { Template } from 'aws-cdk-lib/assertions';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  ComplianceLevel, ComplianceOptions, Hosting, InferenceEndpoint, InferenceModel, InstanceScaling, MlInstanceType, RealTimeHostingOptions,
  SageMakerImage,
} from '../../../src';
import { errorOf, onlyResource, recordsOf, stackFixture, warningsOf } from '../../helper';

const IMAGE = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const MODEL = InferenceModel.fromContainer({ image: IMAGE });

function hosted(props: Omit<RealTimeHostingOptions, 'model'>, compliance?: ComplianceOptions) {
  const fixture = stackFixture();
  new InferenceEndpoint(fixture.stack, 'Endpoint', { hosting: Hosting.realTime({ model: MODEL, ...props }), compliance });
  return fixture;
}

test('type and number of the instances may be chosen', () => {
  const { template } = hosted({ instanceType: MlInstanceType.C5_XLARGE, instanceCount: 3 });
  expect(onlyResource(template(), 'AWS::SageMaker::EndpointConfig').Properties.ProductionVariants).toEqual([
    expect.objectContaining({ InstanceType: 'ml.c5.xlarge', InitialInstanceCount: 3 }),
  ]);
});

test('the model said alone is the same as real-time hosting with nothing else said', () => {
  const { stack, template } = stackFixture();
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL });
  expect(template().toJSON()).toEqual(hosted({}).template().toJSON());
});

test('disks that the key does not encrypt are warned of', () => {
  const { stack } = hosted({ instanceType: MlInstanceType.G5_XLARGE, instanceCount: 2 });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:localDisks')]);
  expect(warningsOf(stack)[0]).toContain('ml.g5.xlarge');
});

test('one instance by default has a reason, one asked for has none', () => {
  const single = (props: Omit<RealTimeHostingOptions, 'model'>) => {
    const { app } = hosted(props);
    app.synth();
    return recordsOf(app).flatMap(r => r.packs).flatMap(p => p.findings).filter(f => f.rule === 'ML-SM7[AllTraffic]').map(f => f.reason);
  };
  expect(single({})).toEqual([expect.stringContaining('cheapest default')]);
  expect(single({ instanceCount: 1 })).toEqual([undefined]);
  expect(single({ instanceCount: 2 })).toEqual([]);
});

test.each<[number, boolean]>([[1, true], [2, false]])('a variant whose scaling starts with %d has the reason for one instance: %s', (minCapacity, excused) => {
  const { app, stack } = hosted({ scaling: InstanceScaling.between({ minCapacity, maxCapacity: 4 }) });
  app.synth();
  expect(JSON.stringify(stack.node.findAll().map(n => n.node.metadata.map(m => m.data))).includes('cheapest default')).toBe(excused);
});

test('one instance asked for is a warning, and an error where the level says so', () => {
  const { stack } = hosted({ instanceCount: 1 });
  Template.fromStack(stack);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('A production variant starts with one instance')]);
  expect(errorOf(() => hosted({ instanceCount: 1 }, { level: ComplianceLevel.WARNING }).app.synth())).toContain('ML-SM7[AllTraffic]');
});

test('an image that was built on an Apple processor does not end in an exec format error (sagemaker-studio-custom-image-samples#25)', () => {
  const model = InferenceModel.fromContainer({ image: IMAGE.builtFor(Platform.LINUX_ARM64) });
  const served = (props: Omit<RealTimeHostingOptions, 'model'>) => () => new InferenceEndpoint(stackFixture().stack, 'Endpoint', { hosting: Hosting.realTime({ model, ...props }) });
  expect(errorOf(served({}))).toContain('model.image is built for arm64, but instances of ml.m5.large have processors for amd64');
  expect(served({ instanceType: MlInstanceType.of('ml.m7g.large') })).not.toThrow();
});
