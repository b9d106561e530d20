import { CfnResource } from 'aws-cdk-lib';

/** A property that the service knows and the L1 of the oldest supported aws-cdk-lib does not: its path in the resource, and what stands there. */
export interface Override {
  readonly path: string;
  readonly value: unknown;
}

/** The same overrides below another path; those without a value are left out. */
export function below(path: string, overrides: Override[]): Override[] {
  return overrides.filter(o => o.value !== undefined).map(o => ({ path: `${path}.${o.path}`, value: o.value }));
}

/** Writes overrides into a resource. */
export function applyOverrides(resource: CfnResource, overrides: Override[]): void {
  overrides.forEach(({ path, value }) => resource.addPropertyOverride(path, value));
}
