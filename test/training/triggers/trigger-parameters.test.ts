import { Aws, CfnParameter, Duration } from 'aws-cdk-lib';
import { EventField } from 'aws-cdk-lib/aws-events';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { triggered } from './fixture';
import { PipelineParameter, PipelineTrigger } from '../../../src';
import { errorOf, onlyResource, warning, warningsOf } from '../../helper';

const daily = ScheduleExpression.rate(Duration.days(1));
const onEvent = (parameters: Record<string, string>) => () => [PipelineTrigger.onEvent({ source: ['my.app'] }, { parameters })];
const passed = (template: any, type: string) => {
  const { Properties: { Targets, Target } } = onlyResource(template, type);
  return (Target ?? Targets[0]).SageMakerPipelineParameters.PipelineParameterList.map((p: any) => [p.Name, p.Value]);
};

test('are passed as they are, or read from the event, in the order of their names', () => {
  const { template } = triggered(onEvent({ Size: 'large', Rounds: '7', Place: '$.detail.a-b.c[0].d', Rate: '1e-3', Dry: 'true' }));
  expect(passed(template(), 'AWS::Events::Rule')).toEqual([['Dry', 'true'], ['Place', '$.detail.a-b.c[0].d'], ['Rate', '1e-3'], ['Rounds', '7'], ['Size', 'large']]);
});

test('of a schedule are passed as they are', () => {
  const { template } = triggered(() => [PipelineTrigger.onSchedule(daily, { parameters: { Place: '$9', Rounds: '2' } })]);
  expect(passed(template(), 'AWS::Scheduler::Schedule')).toEqual([['Place', '$9'], ['Rounds', '2']]);
});

test("CDK's own fields of events are paths", () => {
  const { template } = triggered(onEvent({ Place: EventField.fromPath('$.detail.place') }));
  expect(passed(template(), 'AWS::Events::Rule')).toEqual([['Place', '$.detail.place']]);
});

test('tokens pass', () => {
  const { template } = triggered(s => onEvent({ Place: new CfnParameter(s, 'P').valueAsString, Rounds: new CfnParameter(s, 'R').valueAsString })());
  expect(passed(template(), 'AWS::Events::Rule')).toEqual([['Place', { Ref: 'P' }], ['Rounds', { Ref: 'R' }]]);
});

const has = 'is no parameter of the pipeline; it has: Place, Rounds, Rate, Dry, Size';

test.each<[Record<string, string>, string]>([
  [{ Plaec: 'x' }, `triggers[0].parameters.Plaec ${has}`],
  [{ Place: 'x'.repeat(1025) }, 'triggers[0].parameters.Place must be at most 1024 characters'],
  [{ Place: 's3://$.detail' }, ''],
  [{ Place: '$9 and up' }, ''],
  [{ Rounds: '$9' }, "triggers[0].parameters.Rounds must be a whole number, got '$9'"],
  [{ Place: '$' }, "triggers[0].parameters.Place is neither a text nor a path into the event, which begins with '$.', got '$'"],
  [{ Place: "$['detail']" }, "triggers[0].parameters.Place is neither a text nor a path into the event, which begins with '$.', got '$['detail']'"],
  [{ Place: '$.detail.*' }, "triggers[0].parameters.Place must be one path into the event, for example '$.detail.object.key': EventBridge joins nothing to it, got '$.detail.*'"],
  [{ Place: '$.detail.a/$.detail.b' }, 'triggers[0].parameters.Place must be one path into the event'],
  [{ Rounds: '1.5' }, "triggers[0].parameters.Rounds must be a whole number, got '1.5'"],
  [{ Rounds: '1.' }, "triggers[0].parameters.Rounds must be a whole number, got '1.'"],
  [{ Rounds: '2147483648' }, 'triggers[0].parameters.Rounds must be a whole number between -2147483648 and 2147483647, got 2147483648'],
  [{ Rounds: '+1', Rate: '+1' }, ''],
  [{ Rate: '.5' }, ''],
  [{ Rate: '-1.' }, ''],
  [{ Rate: '.' }, "triggers[0].parameters.Rate must be a number, got '.'"],
  [{ Rate: '1e' }, "triggers[0].parameters.Rate must be a number, got '1e'"],
  [{ Rate: '--1' }, "triggers[0].parameters.Rate must be a number, got '--1'"],
  [{ Rate: 'fast' }, "triggers[0].parameters.Rate must be a number, got 'fast'"],
  [{ Dry: 'yes' }, "triggers[0].parameters.Dry must be true or false, got 'yes'"],
  [{ Size: 'huge' }, "triggers[0].parameters.Size must be one of small, large, got 'huge'"],
  [{ Place: '-1.8881545897087626E289' }, 'triggers[0].parameters.Place holds a number token'],
])('%j: %s', (parameters, problem) => {
  const run = () => triggered(onEvent(parameters));
  if (problem === '') { expect(run).not.toThrow(); } else { expect(errorOf(run)).toContain(`has 1 problem:\n  - ${problem}`); }
});

test.each<[string, string | undefined]>([
  ['s3://b/$.detail.object.key', 's3://b/$.detail.object.key'],
  [`s3://b/${EventField.fromPath('$.detail.object.key')}`, 's3://b/$.detail.object.key'],
  [`${Aws.REGION}/$.detail.a`, '{known at deployment}/$.detail.a'],
  ['detail.object.key', 'detail.object.key'],
  ['$.detail.object.key', undefined],
  ['s3://$.detail', undefined],
  ['detail', undefined],
  ['some detail.', undefined],
  [EventField.fromPath('$.detail.a'), undefined],
])('a path that is none of the whole value gives a warning: %s', (Place, text) => {
  const { stack } = triggered(onEvent({ Place }));
  const warnings = [warning('eventPathAsText', `The parameter 'Place' is sent as the text '${text}': EventBridge reads a path into the event only where the whole value is one`)];
  expect(warningsOf(stack)).toEqual(text === undefined ? [] : warnings);
});

test('a parameter without a default must be given by everything that starts the pipeline', () => {
  const more = [PipelineParameter.text('Day')];
  expect(errorOf(() => triggered(() => [PipelineTrigger.onSchedule(daily)], {}, more))).toContain("triggers[0].parameters must give 'Day', which has no default");
  expect(() => triggered(onEvent({ Day: '$.time' }), {}, more)).not.toThrow();
});

test('tell triggers apart that are the same otherwise', () => {
  const twice = (a: string, b: string) => () => [a, b].map(Place => PipelineTrigger.onSchedule(daily, { parameters: { Place } }));
  triggered(twice('a', 'b')).template().resourceCountIs('AWS::Scheduler::Schedule', 2);
  expect(errorOf(() => triggered(twice('a', 'a')))).toContain('triggers[1] must differ from triggers[0]');
});
