import { CfnParameter, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { PipelineGuardRails } from './pipeline-guard-rails';
import { Allowed, Rail, railsOf } from './rails';
import { literalText } from '../definition/literal';
import { PipelineParameter } from '../definition/pipeline-parameter';
import { textParts } from '../definition/render';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';

/** What the service does for each type of step. */
const ACTIONS: Record<string, string> = {
  Processing: 'ProcessingJob',
  QualityCheck: 'ProcessingJob',
  ClarifyCheck: 'ProcessingJob',
  Training: 'TrainingJob',
  Tuning: 'HyperParameterTuningJob',
  Transform: 'TransformJob',
  AutoML: 'AutoMLJob',
  Model: 'Model',
  RegisterModel: 'ModelPackage',
  EndpointConfig: 'EndpointConfig',
};

/** Steps that break a rail as they are written, each in a sentence; what is only known later is left to IAM. */
export function brokenRails(steps: PipelineStep[], context: StepContext, rails: PipelineGuardRails | undefined): string[] {
  if (rails === undefined) { return []; }
  const up = railsOf(rails);
  return steps.flatMap(step => {
    const { Arguments: said } = step._renderAlone(context) as { Arguments: object };
    return [{ kind: ACTIONS[step._type], said }, ...step._madeByJob()].flatMap(made => {
      const found = entries(made.said, '');
      return up.filter(r => r.actions.includes(`sagemaker:Create${made.kind}`)).flatMap(rail => broken(step.stepName, rail, found));
    });
  });
}

function broken(stepName: string, rail: Rail, said: [string, unknown][]): string[] {
  const found = said.filter(([path]) => rail.paths.test(path));
  const asks = `guardRails.${rail.name} ${rule(rail.allowed)}`;
  if (found.length === 0) { return rail.required ? [`step '${stepName}' says nothing of what ${asks}`] : []; }
  const values = found.flatMap(([path, value]) => [{ path, value, by: '' }, ...rail.name === 'requireManualApproval' ? [] : alsoAllowed(value).map(also => ({ path, ...also }))]);
  return values.filter(({ value }) => breaks(value, rail.allowed)).map(({ path, value, by }) => `step '${stepName}' has ${path} ${shown(value)}${by}, and ${asks}`);
}

function rule(allowed: Allowed): string {
  if ('texts' in allowed) { return `asks to be one of ${allowed.texts.map(shown).join(', ')}`; }
  return 'most' in allowed ? `asks to be at most ${allowed.most}` : `asks to be ${allowed.flag}`;
}

function shown(value: unknown): string {
  const text = literal(value);
  return Token.isUnresolved(text) ? targetOf(String(text))?.node.path ?? 'a value that is not known yet' : String(text);
}

function breaks(value: unknown, allowed: Allowed): boolean {
  const known = literal(value);
  if ('texts' in allowed) { return typeof known === 'string' && allowed.texts.every(a => differ(a, known)); }
  if (Token.isUnresolved(known)) { return false; }
  return 'most' in allowed ? typeof known === 'number' && known > allowed.most : typeof known === 'boolean' && known !== allowed.flag;
}

/** A parameter stands for its default, which executions may change only within the rails. */
function literal(value: unknown): unknown {
  if (typeof value === 'number') {
    const token = Tokenization.reverseNumber(value);
    return token instanceof PipelineParameter ? token._defaultValue ?? value : value;
  }
  return typeof value === 'string' ? literalText(value) ?? value : value;
}

/** What the parameter that a text is allows beside its default; that of the approval status always has all of them, and IAM refuses the approved one. */
function alsoAllowed(value: unknown): { value: string; by: string }[] {
  const [part, ...others] = typeof value === 'string' && Token.isUnresolved(value) ? textParts(value) : [];
  if (!(part instanceof PipelineParameter) || others.length > 0) { return []; }
  return (part._allowedValues ?? []).filter(v => v !== part._defaultValue).map(v => ({ value: v, by: ` (allowed by the parameter '${part.parameterName}')` }));
}

/** Certainly not the same; a pattern matches as IAM does. */
function differ(pattern: string, value: string): boolean {
  if (!Token.isUnresolved(pattern) && !Token.isUnresolved(value)) {
    const text = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
    return !new RegExp(`^${text}$`).test(value);
  }
  const [one, other] = [targetOf(pattern), targetOf(value)];
  return pattern !== value && one !== undefined && other !== undefined && one !== other;
}

/** What a reference points to, if the app makes it; a parameter of CloudFormation may be anything. */
function targetOf(text: string) {
  const token = Tokenization.reverseString(text).firstToken;
  return Reference.isReference(token) && !(token.target instanceof CfnParameter) ? token.target : undefined;
}

/** Everything that is said, with its path; entries of lists have the path of the list. */
function entries(value: unknown, path: string): [string, unknown][] {
  if (Array.isArray(value)) { return value.flatMap(v => entries(v, path)); }
  if (value === null || value === undefined) { return []; }
  if (typeof value !== 'object' || Tokenization.isResolvable(value)) { return [[path, value]]; }
  return Object.entries(value).flatMap(([k, v]) => entries(v, path === '' ? k : `${path}.${k}`));
}
