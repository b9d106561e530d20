import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { EventField, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SageMakerStartPipelineExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { PipelineTarget } from '../../../src';
import { errorOf, statementsOf, warning, warningsOf } from '../../helper';
import { triggered } from '../triggers/fixture';

const eventPattern = { source: ['my.app'] };

test('a rule of CDK starts a pipeline, whatever other targets it has', () => {
  const { stack, pipeline, template } = triggered(() => []);
  const rule = new Rule(stack, 'Rule', { eventPattern, targets: [new SqsQueue(new Queue(stack, 'Queue')), new PipelineTarget(pipeline)] });
  rule.addTarget(new PipelineTarget(pipeline, { parameters: { Rounds: '2', Place: EventField.fromPath('$.detail.uri') } }));
  const arn = stack.resolve(pipeline.pipelineArn);
  const role = (n: number) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^RuleStarts${n}`), 'Arn'] });
  template().hasResourceProperties('AWS::Events::Rule', {
    Targets: [
      { Id: 'Target0', SageMakerPipelineParameters: Match.absent() },
      { Id: 'Target1', Arn: arn, RoleArn: role(1), SageMakerPipelineParameters: { PipelineParameterList: [] } },
      { Id: 'Target2', Arn: arn, RoleArn: role(2), SageMakerPipelineParameters: { PipelineParameterList: [{ Name: 'Place', Value: '$.detail.uri' }, { Name: 'Rounds', Value: '2' }] } },
    ],
  });
  expect(statementsOf(template(), 'RuleStarts1')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: arn }]);
});

test('role, queue and retries may be brought along', () => {
  const { stack, pipeline, template } = triggered(() => []);
  const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('events.amazonaws.com') });
  const target = new PipelineTarget(pipeline, { role, deadLetterQueue: new Queue(stack, 'Lost'), retryAttempts: 1, maxEventAge: Duration.minutes(10) });
  new Rule(stack, 'Rule', { eventPattern, targets: [target] });
  template().hasResourceProperties('AWS::Events::Rule', {
    Targets: [{
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Own'), 'Arn'] },
      DeadLetterConfig: { Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Lost'), 'Arn'] } },
      RetryPolicy: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 600 },
    }],
  });
  template().hasResourceProperties('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' })] } });
  expect(statementsOf(template(), 'Own')).toEqual([{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: stack.resolve(pipeline.pipelineArn) }]);
});

test('a path behind other text gives a warning', () => {
  const { stack, pipeline } = triggered(() => []);
  new Rule(stack, 'Rule', { eventPattern, targets: [new PipelineTarget(pipeline, { parameters: { Place: 's3://b/$.detail.key' } })] });
  expect(warningsOf(stack)).toEqual([warning('eventPathAsText', "The parameter 'Place' is sent as the text 's3://b/$.detail.key'")]);
});

test('an imported rule cannot take it', () => {
  const { stack, pipeline } = triggered(() => []);
  const rule = Rule.fromEventRuleArn(stack, 'Rule', 'arn:aws:events:eu-west-1:111122223333:rule/known');
  expect(errorOf(() => new PipelineTarget(pipeline).bind(rule, 'Target0'))).toContain('a PipelineTarget is given to the constructor or to addTarget of an events.Rule of this app');
});

test("CDK's scheduler takes the pipeline, with parameters", () => {
  const { stack, pipeline, template } = triggered(() => []);
  const target = new SageMakerStartPipelineExecution(pipeline, { pipelineParameterList: [{ name: 'Place', value: 'x' }] });
  new Schedule(stack, 'Schedule', { schedule: ScheduleExpression.rate(Duration.days(1)), target });
  template().hasResourceProperties('AWS::Scheduler::Schedule', {
    Target: { Arn: stack.resolve(pipeline.pipelineArn), SageMakerPipelineParameters: { PipelineParameterList: [{ Name: 'Place', Value: 'x' }] } },
  });
});
