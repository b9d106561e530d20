import { Stack, StackProps } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { InferenceEndpoint, InferenceModel, ModelRegistry } from 'cdk-ml-patterns';
import { Construct } from 'constructs';

/** The models to serve. */
export interface ServingStackProps extends StackProps {
  readonly models: ModelRegistry;
}

/** Where the age of abalone is told. Deployed once the pipeline has registered version 1. */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, props: ServingStackProps) {
    super(scope, id, props);
    const caller = new Role(this, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

    const endpoint = new InferenceEndpoint(this, 'Endpoint', { model: InferenceModel.fromModelPackage(props.models, { version: 1 }) });
    endpoint.grants.invoke(caller);
  }
}
