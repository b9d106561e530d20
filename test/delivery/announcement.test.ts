import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, ITopicRef, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { announce } from '../../src/delivery/announcement';
import { onlyResource, stackFixture, statementsOf, warningsOf } from '../helper';

function announced(topicOf: (scope: Construct) => ITopicRef) {
  const fixture = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const rule = announce(fixture.stack, 'Notice', { topic: topicOf(fixture.stack), description: 'Something happened', eventPattern: { source: ['aws.sagemaker'] } });
  return { ...fixture, rule, statements: () => statementsOf(fixture.template(), 'NoticeRole') };
}

const imported = (account = '111122223333') => (scope: Construct) => Topic.fromTopicArn(scope, 'Topic', `arn:aws:sns:eu-west-1:${account}:operators`);

test('events go to the topic as they are, by a role that may do nothing else', () => {
  const { stack, rule, template, statements } = announced(imported());
  const role = { 'Fn::GetAtt': [expect.stringMatching(/^NoticeRole/), 'Arn'] };
  const queue = { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'Arn'] };
  expect(onlyResource(template(), 'AWS::Events::Rule').Properties).toEqual({
    Description: 'Something happened',
    EventPattern: { source: ['aws.sagemaker'] },
    State: undefined,
    Targets: [{
      Id: 'Topic',
      Arn: 'arn:aws:sns:eu-west-1:111122223333:operators',
      RoleArn: role,
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
      DeadLetterConfig: { Arn: queue },
    }],
  });
  expect(statements()).toEqual([{ Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:aws:sns:eu-west-1:111122223333:operators' }]);
  expect(onlyResource(template(), 'AWS::IAM::Role').Properties.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'events.amazonaws.com' });
  expect(onlyResource(template(), 'AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement).toContainEqual({
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queue,
    Condition: { ArnEquals: { 'aws:SourceArn': stack.resolve(rule.attrArn) } },
  });
  expect(warningsOf(stack)).toEqual([]);
});

test('the rule waits until its role may publish', () => {
  const { template } = announced(imported());
  expect(onlyResource(template(), 'AWS::Events::Rule').DependsOn).toEqual([expect.stringMatching(/^NoticeRolePolicy/), expect.stringMatching(/^NoticeRole[0-9A-F]{8}$/)]);
});

test('the key of an encrypted topic may be used, through SNS only', () => {
  const { stack, statements, template } = announced(scope => new Topic(scope, 'Topic', { masterKey: new Key(scope, 'Key') }));
  expect(statements()[1]).toEqual({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.eu-west-1.', { Ref: 'AWS::URLSuffix' }]] } } },
  });
  template();
  expect(warningsOf(stack)).toEqual([]);
});

test('a topic may get a text in place of the event', () => {
  const { stack, template } = stackFixture();
  const message = { text: 'It is <what> at <time>', paths: { what: '$.detail.what', time: '$.time' } };
  announce(stack, 'Notice', { topic: new CfnTopic(stack, 'L1'), description: 'Something', eventPattern: { source: ['aws.s3'] }, message });
  expect(onlyResource(template(), 'AWS::Events::Rule').Properties.Targets[0].InputTransformer).toEqual({
    InputTemplate: '"It is <what> at <time>"', InputPathsMap: { what: '$.detail.what', time: '$.time' },
  });
});

test('two announcements share the queue', () => {
  const { stack, template } = announced(imported());
  announce(stack, 'Other', { topic: new CfnTopic(stack, 'L1'), description: 'Something else', eventPattern: { source: ['aws.s3'] } });
  template().resourceCountIs('AWS::SQS::Queue', 1);
  template().resourceCountIs('AWS::Events::Rule', 2);
});

test.each<[string, (scope: Construct) => ITopicRef, string[]]>([
  ['a topic of another account', imported('999999999999'), [expect.stringContaining('cdk-ml-patterns:topicOfOtherAccount')]],
  ['an L1 topic with a key', scope => new CfnTopic(scope, 'Topic', { kmsMasterKeyId: 'alias/own' }), [expect.stringMatching(/'Stack\/Topic'.*cdk-ml-patterns:topicKeyUnknown/)]],
  ['an L1 topic with the key of SNS', scope => new CfnTopic(scope, 'Topic', { kmsMasterKeyId: 'alias/aws/sns' }), []],
  ['an L1 topic without a key', scope => new CfnTopic(scope, 'Topic'), []],
])('%s', (_, topicOf, warnings) => {
  const { stack, template } = announced(topicOf);
  template();
  expect(warningsOf(stack)).toEqual(warnings);
});
