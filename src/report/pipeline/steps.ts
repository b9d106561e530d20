import { conditionText, StepRead, stepReads, valueText } from './variable';
import { isObject, JsonObject, listOf, objectOf } from '../json';

/** One step, with what the drawing and the table say of it. */
export interface PipelineStep {
  readonly name: string;
  readonly type: string;
  /** What it runs on, what it asks, or what it says. */
  readonly detail: string;
  readonly reads: StepRead[];
  /** Steps after which it runs without reading anything of them. */
  readonly after: string[];
  /** The branch it stands in. */
  readonly branch?: { readonly condition: string; readonly when: 'if' | 'else' };
}

export interface PipelineParameterRow {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly allowed: string;
}

const WORDS: Record<string, string> = {
  Processing: 'processing',
  Training: 'training',
  Tuning: 'tuning',
  Transform: 'batch transform',
  Model: 'creates a model',
  RegisterModel: 'registers a model',
  Condition: 'condition',
  Fail: 'stops the pipeline as failed',
  Lambda: 'Lambda function',
  Callback: 'waits for an answer',
  QualityCheck: 'quality check',
  ClarifyCheck: 'bias check',
  AutoML: 'AutoML',
  EMR: 'EMR',
};

export function stepWords(type: string): string {
  return WORDS[type] ?? type;
}

/** All steps, those of branches after their condition. */
export function stepsOf(definition: JsonObject): PipelineStep[] {
  const defaults = new Map(parametersOf(definition).map(p => [p.name, p.value]));
  return flatten(definition.Steps, defaults);
}

export function parametersOf(definition: JsonObject): PipelineParameterRow[] {
  return listOf(definition.Parameters).filter(isObject).map(p => ({
    name: String(p.Name),
    type: String(p.Type),
    value: p.DefaultValue === undefined ? '' : valueText(p.DefaultValue),
    allowed: listOf(p.EnumValues).map(String).join(', '),
  }));
}

function flatten(steps: unknown, defaults: Map<string, string>, branch?: PipelineStep['branch']): PipelineStep[] {
  return listOf(steps).filter(isObject).flatMap(s => {
    const name = String(s.Name);
    const args = objectOf(s.Arguments);
    const step: PipelineStep = {
      name,
      type: String(s.Type),
      detail: detailOf(String(s.Type), args, defaults),
      reads: stepReads(s),
      after: listOf(s.DependsOn).map(valueText),
      branch,
    };
    return [
      step,
      ...flatten(args.IfSteps, defaults, { condition: name, when: 'if' }),
      ...flatten(args.ElseSteps, defaults, { condition: name, when: 'else' }),
    ];
  });
}

function detailOf(type: string, args: JsonObject, defaults: Map<string, string>): string {
  if (type === 'Condition') { return listOf(args.Conditions).map(conditionText).join(' and '); }
  if (type === 'Fail') { return valueText(args.ErrorMessage); }
  const cluster = findKey(args, 'InstanceType');
  const value = (v: unknown) => defaults.get(valueText(v)) ?? valueText(v);
  if (cluster === undefined) { return ''; }
  return cluster.InstanceCount === undefined ? value(cluster.InstanceType) : `${value(cluster.InstanceCount)} × ${value(cluster.InstanceType)}`;
}

/** The first object below `value` that has the key: every kind of job keeps its instances elsewhere. */
function findKey(value: unknown, key: string): JsonObject | undefined {
  if (!isObject(value)) { return undefined; }
  if (key in value) { return value; }
  return Object.values(value).map(v => findKey(v, key)).find(v => v !== undefined);
}
