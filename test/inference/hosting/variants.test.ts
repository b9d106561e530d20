import { Token } from 'aws-cdk-lib';
import { Hosting, InstanceVariant, MlInstanceType, RealTimeHostingOptions } from '../../../src';
import { expectCompliant } from '../../helper';
import { hosted, MODEL, problemsOf } from '../hosted';

const variant = (variantName: string, more: Partial<InstanceVariant> = {}): InstanceVariant => ({ variantName, model: MODEL, ...more });
const problems = (props: RealTimeHostingOptions) => problemsOf(Hosting.realTime(props));

test('several variants share the traffic by weight, each on instances of its own', () => {
  const { stack, config } = hosted(Hosting.realTime({
    variants: [variant('current', { instanceCount: 2 }), variant('challenger', { weight: 0.1, instanceType: MlInstanceType.C5_LARGE })],
  }));
  expect(config().ProductionVariants).toEqual([
    expect.objectContaining({ VariantName: 'current', InitialVariantWeight: 1, InstanceType: 'ml.m5.large', InitialInstanceCount: 2 }),
    expect.objectContaining({ VariantName: 'challenger', InitialVariantWeight: 0.1, InstanceType: 'ml.c5.large', InitialInstanceCount: 1 }),
  ]);
  expectCompliant(stack);
});

test('a weight of 0 stays 0', () => {
  const { config } = hosted(Hosting.realTime({ variants: [variant('current'), variant('challenger', { weight: 0 })] }));
  expect(config().ProductionVariants[1].InitialVariantWeight).toBe(0);
});

test('each variant has its own model and its own alarm that rolls back', () => {
  const { template, properties } = hosted(Hosting.realTime({ variants: [variant('current'), variant('challenger')] }));
  template().resourceCountIs('AWS::SageMaker::Model', 2);
  const alarms = Object.values(template().findResources('AWS::CloudWatch::Alarm')).map(a => a.Properties.Dimensions.find((d: any) => d.Name === 'VariantName').Value);
  expect(alarms.sort()).toEqual(['challenger', 'current']);
  expect(properties('AWS::SageMaker::Endpoint').DeploymentConfig.AutoRollbackConfiguration.Alarms).toHaveLength(2);
});

test('a shadow gets copies of the requests in the share that is asked for', () => {
  const { stack, config, template } = hosted(Hosting.realTime({ model: MODEL, shadow: { model: MODEL, samplingPercentage: 25 } }));
  expect(config().ShadowProductionVariants).toEqual([expect.objectContaining({ VariantName: 'Shadow', InitialVariantWeight: 0.25 })]);
  template().resourceCountIs('AWS::SageMaker::Model', 2);
  template().resourceCountIs('AWS::CloudWatch::Alarm', 1); // nobody gets the answers of a shadow
  expectCompliant(stack);
});

test('the share of a shadow is that of its weight to the weight of the production variant', () => {
  const { config } = hosted(Hosting.realTime({ variants: [variant('current', { weight: 2 })], shadow: { model: MODEL, samplingPercentage: 50 } }));
  expect(config().ShadowProductionVariants[0].InitialVariantWeight).toBe(1);
});

test.each<[string, RealTimeHostingOptions, string[]]>([
  ['nothing', {}, ['either model or variants must be given, got neither']],
  ['both', { model: MODEL, variants: [variant('a')] }, ['either model or variants must be given, got both']],
  ['settings beside variants', { variants: [variant('a')], instanceCount: 2, instanceType: MlInstanceType.C5_LARGE }, [
    'instanceCount, instanceType must stand in each of the variants, since variants are given',
  ]],
  ['no variant', { variants: [] }, ['variants must hold 1 to 10 entries, got 0']],
  ['too many', { variants: [...Array(11).keys()].map(i => variant(`v${i}`)) }, ['variants must hold 1 to 10 entries, got 11']],
  ['one name twice', { variants: [variant('a'), variant('a')] }, ['variantName must be unique, used twice: a']],
  ['a bad name', { variants: [variant('a_b')] }, ["variants[0].variantName must be 1 to 63 letters, digits and dashes, got 'a_b'"]],
  ['no traffic', { variants: [variant('a', { weight: 0 }), variant('b', { weight: 0 })] }, [
    'variants must have a weight above 0 somewhere, or nobody gets traffic; all are 0',
  ]],
  ['a negative weight', { variants: [variant('a'), variant('b', { weight: -1 })] }, [expect.stringMatching(/^variants\[1\]\.weight must be between 0 and .*, got -1$/) as any]],
  ['a bad setting', { variants: [variant('a'), variant('b', { instanceCount: 0 })] }, ['variants[1].instanceCount must be a whole number between 1 and 10000, got 0']],
  ['a shadow of two', { variants: [variant('a'), variant('b')], shadow: { model: MODEL } }, ['shadow needs exactly one production variant, found 2: leave out shadow, or all variants but one']],
  ['a shadow of no requests', { model: MODEL, shadow: { model: MODEL, samplingPercentage: 0 } }, ['shadow.samplingPercentage must be more than 0 and at most 100, got 0']],
  ['a shadow on Inf1', { model: MODEL, instanceType: MlInstanceType.of('ml.inf1.xlarge'), shadow: { model: MODEL } }, [
    'a shadow, and the variant beside it, cannot run on Inf1, got ml.inf1.xlarge',
  ]],
  ['a shadow of a share that is known later', { model: MODEL, shadow: { model: MODEL, samplingPercentage: Token.asNumber({ Ref: 'Share' }) } }, [
    'shadow.samplingPercentage and the weight beside it must be known at synth, since the weight of the shadow is calculated from them',
  ]],
  ['a shadow with the name of the variant', { model: MODEL, shadow: { model: MODEL, variantName: 'AllTraffic' } }, ['variantName must be unique, used twice: AllTraffic']],
])('%s is refused in words', (_, props, expected) => {
  expect(problems(props)).toEqual(expected);
});
