import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ruleOf } from './rule-ids';

/** A warning that is made at synth, thus after it may have been accepted: CDK looks for that at the scopes around, but not at the construct itself. */
export function warnLate(scope: IConstruct, id: string, text: string): void {
  const accepted = scope.node.metadata.some(({ data }) => typeof data === 'object' && data !== null && Object.keys(data).some(key => ruleOf(key) === id));
  if (!accepted) { Validations.of(scope).addWarning(id, text); }
}
