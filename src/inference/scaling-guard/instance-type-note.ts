import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { InstanceTypeChanges } from './instance-type-changes';
import { GuardContext } from './scaling-guard';

/** Says once for an endpoint what synth cannot see, since it does not know the types that are deployed; an info stops nothing and can be acknowledged. */
export function noteInstanceTypes(scope: IConstruct): void {
  Annotations.of(scope).addInfoV2('cdk-ml-patterns:scaledInstanceType',
    'The instance type of a scaled variant cannot change in one deployment, and a scaled variant cannot go: set instanceTypeChanges in a deployment before, or deploy once without the scaling.');
}

/** Guards the variants if that was asked for, even where none is scaled any more; says the other way if it was not. */
export function guardInstanceTypes(changes: InstanceTypeChanges | undefined, context: GuardContext): void {
  if (changes !== undefined) {
    changes._bind(context);
  } else if (context.variants.length > 0) {
    noteInstanceTypes(context.scope);
  }
}
