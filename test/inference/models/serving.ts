import { StackProps } from 'aws-cdk-lib';
import { InferenceEndpoint, InferenceEndpointProps, InferenceModel } from '../../../src';
import { expectCompliant, onlyResource, stackFixture, statementsOf } from '../../helper';

/** An endpoint for a model that may be made in the stack. */
export function serving(model: InferenceModel, props: Omit<InferenceEndpointProps, 'model'> = {}, stackProps?: StackProps) {
  const fixture = stackFixture({ stack: stackProps });
  const endpoint = new InferenceEndpoint(fixture.stack, 'Endpoint', { model, ...props });
  return {
    ...fixture,
    endpoint,
    compliant: () => expectCompliant(fixture.stack),
    resource: () => onlyResource(fixture.template(), 'AWS::SageMaker::Model'),
    rendered: () => onlyResource(fixture.template(), 'AWS::SageMaker::Model').Properties,
    statements: () => statementsOf(fixture.template(), 'EndpointRole'),
  };
}
