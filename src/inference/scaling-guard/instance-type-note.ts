import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Says once for an endpoint what synth cannot see, since it does not know the types that are deployed; an info stops nothing and can be acknowledged. */
export function noteInstanceTypes(scope: IConstruct): void {
  Annotations.of(scope).addInfoV2('cdk-ml-patterns:scaledInstanceType',
    'The instance type of a scaled variant cannot change in one deployment, and a scaled variant cannot go: set instanceTypeChanges in a deployment before, or deploy once without the scaling.');
}
