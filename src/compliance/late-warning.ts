import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { excuseFor } from './excuses';

/** A warning that is made at synth, thus after it may have been accepted: CDK looks for that neither at the construct itself nor at the app. */
export function warnLate(scope: IConstruct, id: string, text: string): void {
  if (excuseFor(scope, id) === undefined) { Validations.of(scope).addWarning(id, text); }
}
