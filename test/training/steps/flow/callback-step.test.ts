import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { CallbackStep, StepOutput } from '../../../../src';
import { consumerRole, expectCompliant, statementFor, statementsOf } from '../../../helper';
import { strictFaults } from '../../strict';
import { pipelineOf } from '../pipeline-of';

test('exactly this queue gets the message, with its key', () => {
  const { statements, step, definition } = pipelineOf(stack => {
    const encryptionMasterKey = new Key(stack, 'Key');
    return [new CallbackStep('Ask', { queue: new Queue(stack, 'Queue', { encryptionMasterKey }), outputs: [StepOutput.flag('yes')] })];
  });
  expect(statementFor(statements(), 'sqs:SendMessage')).toEqual({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue4A7E3555', 'Arn'] } });
  const key = statements().find(s => s.Resource['Fn::GetAtt']?.[0].startsWith('Key') && JSON.stringify(s.Condition).includes('sqs'));
  expect(key).toMatchObject({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } } });
  expect(step()).toMatchObject({ SqsQueueUrl: '${Queue4A7E3555}', Arguments: {}, OutputParameters: [{ OutputName: 'yes', OutputType: 'Boolean' }] });
  expect(strictFaults(definition())).toEqual([]);
});

test('an L1 queue will do', () => {
  const { statements, stack } = pipelineOf(s => [new CallbackStep('Ask', { queue: new CfnQueue(s, 'Queue') })]);
  expect(statementFor(statements(), 'sqs:SendMessage').Resource).toEqual({ 'Fn::GetAtt': ['Queue', 'Arn'] });
  expect(Template.fromStack(stack).findResources('AWS::SQS::Queue')).toBeDefined();
});

test('who answers may do so for this pipeline only', () => {
  const { pipeline, stack } = pipelineOf(s => [new CallbackStep('Ask', { queue: Queue.fromQueueArn(s, 'Queue', 'arn:aws:sqs:eu-west-1:111122223333:q') })]);
  pipeline.grants.completeCallbacks(consumerRole(stack));
  expect(statementsOf(expectCompliant(stack), 'Consumer')).toEqual([{
    Effect: 'Allow',
    Action: ['sagemaker:SendPipelineExecutionStepFailure', 'sagemaker:SendPipelineExecutionStepSuccess'],
    Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:pipeline/', { Ref: expect.stringMatching(/^Pipeline/) }, '/execution/*']] },
  }]);
});
