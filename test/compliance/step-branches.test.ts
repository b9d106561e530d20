import { Template } from 'aws-cdk-lib/assertions';
import {
  ConditionStep, ForEachStep, IterableItems, JobDefaults, ModelArtifactBucket, PipelineParameter, PipelineStep, RawStep, SageMakerImage,
  SageMakerPipeline, TrainingStep,
} from '../../src';
import { allSteps } from '../../src/compliance/step-branches';
import { errorOf, openFindings, recordsOf, stackFixture } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const fit = (name: string) => new TrainingStep(name, { image, jobDefaults: JobDefaults.secure({ networkIsolation: false }) });
const loop = (name: string, ...body: PipelineStep[]) => new ForEachStep(name, { items: IterableItems.texts('a'), maxConcurrency: 1, body });

function pipelineWith(steps: PipelineStep[], accepted: string[] = []) {
  const { stack } = stackFixture();
  const exceptions = accepted.map(rule => ({ rule, reason: 'It reads a licence from the internet.' }));
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps, maxParallelSteps: 2, compliance: { exceptions } });
  return stack;
}

const raw = (key: string) => new RawStep('Raw', { stepType: 'New', arguments: { [key]: [{ Name: 'Fit', Type: 'Training', Arguments: { EnableNetworkIsolation: false } }] } });

test.each<[string, () => PipelineStep]>([
  ['a loop', () => loop('Loop', fit('Fit'))],
  ['a loop in a branch', () => new ConditionStep('If', { condition: PipelineParameter.text('P').equalTo('x'), elseSteps: [loop('Loop', fit('Fit'))] })],
  ['the body of a RawStep', () => raw('ForEachBody')],
  ['a branch of a RawStep', () => raw('IfSteps')],
])('a step in %s is judged and named', (_, step) => {
  const rules = /- (ML-.*) at 'Stack\/Pipeline\/Resource': The container/.exec(errorOf(() => Template.fromStack(pipelineWith([step()]))));
  expect(rules?.[1]).toBe('ML-SM13[Fit]');
});

test('what is accepted in a loop is not open, and stands in the record with its reason', () => {
  const stack = pipelineWith([loop('Loop', fit('Fit'), fit('Again'))], ['ML-SM13[Fit]', 'ML-SM13[Again]']);
  Template.fromStack(stack);
  expect(openFindings(stack)).toEqual([]);
  expect(recordsOf(stack).flatMap(r => r.packs).flatMap(p => p.findings).filter(f => /ML-SM13/.test(f.rule)).map(f => [f.rule, f.reason])).toEqual([
    ['ML-SM13[Fit]', 'It reads a licence from the internet.'], ['ML-SM13[Again]', 'It reads a licence from the internet.'],
  ]);
});

test('what is no list of steps holds none', () => {
  expect(allSteps(undefined)).toEqual([]);
  expect(allSteps({ Steps: [null, 'text', { Name: 'A', Arguments: { IfSteps: 'x' } }] }).map(f => f.step.Name)).toEqual(['A']);
});
