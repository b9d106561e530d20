import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { FailStep, PipelineExperiment, PipelineStep, ProcessingStep, SageMakerImage, SageMakerPipeline, SageMakerPipelineProps } from '../../src';
import { expectCompliant, statementsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');

function fixture(steps: PipelineStep[], more: Partial<SageMakerPipelineProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  return { stack, pipeline: new SageMakerPipeline(stack, 'Pipeline', { steps, ...more }) };
}

const fail = () => [new FailStep('Fail', { message: 'no' })];
const rolesOf = (template: Template) => Object.keys(template.findResources('AWS::IAM::Role')).map(id => id.replace(/[0-9A-F]{8}$/, ''));
const passes = (template: Template) => statementsOf(template, 'PipelineRolePolicy').filter(s => s.Action === 'iam:PassRole');

test('without jobs there is no role for containers, and none to pass', () => {
  const template = expectCompliant(fixture(fail()).stack);
  expect(rolesOf(template)).toEqual(['PipelineRole']);
  expect(passes(template)).toEqual([]);
});

test('with jobs there is', () => {
  const { stack } = fixture([new ProcessingStep('P', { image })]);
  expect(rolesOf(expectCompliant(stack))).toEqual(['PipelineRole', 'PipelineJobRole']);
  expect(passes(Template.fromStack(stack))).toHaveLength(1);
});

test('who asks for it gets one, whose policy is there if it may do anything', () => {
  const { stack, pipeline } = fixture(fail());
  expect(pipeline.jobRole).toBe(pipeline.jobRole);
  const template = expectCompliant(stack);
  expect(rolesOf(template)).toEqual(['PipelineRole', 'PipelineJobRole']);
  expect(statementsOf(template, 'PipelineJobRole')).toEqual([]);
  expect(Object.keys(template.findResources('AWS::IAM::ManagedPolicy')).map(id => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['PipelineRolePolicy']);

  const other = fixture(fail());
  Bucket.fromBucketName(other.stack, 'Lake', 'data-lake').grantRead(other.pipeline.jobRole);
  expect(statementsOf(Template.fromStack(other.stack), 'PipelineJobRole')).toHaveLength(1);
});

test('a pipeline that needs no right has no policy, which IAM would refuse', () => {
  const { stack } = fixture(fail(), { experiment: PipelineExperiment.none() });
  Template.fromStack(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});
