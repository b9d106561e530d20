import { Stack } from 'aws-cdk-lib';
import { CfnEndpoint, CfnInferenceComponent } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { Problems } from '../../../src/core/problems';
import { ScaledComponent, ScaledVariant } from '../../../src/inference/scaling/scaling-place';
import { ScalingResources } from '../../../src/inference/scaling/scaling-plan';
import { dependencyCycle, errorOf, stackFixture } from '../../helper';

interface OfVariant { _bind(variant: ScaledVariant): ScalingResources }
interface OfComponent { _bind(component: ScaledComponent): ScalingResources }
type Checked<F> = { _check(name: string, problems: Problems, scope: IConstruct, facts: F): void };

/** An endpoint that is there only to be scaled. */
function fakeEndpoint(stack: Stack): CfnEndpoint {
  return new CfnEndpoint(stack, 'Endpoint', { endpointName: 'churn', endpointConfigName: 'config' });
}

/** What is made for the variants of an endpoint: the resources beside the endpoint itself. */
export function scaledVariants(...scalings: OfVariant[]) {
  const fixture = stackFixture();
  const endpoint = fakeEndpoint(fixture.stack);
  const names = ['Blue', 'Green'];
  const made = scalings.map((s, i) => s._bind({ scope: fixture.stack, endpoint, endpointName: 'churn', variantName: names[i] }));
  return { ...fixture, made, ...reading(fixture.template) };
}

/** What is made for an inference component. */
export function scaledComponent(scaling: OfComponent) {
  const fixture = stackFixture();
  const endpointName = fakeEndpoint(fixture.stack).attrEndpointName;
  const component = new CfnInferenceComponent(fixture.stack, 'Component', { endpointName, inferenceComponentName: 'llama', specification: {} });
  scaling._bind({ scope: fixture.stack, component, componentName: 'llama', id: 'Llama' });
  return { ...fixture, ...reading(fixture.template) };
}

function reading(template: () => any) {
  const resources = () => {
    const json = template().toJSON();
    expect(dependencyCycle(json)).toBeUndefined();
    return Object.fromEntries(Object.entries<any>(json.Resources).filter(([, r]) => !r.Type.startsWith('AWS::SageMaker')));
  };
  const ofType = (type: string) => Object.values<any>(resources()).filter(r => r.Type === type).map(r => r.Properties);
  return {
    resources,
    target: () => ofType('AWS::ApplicationAutoScaling::ScalableTarget')[0],
    policies: () => ofType('AWS::ApplicationAutoScaling::ScalingPolicy'),
    alarms: () => ofType('AWS::CloudWatch::Alarm'),
  };
}

/** The problems of a scaling, without what stands before them. */
export function problemsOf<F>(scaling: Checked<F>, facts: F, stack = stackFixture().stack): string[] {
  const problems = new Problems();
  scaling._check('scaling', problems, stack, facts);
  try {
    problems.throwIfAny(stack);
  } catch {
    return errorOf(() => problems.throwIfAny(stack)).split('\n').slice(1).map(line => line.replace('  - ', ''));
  }
  return [];
}
