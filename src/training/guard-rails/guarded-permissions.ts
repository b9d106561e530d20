import { PipelineGuardRails } from './pipeline-guard-rails';
import { Conditions, railsOf } from './rails';
import { Permission } from '../../identity/permission-statement';

/** The same permissions, with the conditions of the rails on those actions that know their keys, each in a statement of its own. */
export function guarded(permissions: Permission[], rails: PipelineGuardRails | undefined): Permission[] {
  const up = rails === undefined ? [] : railsOf(rails);
  return permissions.flatMap(permission => {
    const bound = permission.actions.map(action => ({ action, conditions: up.filter(r => r.actions.includes(action)).map(r => r.conditions) }));
    const free = bound.filter(b => b.conditions.length === 0).map(b => b.action);
    const held = bound.filter(b => b.conditions.length > 0);
    return [
      ...free.length > 0 ? [{ ...permission, actions: free }] : [],
      ...held.map(({ action, conditions }) => ({
        ...permission, actions: [action], conditions: merged([permission.conditions ?? {}, ...conditions]),
      })),
    ];
  });
}

function merged(all: Conditions[]): Conditions {
  const result: Conditions = {};
  all.flatMap(c => Object.entries(c)).forEach(([operator, keys]) => { result[operator] = { ...result[operator], ...keys }; });
  return result;
}
