import { Token, Validations } from 'aws-cdk-lib';
import { EventField } from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';
import { PlannedPipeline } from './trigger-kind';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';
import { inWords } from '../definition/literal';
import { MAX_INTEGER, MIN_INTEGER, PipelineParameter } from '../definition/pipeline-parameter';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Parameter.html */
const MAX_VALUE = 1024;

/** One place of an event, as EventBridge reads it for a target. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
const JSON_PATH = /^\$(\.[A-Za-z0-9_-]+(\[\d+\])?)+$/;

/** A path where EventBridge sees none: behind other text, or without its beginning. */
const PATH_AS_TEXT = /.\$\.detail\.|^detail(\.[\w-]+)+$/s;

/** What the texts of each type look like. */
const TYPES: Record<string, [RegExp, string]> = {
  Integer: [/^[-+]?\d+$/, 'be a whole number'],
  Float: [/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/, 'be a number'],
  Boolean: [/^(true|false)$/i, 'be true or false'],
};

/** Name and value, as texts. */
export type PassedParameters = { [name: string]: string } | undefined;

/** Whether an event is there to read values from. */
type Source = 'event' | 'clock';

/** Each is a parameter of the pipeline and fits it, and none is missing that has no default; those `beside` them are judged elsewhere. */
export function checkPassed(
  name: string, passed: PassedParameters, { parameters }: PlannedPipeline, source: Source, problems: Problems, beside: PassedParameters = {},
): void {
  const names = parameters.map(p => p.parameterName);
  const given = Object.entries(sorted(passed) ?? {});
  for (const [key, value] of given) {
    const place = `${name}.parameters.${key}`;
    problems.check(names.includes(key), `${place} is no parameter of the pipeline; it has: ${names.length > 0 ? names.join(', ') : 'none'}`);
    problems.pattern(place, value, new RegExp(`^[\\s\\S]{0,${MAX_VALUE}}$`), `be at most ${MAX_VALUE} characters`);
    if (source === 'event') { problems.check(!isUnclear(value), `${place} is neither a text nor a path into the event, which begins with '$.', got '${value}'`); }
    if (source === 'event' && isPath(value)) {
      problems.pattern(place, value, JSON_PATH, "be one path into the event, for example '$.detail.object.key': EventBridge joins nothing to it");
      continue;
    }
    parameters.filter(p => p.parameterName === key).forEach(p => checkFits(place, value, p, problems));
  }
  for (const parameter of parameters.filter(p => p._defaultValue === undefined && !(p.parameterName in { ...passed, ...beside }))) {
    problems.check(false, `${name}.parameters must give '${parameter.parameterName}', which has no default`);
  }
}

/** Says which texts are sent as they are, though they hold a path into the event; one that begins as a path is judged above. */
export function warnOfPassed(scope: IConstruct, passed: PassedParameters): void {
  for (const [key, value] of Object.entries(passed ?? {})) {
    const text = inWords(value, token => token instanceof EventField ? token.path : '{known at deployment}');
    if (isPath(text) || !PATH_AS_TEXT.test(text)) { continue; }
    Validations.of(scope).addWarning('cdk-ml-patterns:eventPathAsText',
      `The parameter '${key}' is sent as the text '${text}': EventBridge reads a path into the event only where the whole value is one, for example '$.detail.object.key'.`);
  }
}

/** As a target takes them, in the order of their names; an empty list starts with the pipeline's defaults, while leaving it out is an error of the service. */
export function renderPassed(passed: PassedParameters): { pipelineParameterList: { name: string; value: string }[] } {
  return { pipelineParameterList: Object.entries(sorted(passed) ?? {}).map(([name, value]) => ({ name, value })) };
}

/** Those that are the same for each event. */
export function withoutPaths(passed: PassedParameters): PassedParameters {
  return passed && Object.fromEntries(Object.entries(passed).filter(([, value]) => !isPath(value)));
}

/** What tells triggers apart that differ in what they pass only; nothing without parameters, so that ids stay. */
export function saidOf(passed: PassedParameters): string[] {
  return passed === undefined ? [] : [JSON.stringify(sorted(passed))];
}

function checkFits(place: string, value: string, parameter: PipelineParameter, problems: Problems): void {
  const { Type, EnumValues } = parameter._render() as { Type: string; EnumValues?: string[] };
  if (TYPES[Type] !== undefined) { problems.pattern(place, value, ...TYPES[Type]); }
  if (Type === 'Integer' && TYPES.Integer[0].test(value)) { problems.integer(place, Number(value), MIN_INTEGER, MAX_INTEGER); }
  if (EnumValues !== undefined) { problems.oneOf(place, value, EnumValues); }
}

function isPath(value: string): boolean {
  return !Token.isUnresolved(value) && value.startsWith('$.');
}

/** JSONPath too, but none that EventBridge's page knows; nothing tells what it would pass. */
function isUnclear(value: string): boolean {
  return value === '$' || value.startsWith('$[');
}
