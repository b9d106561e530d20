import { App, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { definitionOf } from './definition-of';
import { makeSteps, PLANS, RandomPipeline } from './random-pipelines';
import { strictFaults } from './strict';
import {
  ConditionStep, FailStep, ModelArtifactBucket, ModelRegistry, PipelineExecution, PipelineStep, ProcessingStep, ReportMetric, SageMakerImage,
  SageMakerPipeline,
} from '../../src';
import { errorOf, GO, inLanguage } from '../helper';

/** Always the same pipelines. */
const SEED = 20260117;

function fixture() {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  return { stack, artifacts: new ModelArtifactBucket(stack, 'Artifacts'), registry: ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'models') };
}

/** References of CloudFormation as they are once deployed. */
function deployed(definition: any): any {
  const text = JSON.stringify(definition).replace(/\$\{\w+\.Arn\}/g, 'arn:aws:iam::111122223333:role/made').replace(/\$\{[\w:]+\}/g, 'made');
  return JSON.parse(text);
}

/** What the pipelines must hold between them, or they say nothing. */
const PARTS = [
  ...['AutoML', 'Callback', 'EMRServerless', 'EndpointConfig', 'Lambda', 'Model', 'QualityCheck', 'Tuning', 'Condition', 'Fail', 'Processing', 'RegisterModel', 'Training', 'Transform'].map(type => `"Type":"${type}"`),
  '"Std:Join"', '"Std:JsonGet"', '"Trigger":"Failed"', '"DependsOn":["', '"CacheConfig"', '"RetryPolicies"', '"Get":"Steps.', '"Type":"Or"', '"Type":"Not"', '"Type":"In"',
];

test('what is valid gives a definition without faults', () => {
  const missing = new Set(PARTS);
  fc.assert(fc.property(PLANS, plans => {
    const { stack, artifacts, registry } = fixture();
    new SageMakerPipeline(stack, 'Pipeline', { artifacts, ...makeSteps(plans, registry) });
    const definition = definitionOf(stack);
    const text = JSON.stringify(definition);
    missing.forEach(part => text.includes(part) && missing.delete(part));
    expect(strictFaults(deployed(definition))).toEqual([]);
  }), { seed: SEED, numRuns: 60 });
  expect([...missing]).toEqual([]);
});

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const stranger = (name: string) => new ProcessingStep(name, { image });

/** Puts a mistake into a pipeline by way of one of its steps; returns the name that the error must hold. */
type Mistake = (pipeline: { steps: PipelineStep[] }, victim: PipelineStep) => string | void;

const MISTAKES: Record<string, Mistake> = {
  'an unknown step is read': (_, victim) => victim.addOverride('Arguments.X', { Get: 'Steps.Nowhere.X' }),
  'a step of elsewhere is read': (_, victim) => victim.addOverride('Arguments.X', stranger('Elsewhere').property('ProcessingJobArn')),
  'an undeclared parameter is used': (_, victim) => victim.addOverride('Arguments.X', { Get: 'Parameters.Nowhere' }),
  'a step of elsewhere is waited for': (_, victim) => { victim.after(stranger('Elsewhere')); },
  'a step waits for itself': (_, victim) => { victim.after(victim); },
  'two steps wait for each other': ({ steps }, victim) => { const other = stranger('Other'); steps.push(other); victim.after(other); other.after(victim); },
  'two steps have one name': ({ steps }, victim) => { steps.push(stranger(victim.stepName)); return victim.stepName; },
  'one step stands there twice': ({ steps }, victim) => { steps.push(new ConditionStep('Again', { condition: PipelineExecution.ID.equalTo('x'), elseSteps: [victim] })); },
  'a step that ends the execution is waited for': ({ steps }, victim) => { const end = new FailStep('End', { message: 'm' }); steps.push(end); victim.after(end); },
  'a step in a branch is waited for': ({ steps }, victim) => {
    const inner = stranger('Inner');
    steps.push(new ConditionStep('Gate', { condition: PipelineExecution.ID.equalTo('x'), ifSteps: [inner] }));
    victim.after(inner);
  },
  'a metric belongs to no step': (_, victim) => victim.addOverride('Arguments.X', ReportMetric.at('mse')),
  'a number token is mangled': (_, victim) => victim.addOverride('Arguments.X', 's3://b/-1.8881545897087626E289/x'),
  'a pointer of Go is left': (_, victim) => victim.addOverride('Arguments.X', '0xc000012340'),
  'a step gets another name': (_, victim) => victim.addOverride('Name', 'Other'),
};

test('what is invalid is one error that names the step', () => {
  fc.assert(fc.property(PLANS, fc.constantFrom(...Object.keys(MISTAKES)), fc.nat(), (plans, mistake, choice) => {
    const { stack, artifacts, registry } = fixture();
    const { parameters, steps: made }: RandomPipeline = makeSteps(plans, registry);
    const steps = [...made];
    const all = steps.flatMap(s => s._all());
    const victim = all[choice % all.length];
    MISTAKES[mistake]({ steps }, victim);
    const error = inLanguage(GO, () => errorOf(() => new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps, parameters })));
    expect(error).toMatch(/^SageMakerPipeline at 'Stack\/Pipeline' has \d+ problems?:\n/);
    expect(error).toContain(victim.stepName);
  }), { seed: SEED, numRuns: 150 });
});
