import { Match } from 'aws-cdk-lib/assertions';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { PipelineExecutionStatus, PipelineStepStatus } from '../../../src';
import { patternOf, triggered } from '../triggers/fixture';

const pipelineArn = [{ 'equals-ignore-case': Match.anyValue() }];

test('changes of executions go to any target of CDK', () => {
  const { stack, pipeline, template } = triggered(() => []);
  pipeline.events.onExecutionStatusChange('Ended', {
    statuses: [PipelineExecutionStatus.SUCCEEDED, PipelineExecutionStatus.COMPLETED_WITH_FAILURES],
    description: 'Ended',
    target: new SqsQueue(new Queue(stack, 'Queue')),
  });
  template().hasResourceProperties('AWS::Events::Rule', {
    Description: 'Ended',
    EventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Model Building Pipeline Execution Status Change'],
      'detail': { pipelineArn, currentPipelineExecutionStatus: ['Succeeded', 'CompletedWithFailures'] },
    },
    Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Queue'), 'Arn'] } }],
  });
});

test('changes of steps can be of some steps only, and of more than the options say', () => {
  const { pipeline, template } = triggered(() => []);
  const rule = pipeline.events.onStepStatusChange('Slow', { statuses: [PipelineStepStatus.FAILED], stepNames: ['Process'], eventPattern: { detail: { cacheHitResult: [{ exists: false }] } } });
  rule.addEventPattern({ region: ['eu-west-1'] });
  template().hasResourceProperties('AWS::Events::Rule', {
    EventPattern: {
      'detail-type': ['SageMaker Model Building Pipeline Execution Step Status Change'],
      'region': ['eu-west-1'],
      'detail': { pipelineArn, currentStepStatus: ['Failed'], stepName: ['Process'], cacheHitResult: [{ exists: false }] },
    },
  });
});

test('with nothing said all changes are meant', () => {
  const { pipeline, template } = triggered(() => []);
  pipeline.events.onExecutionStatusChange('Any');
  expect(Object.keys(patternOf(template()).detail)).toEqual(['pipelineArn']);
});
