import { conditionText, StepRead, stepReads, valueText } from './variable';
import { allSteps, StepBranch } from '../../compliance/step-branches';
import { isObject, JsonObject, listOf, objectOf } from '../json';

/** A step that another waits for. */
export interface StepWait {
  readonly step: string;
  /** How it must have ended, in words; empty where it must have succeeded. */
  readonly ended: string;
}

/** One step, with what the drawing and the table say of it. */
export interface PipelineStep {
  readonly name: string;
  readonly type: string;
  /** What it runs on, what it asks, or what it says. */
  readonly detail: string;
  readonly reads: StepRead[];
  /** Steps after which it runs without reading anything of them. */
  readonly after: StepWait[];
  /** The branch of another step in which it stands. */
  readonly branch?: { readonly of: string; readonly key: StepBranch };
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
  ForEach: 'loop',
};

const ENDED: Record<string, string> = { Failed: 'if it fails', Stopped: 'if it is stopped', Any: 'however it ends' };

export function stepWords(type: string): string {
  return WORDS[type] ?? type;
}

/** All steps, those of branches and loops after the step that holds them. */
export function stepsOf(definition: JsonObject): PipelineStep[] {
  const defaults = new Map(parametersOf(definition).map(p => [p.name, p.value]));
  return allSteps(definition).map(({ step, within }) => ({
    name: String(step.Name),
    type: String(step.Type),
    detail: detailOf(String(step.Type), objectOf(step.Arguments), defaults),
    reads: stepReads(step),
    after: listOf(step.DependsOn).map(waitOf),
    branch: within === undefined ? undefined : { of: String(within.step.Name), key: within.branch },
  }));
}

export function parametersOf(definition: JsonObject): PipelineParameterRow[] {
  return listOf(definition.Parameters).filter(isObject).map(p => ({
    name: String(p.Name),
    type: String(p.Type),
    value: p.DefaultValue === undefined ? '' : valueText(p.DefaultValue),
    allowed: listOf(p.EnumValues).map(String).join(', '),
  }));
}

/** A name, or an object with the end that is waited for. */
function waitOf(value: unknown): StepWait {
  const { Step, Trigger } = objectOf(value);
  return Step === undefined ? { step: valueText(value), ended: '' } : { step: String(Step), ended: ENDED[String(Trigger)] ?? '' };
}

function detailOf(type: string, args: JsonObject, defaults: Map<string, string>): string {
  if (type === 'Condition') { return listOf(args.Conditions).map(conditionText).join(' and '); }
  if (type === 'Fail') { return valueText(args.ErrorMessage); }
  if (type === 'ForEach') { return `each of ${valueText(args.IterableItems)}, ${valueText(args.MaxConcurrency)} at a time`; }
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
