import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm, AlarmRule, AlarmState, CfnAlarm, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ArtifactPrefix, Hosting, InferenceEndpoint, InferenceEndpointProps, InferenceModel, ModelArtifactBucket, Rollout, SageMakerImage,
} from '../../../src';
import { dependencyCycle, errorOf, expectCompliant, onlyResource, openFindings, stackFixture, statementFor, statementsOf, warningsOf } from '../../helper';

const MODEL = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2') });

function endpointFixture(props: Partial<InferenceEndpointProps> = {}) {
  const fixture = stackFixture();
  const endpoint = new InferenceEndpoint(fixture.stack, 'Endpoint', { ...props, ...props.hosting ? {} : { model: MODEL } });
  return { ...fixture, endpoint };
}

const watched = (template: Template) => onlyResource(template, 'AWS::SageMaker::Endpoint').Properties.DeploymentConfig.AutoRollbackConfiguration;
const described = (template: Template) => statementFor(statementsOf(template, 'EndpointRole'), 'cloudwatch:DescribeAlarms').Resource;

const plain = (stack: Stack, id: string) => new CfnAlarm(stack, id, { comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1 });

test('alarms of the program roll back beside the standard ones, and the role may describe exactly these', () => {
  const { stack, template } = stackFixture();
  const alarms = [
    plain(stack, 'Own'),
    Alarm.fromAlarmName(stack, 'ByName', 'by-name'),
    Alarm.fromAlarmArn(stack, 'ByArn', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:by-arn'),
  ];
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, rollout: Rollout.allAtOnce({ alarms }) });
  const standard = expect.stringMatching(/^EndpointAllTrafficErrors/);
  expect(watched(template())).toEqual({ Alarms: [{ AlarmName: { Ref: standard } }, { AlarmName: { Ref: 'Own' } }, { AlarmName: 'by-name' }, { AlarmName: 'by-arn' }] });
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':alarm:by-name']] };
  expect(described(template())).toEqual([
    { 'Fn::GetAtt': [standard, 'Arn'] }, { 'Fn::GetAtt': ['Own', 'Arn'] }, arn, 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:by-arn',
  ]);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
  expectCompliant(stack);
});

test('an alarm of another stack rolls back', () => {
  const app = new App();
  const alarm = plain(new Stack(app, 'Alarms'), 'Own');
  const stack = new Stack(app, 'Stack');
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, rollout: Rollout.allAtOnce({ alarms: [alarm], standardAlarms: false }) });
  const template = Template.fromStack(stack);
  expect(watched(template)).toEqual({ Alarms: [{ AlarmName: { 'Fn::ImportValue': expect.stringContaining('Alarms:') } }] });
  expect(described(template)).toEqual({ 'Fn::ImportValue': expect.stringContaining('Alarms:') });
});

test('an alarm on the metrics of the endpoint may be added later, and makes no circle', () => {
  const { stack, endpoint, template } = endpointFixture();
  endpoint.addRollbackAlarm(endpoint.metrics.invocation4xxErrors().createAlarm(stack, 'Refused', { threshold: 100, evaluationPeriods: 1 }));
  expect(watched(template()).Alarms).toEqual([{ AlarmName: { Ref: expect.stringMatching(/^EndpointAllTrafficErrors/) } }, { AlarmName: { Ref: expect.stringMatching(/^Refused/) } }]);
  expect(described(template())).toHaveLength(2);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('an eleventh alarm cannot be added', () => {
  const { stack, endpoint } = endpointFixture();
  for (let i = 0; i < 9; i++) { endpoint.addRollbackAlarm(plain(stack, `A${i}`)); }
  expect(errorOf(() => endpoint.addRollbackAlarm(plain(stack, 'Eleventh'))))
    .toBe("InferenceEndpoint at 'Stack/Endpoint' has 1 problem:\n  - at most 10 alarms can roll an update back, and there are 10");
});

test('without any alarm nothing is said of alarms, and the finding is a warning', () => {
  const { stack, template } = endpointFixture({ rollout: Rollout.allAtOnce({ standardAlarms: false }) });
  expect(watched(template())).toBeUndefined();
  expect(statementsOf(template(), 'EndpointRole').flatMap(s => s.Action)).not.toContain('cloudwatch:DescribeAlarms');
  expect(openFindings(stack).map(f => f.rule)).toEqual(['ML-SM12']);
});

test('of more inference components than alarms can be watched, the others are named', () => {
  const components = Array.from({ length: 11 }, (_, i) => ({ componentName: `c${i}`, model: MODEL, memorySize: Size.gibibytes(1) }));
  const { stack, template } = endpointFixture({ hosting: Hosting.components({ components }) });
  expect(watched(template()).Alarms).toHaveLength(10);
  template().resourceCountIs('AWS::CloudWatch::Alarm', 11);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/these are not among them: c10Errors\..*cdk-ml-patterns:alarmsNotWatched/)]);
});

test('a composite alarm is warned of, and seen by a role that may describe all', () => {
  const { stack, template } = stackFixture();
  const composite = new CompositeAlarm(stack, 'All', { alarmRule: AlarmRule.fromAlarm(plain(stack, 'Own'), AlarmState.ALARM) });
  new InferenceEndpoint(stack, 'Endpoint', { model: MODEL, rollout: Rollout.allAtOnce({ alarms: [composite] }) });
  expect(watched(template()).Alarms[1]).toEqual({ AlarmName: { Ref: expect.stringMatching(/^All/) } });
  expect(described(template())).toBe('*');
  expect(openFindings(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:compositeAlarm')]);
});

test.each<[string, Partial<InferenceEndpointProps>]>([
  ['real-time', { hosting: Hosting.realTime({ model: MODEL, instanceCount: 2, shadow: { model: MODEL } }) }],
  ['serverless', { hosting: Hosting.serverless({ model: MODEL }) }],
  ['components', { hosting: Hosting.components({ components: [{ componentName: 'a', model: MODEL, memorySize: Size.gibibytes(1) }] }) }],
])('alarms and endpoint make no circle: %s', (_, props) => {
  const { template } = endpointFixture({ ...props, rollout: Rollout.allAtOnce({ modelLatency: Duration.seconds(2) }) });
  expect(watched(template()).Alarms.length).toBeGreaterThan(1);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
});

test('alarms and endpoint make no circle: asynchronous', () => {
  const { stack, template } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const topic = new Topic(stack, 'Topic', { enforceSSL: true, masterKey: artifacts.encryptionKey });
  new InferenceEndpoint(stack, 'Endpoint', {
    onFailedUpdate: topic,
    hosting: Hosting.asynchronous({
      model: MODEL,
      input: artifacts.at(ArtifactPrefix.ASYNC_INPUT),
      output: artifacts.at(ArtifactPrefix.ASYNC_OUTPUT),
      onError: topic,
    }),
  });
  expect(watched(template()).Alarms).toEqual([
    { AlarmName: { Ref: expect.stringMatching(/^EndpointAllTrafficErrors/) } },
    { AlarmName: { Ref: expect.stringMatching(/^EndpointAllTrafficFailures/) } },
  ]);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
  expectCompliant(stack);
});
