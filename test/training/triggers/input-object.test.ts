import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { image } from './fixture';
import {
  Dataset, FailStep, InputObject, ModelArtifactBucket, ModelRegistry, PipelineStep, PipelineTrigger, ProcessingInput, ProcessingStep,
  RegisterModelStep, SageMakerPipeline,
} from '../../../src';
import { expectCompliant, statementsOf } from '../../helper';

type Steps = (object: InputObject, stack: Stack) => PipelineStep[];
type Triggers = (data: Dataset) => PipelineTrigger[];

const asInput: Steps = object => [new ProcessingStep('Process', { image, inputs: [ProcessingInput.s3('raw', object.uri)] })];
const passing: Triggers = data => [PipelineTrigger.onNewData({ data, passObject: true })];

function pipelineOf(steps: Steps, triggers: Triggers = () => []) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const data = new ModelArtifactBucket(stack, 'Lake', { encryptionKey: new Key(stack, 'LakeKey', { enableKeyRotation: true }) }).dataset('churn');
  new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: steps(InputObject.of(data), stack), triggers: triggers(data) });
  return { stack, template: Template.fromStack(stack) };
}

/** What a role may do with the data and its key, each as often as it stands there. */
function dataRights(template: Template, role: string): string[] {
  const found = statementsOf(template, role).filter(s => {
    const text = JSON.stringify(s);
    return text.includes('/datasets/churn/*') || text.includes('"datasets/churn/*"') || (text.includes('Lake') && text.includes('kms:'));
  });
  return found.flatMap(s => s.Action).sort();
}

const READ = ['kms:Decrypt', 's3:GetObject', 's3:ListBucket'];

describe('the right to read the data of an InputObject', () => {
  test.each<[string, Triggers]>([
    ['without a trigger', () => []],
    ['by the clock', () => [PipelineTrigger.onSchedule(ScheduleExpression.cron({ minute: '0', hour: '3' }))]],
    ['by a marker', data => [PipelineTrigger.onNewData({ data })]],
    ['by the object', passing],
  ])('comes along once: %s', (_, triggers) => {
    const { stack, template } = pipelineOf(asInput, triggers);
    expect(dataRights(template, 'PipelineJobRole')).toEqual(READ);
    expectCompliant(stack);
  });

  test.each<[string, Triggers]>([['without a trigger', () => []], ['by the object', passing]])('comes to a role of a step, and to no other: %s', (_, triggers) => {
    const { template } = pipelineOf((object, stack) => [
      new ProcessingStep('Process', {
        image, inputs: [ProcessingInput.s3('raw', object.uri)], role: new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }),
      }),
      new ProcessingStep('Other', { image }),
    ], triggers);
    expect(dataRights(template, 'PipelinePermissionsOfOwn')).toEqual(READ);
    if (triggers !== passing) { expect(dataRights(template, 'PipelineJobRole')).toEqual([]); }
  });

  test('comes to code that reads what an argument or an override names', () => {
    expect(dataRights(pipelineOf(object => [new ProcessingStep('Process', { image, arguments: ['--raw', object.uri] })]).template, 'PipelineJobRole')).toEqual(READ);
    const late = new ProcessingStep('Process', { image });
    expect(dataRights(pipelineOf(object => {
      late.addOverride('Arguments.Environment.KEY', object.keyParameter.asString());
      return [late];
    }).template, 'PipelineJobRole')).toEqual(READ);
  });

  test('comes to the role of the pipeline where that reads', () => {
    const { template } = pipelineOf((object, stack) => [new RegisterModelStep('Register', {
      registry: new ModelRegistry(stack, 'Models'), image, modelArtifact: object.uri, contentTypes: ['text/csv'], instanceTypes: ['ml.m5.large'],
    })]);
    expect(dataRights(template, 'PipelineRole')).toEqual(READ);
  });

  test('does not come to jobs whose steps only stand beside one that names the object', () => {
    const { template } = pipelineOf(object => [new ProcessingStep('Process', { image }), new FailStep('Fail', { message: object.uri })]);
    expect(dataRights(template, 'PipelineJobRole')).toEqual([]);
  });
});
