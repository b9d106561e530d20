import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ComplianceEnforcement, JobDefaults, SageMakerPipeline, SageMakerPipelineProps } from '../../../src';
import { definitionOf } from '../definition-of';
import { Difference, differences } from '../differences';
import { strictFaults } from '../strict';

/** A difference that is meant; every one that is listed must be there, exactly so, and no other. */
export interface Listed extends Difference {
  readonly why: string;
}

/** The role of the jobs in the references. */
export const ROLE = 'arn:aws:iam::111122223333:role/service-role/PipelineJobs';

/** One of `v2/…` and `v3/…`. */
export function reference(name: string): any {
  return JSON.parse(readFileSync(join(__dirname, '..', 'reference', `${name}.json`), 'utf8'));
}

/** Builds a pipeline without job defaults, with the role of the references, and compares what it emits with what the SDK does. */
export function expectSdk(name: string, props: (stack: Stack) => Omit<SageMakerPipelineProps, 'jobRole' | 'jobDefaults'>, listed: Listed[] = []): void {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const jobRole = Role.fromRoleArn(stack, 'Jobs', ROLE, { mutable: false });
  new SageMakerPipeline(stack, 'Pipeline', { jobDefaults: JobDefaults.none(), jobRole, compliance: { enforcement: ComplianceEnforcement.OFF }, ...props(stack) });
  const definition = definitionOf(stack);
  const found = differences(reference(name), definition);
  const key = (d: Difference) => JSON.stringify([d.path, d.expected, d.actual]);
  expect(found.filter(d => !listed.some(l => key(l) === key(d)))).toEqual([]);
  expect(listed.filter(l => !found.some(d => key(l) === key(d)))).toEqual([]);
  expect(strictFaults(definition)).toEqual([]);
}
