import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import * as library from '../../src';
import { ModelRegistry, PipelineStep } from '../../src';
import { ENDPOINT_KINDS, fullestEndpoint } from '../fullest/endpoints';
import { everyStep, fullestPipeline, fullestTraining } from '../fullest/pipelines';
import { fullestBatch, fullestBucket, fullestRepo } from '../fullest/storage';
import { dependencyCycle, openFindings, recordsOf, stackFixture } from '../helper';

const PACKS = 'MlSecurity,AwsSolutions,HIPAA.Security,NIST.800.53.R4,NIST.800.53.R5,PCI.DSS.321,Serverless';
const ENVIRONMENT = { env: { account: '111122223333', region: 'eu-west-1' } };

beforeEach(() => { jest.spyOn(console, 'error').mockReturnValue(); }); // with the flags CDK prints a report of warnings

/** With everything that they take. */
const FORMS: Record<string, (stack: Stack) => unknown> = {
  ...Object.fromEntries(ENDPOINT_KINDS.map(kind => [`endpoint, ${kind}`, (stack: Stack) => fullestEndpoint(stack, kind)])),
  'bucket': fullestBucket,
  'repository': fullestRepo,
  'batch transform and registry': fullestBatch,
  'pipeline of every step and trigger': fullestPipeline,
  'training pipeline': fullestTraining,
};

function made(form: string, context: Record<string, unknown>): Stack {
  const { stack } = stackFixture({ stack: ENVIRONMENT, context: { ...context, 'cdk-ml-patterns:compliance': 'report', 'cdk-ml-patterns:compliancePacks': PACKS } });
  FORMS[form](stack);
  return stack;
}

describe.each([['no feature flag', {}], ['all flags that CDK recommends', CURRENTLY_RECOMMENDED_FLAGS]])('under %s', (_, flags) => {
  test.each(Object.keys(FORMS))('the fullest %s leaves nothing open in any pack, and has no circle', form => {
    const stack = made(form, flags);
    expect(dependencyCycle(Template.fromStack(stack).toJSON())).toBeUndefined();
    expect(new Set(recordsOf(stack).flatMap(r => r.packs.map(p => p.pack))).size).toBe(7);
    expect(openFindings(stack).map(f => `${f.rule} at ${f.path}`)).toEqual([]);
  });
});

/** The classes of the library that are made with `new`, by the class that they come from. */
function classes(base: abstract new (...args: any[]) => object): string[] {
  return Object.values(library).filter((c: any) => typeof c === 'function' && c.prototype instanceof base).map((c: any) => c.name);
}

test('no step and no construct is left out', () => {
  const abstract = ['JobStep', 'ExternalStep', 'CheckStep', 'InferenceEndpointBase', 'ModelRegistryBase'];
  const { stack } = stackFixture({ stack: ENVIRONMENT });
  const inside = (steps: PipelineStep[]): PipelineStep[] => steps.flatMap(s => [s, ...inside(s._branches().flatMap(b => b.steps))]);
  const steps = new Set(inside(everyStep(stack, new ModelRegistry(stack, 'Models'))).map(s => s.constructor.name));
  expect(classes(PipelineStep).filter(c => !steps.has(c) && !abstract.includes(c))).toEqual([]);
  const constructs = new Set(Object.keys(FORMS).flatMap(form => made(form, {}).node.findAll()).map(c => c.constructor.name));
  expect(classes(Construct).filter(c => !constructs.has(c) && !abstract.includes(c))).toEqual([]);
});
