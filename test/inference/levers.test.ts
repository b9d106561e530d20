import { App, Aspects, CfnResource, IPropertyInjector, InjectionContext, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Hosting, InferenceEndpoint, InferenceEndpointProps, InstanceScaling } from '../../src';
import { consumerRole, onlyResource } from '../helper';
import { hosted, MODEL } from './hosted';

const everywhere = Hosting.realTime({ model: MODEL, scaling: InstanceScaling.onInvocations({ perInstance: 100, maxCapacity: 2 }) });

test('tags reach everything that can have them', () => {
  const { stack, template } = hosted(everywhere);
  Tags.of(stack).add('team', 'churn');
  for (const type of ['Model', 'EndpointConfig', 'Endpoint']) {
    expect(onlyResource(template(), `AWS::SageMaker::${type}`).Properties.Tags).toEqual([{ Key: 'team', Value: 'churn' }]);
  }
});

test('a permissions boundary of the app holds for the role', () => {
  const { stack, template } = hosted(everywhere);
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
  expect(JSON.stringify(onlyResource(template(), 'AWS::IAM::Role').Properties.PermissionsBoundary)).toContain(':policy/boundary');
});

test('an aspect may change any resource', () => {
  const { stack, template } = hosted(everywhere);
  Aspects.of(stack).add({ visit: node => { if (CfnEndpoint.isCfnEndpoint(node)) { (node as CfnResource).addMetadata('owner', 'churn'); } } });
  expect(onlyResource(template(), 'AWS::SageMaker::Endpoint').Metadata.owner).toBe('churn');
});

/** What an organisation wants of every endpoint. */
class Isolated implements IPropertyInjector {
  public readonly constructUniqueId = InferenceEndpoint.PROPERTY_INJECTION_ID;
  public inject(given: InferenceEndpointProps, _context: InjectionContext): InferenceEndpointProps {
    return { ...given, endpointName: 'of-the-organisation' };
  }
}

test('a property injector of the app changes the props of every endpoint', () => {
  const stack = new Stack(new App({ propertyInjectors: [new Isolated()] }), 'Stack');
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL });
  expect(onlyResource(Template.fromStack(stack), 'AWS::SageMaker::Endpoint').Properties.EndpointName).toBe('of-the-organisation');
});

test('nothing is emitted that nobody asked for, and no account or Region must be known (generative-ai-cdk-constructs#179)', () => {
  const { template } = hosted(everywhere);
  expect(Object.keys(template().toJSON())).not.toContain('Outputs');
  expect(JSON.stringify(template().toJSON())).not.toMatch(/us-east-1|123456789012/);
});

test('an endpoint may be called from another stack', () => {
  const { app, endpoint } = hosted(everywhere);
  const other = new Stack(app, 'Other');
  endpoint.grants.invoke(consumerRole(other));
  expect(JSON.stringify(Template.fromStack(other).toJSON())).toContain('sagemaker:InvokeEndpoint');
});
