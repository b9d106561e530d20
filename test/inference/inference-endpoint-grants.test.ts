import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { InferenceEndpointGrants } from '../../src';
import { consumerRole, stackFixture, statementsOf } from '../helper';

test('an endpoint that is made in other ways may be granted to be called', () => {
  const { stack, template } = stackFixture();
  const endpoint = new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: 'c' });
  expect(InferenceEndpointGrants.fromEndpoint(endpoint).invoke(consumerRole(stack)).success).toBe(true);
  expect(statementsOf(template(), 'Consumer')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:InvokeEndpoint', Resource: { Ref: 'Endpoint' } }]);
});
