import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { capturing, Kind, monitored } from './fixture';
import {
  ArtifactPrefix, BiasStage, ModelMonitorOptions, MonitorAlarm, MonitorKind, MonitorMetric, MonitorSchedule, ProblemType, SageMakerImage,
} from '../../../src';
import { dependencyCycle, errorOf, expectCompliant, stackFixture } from '../../helper';

const BIAS = { stage: BiasStage.POST_TRAINING, label: 'approved', labelValue: '1', facet: 'gender', facetValue: 'f' };
const ENDPOINT = { 'Fn::GetAtt': ['EndpointRealTimeD05C090E', 'EndpointName'] };
const SCHEDULE = 'stack-endpoint-drift-271afd2f';

function drifting(alarms: MonitorAlarm[], options: Partial<ModelMonitorOptions> = {}) {
  const fixture = capturing();
  const { baseline, endpoint } = fixture;
  const kind = MonitorKind.dataQuality({ constraints: baseline.file('constraints.json'), statistics: baseline.file('statistics.json') });
  const monitor = endpoint.addMonitor('Drift', { kind, alarms, ...options });
  const alarm = () => Object.entries(fixture.template().findResources('AWS::CloudWatch::Alarm')).find(([id]) => id.startsWith('EndpointDrift'))![1].Properties;
  return { ...fixture, monitor, alarm };
}

test('a monitor sounds an alarm on what it publishes, and tells a topic', () => {
  const { stack } = stackFixture();
  const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:drift');
  const fixture = drifting([MonitorMetric.featureDrift('age').above(0.2)], { alarmTopic: topic });
  expect(fixture.alarm()).toEqual({
    AlarmDescription: { 'Fn::Join': ['', [`The monitor ${SCHEDULE} of the endpoint `, ENDPOINT, ' finds feature_baseline_drift_age above 0.2']] },
    Namespace: 'aws/sagemaker/Endpoints/data-metrics',
    MetricName: 'feature_baseline_drift_age',
    Dimensions: [{ Name: 'Endpoint', Value: ENDPOINT }, { Name: 'MonitoringSchedule', Value: SCHEDULE }],
    Statistic: 'Maximum',
    Period: 86_400,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0.2,
    TreatMissingData: 'notBreaching',
    AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:drift'],
  });
  expect(fixture.monitor.alarms.map(a => fixture.stack.resolve(a.alarmRef.alarmName))).toEqual([{ Ref: expect.stringMatching(/^EndpointDriftAbovefeaturebaselinedriftage/) }]);
  expect(dependencyCycle(expectCompliant(fixture.stack).toJSON())).toBeUndefined();
});

test('a topic of the app may be told', () => {
  const fixture = capturing();
  const alarmTopic = new Topic(fixture.stack, 'Topic');
  fixture.endpoint.addMonitor('Drift', { kind: fixture.kinds.DataQuality, alarms: [MonitorMetric.featureCompleteness('age').below(0.9)], alarmTopic });
  const [alarm] = Object.values(fixture.template().findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'feature_non_null_age' } }));
  expect(alarm.Properties).toMatchObject({ AlarmActions: [{ Ref: expect.stringMatching(/^Topic/) }], Statistic: 'Minimum', ComparisonOperator: 'LessThanThreshold' });
});

test.each<[string, MonitorSchedule, number]>([
  ['an hour', MonitorSchedule.hourly(), 3600],
  ['five hours', MonitorSchedule.everyHours(5), 18_000],
  ['a day', MonitorSchedule.daily(), 86_400],
  ['once', MonitorSchedule.once(Duration.hours(1), Duration.hours(0)), 86_400],
])('an alarm looks back over the last runs: every %s', (_, schedule, period) => {
  const { alarm } = drifting([MonitorMetric.featureDrift('age').above(0)], { schedule });
  expect(alarm()).toMatchObject({ Period: period, Threshold: 0 });
  expect(period * alarm().EvaluationPeriods).toBeLessThanOrEqual(604_800);
});

test.each<[Kind, MonitorMetric, string, string, object]>([
  ['DataQuality', MonitorMetric.featureCompleteness('age'), 'data-metrics', 'feature_non_null_age', {}],
  ['ModelQuality', MonitorMetric.quality('rmse'), 'model-metrics', 'rmse', {}],
  ['ModelBias', MonitorMetric.bias('DPPL', BIAS), 'bias-metrics', 'bias_metric_DPPL', {
    BiasStage: 'Post-Training', Label: 'approved', LabelValue: '1', Facet: 'gender', FacetValue: 'f',
  }],
  ['ModelExplainability', MonitorMetric.attribution('age'), 'explainability-metrics', 'feature_age', {
    ExplainabilityMethod: 'KernelShap', Label: 'label0', ValueType: 'GlobalShapValues',
  }],
])('a metric of %s stands where AWS says', (kind, metric, namespace, metricName, more) => {
  const { stack, monitor } = monitored(kind, { alarms: [metric.above(1), metric.below(0)] });
  const made = monitor.metric(metric, { statistic: 'Maximum' });
  expect(stack.resolve([made.namespace, made.metricName, made.statistic, made.dimensions])).toEqual([
    `aws/sagemaker/Endpoints/${namespace}`, metricName, 'Maximum', { Endpoint: ENDPOINT, MonitoringSchedule: SCHEDULE, ...more },
  ]);
  expectCompliant(stack);
});

test('one metric of bias may have an alarm for each facet, whatever its value is called', () => {
  const facets = ['f', 'm/d'].map(facetValue => MonitorMetric.bias('DPPL', { ...BIAS, facetValue }).above(0.1));
  expect(monitored('ModelBias', { alarms: facets }).monitor.alarms).toHaveLength(2);
});

test.each<[string, Kind, MonitorAlarm[], string]>([
  ['a metric of another kind', 'ModelQuality', [MonitorMetric.featureCompleteness('age').above(1)], 'alarms[0] is a metric of DataQuality, and the monitor is one of ModelQuality'],
  ['drift without a baseline', 'DataQuality', [MonitorMetric.featureDrift('age').above(1)], 'alarms[0] needs constraints and statistics to compare with'],
  ['a measure of other models', 'ModelQuality', [MonitorMetric.quality('f1').below(1)], "alarms[0] must be one of mae, mse, rmse, r2, got 'f1'"],
  ['the same alarm twice', 'ModelQuality', [MonitorMetric.quality('mae').above(1), MonitorMetric.quality('mae').above(2)], 'alarms must be unique, used twice: Above-mae'],
  ['a name that is none', 'DataQuality', [MonitorMetric.featureCompleteness('x'.repeat(250)).above(1)], 'alarms[0] must have a name of 1 to 255 characters of ASCII'],
  ['a feature known at deployment', 'DataQuality', [MonitorMetric.featureCompleteness(new CfnParameter(new Stack(), 'X').valueAsString).above(1)], 'alarms[0] must be known at synth, got a token'],
])('%s is an error', (_, kind, alarms, problem) => {
  expect(errorOf(() => monitored(kind, { alarms }))).toContain(`has 1 problem:\n  - ${problem}`);
});

test('metrics that are not published sound no alarm, which is an error', () => {
  const environment = { publish_cloudwatch_metrics: 'Disabled' };
  expect(errorOf(() => drifting([MonitorMetric.featureDrift('age').above(1)], { environment })))
    .toContain("has 1 problem:\n  - alarms need environment.publish_cloudwatch_metrics to be 'Enabled', got 'Disabled'");
  expect(monitored('DataQuality', { environment }).definition('DataQuality').Properties.DataQualityAppSpecification.Environment).toEqual(environment);
});

test.each<[ProblemType, string]>([
  [ProblemType.REGRESSION, 'r2'], [ProblemType.BINARY_CLASSIFICATION, 'auc'], [ProblemType.BINARY_CLASSIFICATION, 'f1_best_constant_classifier'],
  [ProblemType.MULTICLASS_CLASSIFICATION, 'weighted_f1'],
])('%s has a measure %s', (problemType, name) => {
  const { artifacts, endpoint } = capturing();
  const kind = MonitorKind.modelQuality({ problemType, groundTruth: artifacts.at(ArtifactPrefix.of('labels/')) });
  expect(endpoint.addMonitor('Drift', { kind, alarms: [MonitorMetric.quality(name).below(0.5)] }).alarms).toHaveLength(1);
});

test('an image of your own may publish what it likes', () => {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/monitor:1');
  expect(monitored('ModelQuality', { image, alarms: [MonitorMetric.quality('profit').below(0)] }).monitor.alarms).toHaveLength(1);
});

test('an encrypted topic is told: its key lets CloudWatch use it', () => {
  const fixture = capturing();
  const alarmTopic = new Topic(fixture.stack, 'Topic', { masterKey: new Key(fixture.stack, 'TopicKey') });
  fixture.endpoint.addMonitor('Drift', { kind: fixture.kinds.DataQuality, alarms: [MonitorMetric.featureCompleteness('age').below(0.9)], alarmTopic });
  const keys = Object.entries(expectCompliant(fixture.stack).findResources('AWS::KMS::Key')).filter(([id]) => id.startsWith('TopicKey'));
  expect(keys[0][1].Properties.KeyPolicy.Statement).toContainEqual(expect.objectContaining({
    Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  }));
});

test('the limit of an alarm may be known at deployment only', () => {
  const fixture = capturing();
  const limit = new CfnParameter(fixture.stack, 'Limit', { type: 'Number' }).valueAsNumber;
  fixture.endpoint.addMonitor('Drift', { kind: fixture.kinds.DataQuality, alarms: [MonitorMetric.featureCompleteness('age').below(limit)] });
  const [alarm] = Object.values(fixture.template().findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'feature_non_null_age' } }));
  expect(alarm.Properties.AlarmDescription['Fn::Join'][1].slice(-2)).toEqual([' finds feature_non_null_age below ', { Ref: 'Limit' }]);
});
