import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Hosting, InstanceScaling, InstanceTypeChanges } from '../../../src';
import { dependencyCycle, expectCompliant } from '../../helper';
import { hosted, MODEL } from '../hosted';

const scaled = Hosting.realTime({
  variants: [
    { variantName: 'fast', model: MODEL, scaling: InstanceScaling.onInvocations({ perInstance: 100, minCapacity: 2, maxCapacity: 4 }) },
    { variantName: 'fixed', model: MODEL },
  ],
});
const guarded = { instanceTypeChanges: InstanceTypeChanges.deregisterScalableTargets() };

test('the guard knows the scaled variants and stands before the endpoint, and all is clean', () => {
  const { stack } = hosted(scaled, guarded);
  const template = expectCompliant(stack);
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
  const [deregister] = Object.entries(template.findResources('Custom::ScalingGuardDeregister'));
  expect(deregister[1].Properties.Variants).toEqual({ fast: 'ml.m5.large' });
  const [endpoint] = Object.values(template.findResources('AWS::SageMaker::Endpoint'));
  expect(endpoint.DependsOn).toContain(deregister[0]);
});

test('without it nothing of it is made, and synth points to the other way', () => {
  const { stack, template } = hosted(scaled);
  expect(JSON.stringify(template().toJSON())).not.toContain('ScalingGuard');
  expect(Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('deploy once without the scaling'))).toHaveLength(1);
});

test('what is not scaled is not told of', () => {
  const { stack, template } = hosted(Hosting.realTime({ model: MODEL }));
  template();
  expect(Annotations.fromStack(stack).findInfo('*', Match.anyValue())).toEqual([]);
});

test('it stays where nothing is scaled any more, so that scaling may end and the type change at once', () => {
  hosted(Hosting.realTime({ model: MODEL }), guarded).template().resourceCountIs('Custom::ScalingGuardDeregister', 1);
});
