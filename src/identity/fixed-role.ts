import { Aspects, Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { renderPermission } from './permission-statement';
import { Permissions } from './role-policy';
import { warnLate } from '../compliance/late-warning';

const NEEDS = Symbol.for('cdk-ml-patterns.needs-of-fixed-roles');

/** Says what a role that may not be changed must be allowed elsewhere, once for each construct, at synth, when everything is known. */
export function needOfFixedRole(scope: Construct, role: IRole, permissions: Permissions[]): void {
  const holder = scope as { [NEEDS]?: Map<IRole, Permissions[]> };
  holder[NEEDS] ??= new Map();
  const known = holder[NEEDS].get(role);
  if (known !== undefined) {
    known.push(...permissions);
    return;
  }
  const needs = [...permissions];
  holder[NEEDS].set(role, needs);
  let said = false;
  Aspects.of(scope).add({
    visit: node => {
      if (node !== scope || said) { return; }
      said = true;
      warn(scope, role, needs);
    },
  });
}

function warn(scope: Construct, role: IRole, needs: Permissions[]): void {
  const statements = needs.flatMap(p => typeof p === 'function' ? p() : [p]).map(p => JSON.stringify(Stack.of(scope).resolve(renderPermission(p))));
  if (statements.length === 0) { return; }
  warnLate(scope, 'cdk-ml-patterns:roleNotChanged', [
    `The role ${role.node.path} is imported and may not be changed, so what this construct needs must be allowed to it elsewhere:`, ...new Set(statements),
  ].join('\n  '));
}
