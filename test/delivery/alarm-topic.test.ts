import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Alias, Key } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, ITopicRef, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { letAlarmsPublish } from '../../src/delivery/alarm-topic';
import { onlyResource, stackFixture, warningsOf } from '../helper';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const OF_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
const CLOUDWATCH = { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Condition: OF_ACCOUNT };
const MAY_ENCRYPT = { ...CLOUDWATCH, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' };
const mayPublish = () => ({ ...CLOUDWATCH, Action: 'sns:Publish', Resource: { Ref: expect.stringMatching(/^Topic/) } });

/** A topic that two sets of alarms tell. */
function told<T extends ITopicRef>(topicOf: (scope: Construct) => T) {
  const fixture = stackFixture({ stack: { env: ENV } });
  const topic = topicOf(fixture.stack);
  letAlarmsPublish(new Construct(fixture.stack, 'Some'), topic);
  letAlarmsPublish(new Construct(fixture.stack, 'More'), topic);
  const statements = (type: string, document: string): any[] => onlyResource(fixture.template(), type).Properties[document].Statement
    .filter((s: any) => s.Principal.Service === 'cloudwatch.amazonaws.com').map(({ Sid, ...rest }: any) => rest);
  return { ...fixture, topic, ofKey: () => statements('AWS::KMS::Key', 'KeyPolicy'), ofTopic: () => statements('AWS::SNS::TopicPolicy', 'PolicyDocument') };
}

const encrypted = (keyOf: (scope: Construct) => IKey) => (scope: Construct) => new Topic(scope, 'Topic', { masterKey: keyOf(scope) });

test.each<[string, (scope: Construct) => IKey]>([
  ['key', scope => new Key(scope, 'Key')],
  ['alias of a key', scope => new Key(scope, 'Key').addAlias('topic')],
])('CloudWatch may use the %s of an encrypted topic, said once', (_, keyOf) => {
  const { stack, ofKey, template } = told(encrypted(keyOf));
  expect(ofKey()).toEqual([MAY_ENCRYPT]);
  template().resourceCountIs('AWS::SNS::TopicPolicy', 0); // what SNS allows by default stays
  expect(warningsOf(stack)).toEqual([]);
});

test.each<[string, (topic: Topic) => void]>([
  ['before', () => {}],
  ['after the alarms', topic => topic.addToResourcePolicy(new PolicyStatement({ principals: [new ServicePrincipal('s3.amazonaws.com')], actions: ['sns:Publish'], resources: [topic.topicArn] }))],
])('a policy, which replaces what SNS allows by default, lets CloudWatch publish: made %s', (when, change) => {
  const { topic, ofTopic } = told(scope => new Topic(scope, 'Topic', { enforceSSL: when === 'before' }));
  change(topic);
  expect(ofTopic()).toEqual([mayPublish()]);
});

test('a topic without key and policy stays as it is', () => {
  const { stack, template } = told(scope => new Topic(scope, 'Topic'));
  expect(Object.keys(template().toJSON().Resources)).toHaveLength(1);
  expect(warningsOf(stack)).toEqual([]);
});

test('a key and a topic of another stack wait for no alarm', () => {
  const app = new App();
  const shared = new Stack(app, 'Shared', { env: ENV });
  const topic = new Topic(shared, 'Topic', { masterKey: new Key(shared, 'Key'), enforceSSL: true });
  const alarms = new Stack(app, 'Alarms', { env: ENV });
  letAlarmsPublish(alarms, topic);
  expect(onlyResource(Template.fromStack(shared), 'AWS::KMS::Key').Properties.KeyPolicy.Statement).toContainEqual(MAY_ENCRYPT);
  expect(shared.dependencies).toEqual([]);
});

const imported = (scope: Construct) => Key.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/abc');
const arn = (account = '111122223333') => `arn:aws:sns:eu-west-1:${account}:operators`;
const UNKNOWN_KEY = expect.stringMatching(/'Stack\/Topic'.*cloudwatch\.amazonaws\.com use kms:Decrypt and kms:GenerateDataKey\*.*cdk-ml-patterns:topicKeyUnknown/);

test.each<[string, (scope: Construct) => ITopicRef, unknown[]]>([
  ['a key that is imported', encrypted(imported), [UNKNOWN_KEY]],
  ['an alias that is imported', encrypted(scope => Alias.fromAliasName(scope, 'Key', 'alias/aws/sns')), [UNKNOWN_KEY]],
  ['a topic that is imported with its key', scope => Topic.fromTopicAttributes(scope, 'Topic', { topicArn: arn(), keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/abc' }), [UNKNOWN_KEY]],
  ['an L1 topic with a key', scope => new CfnTopic(scope, 'Topic', { kmsMasterKeyId: 'alias/aws/sns' }), [UNKNOWN_KEY]],
  ['an L1 topic without a key', scope => new CfnTopic(scope, 'Topic'), []],
  ['a topic that is imported', scope => Topic.fromTopicArn(scope, 'Topic', arn()), []],
  ['a topic of another account', scope => Topic.fromTopicArn(scope, 'Topic', arn('999999999999')),
    [expect.stringMatching(/must let cloudwatch\.amazonaws\.com publish.*cdk-ml-patterns:topicOfOtherAccount/)]],
])('%s', (_, topicOf, warnings) => {
  const { stack, template } = told(topicOf);
  template();
  expect(warningsOf(stack)).toEqual([...warnings, ...warnings]); // of each set of alarms
});
