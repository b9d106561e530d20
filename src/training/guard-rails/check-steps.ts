import { CfnParameter, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { PipelineGuardRails } from './pipeline-guard-rails';
import { Allowed, Rail, railsOf } from './rails';
import { PipelineParameter } from '../definition/pipeline-parameter';
import { textParts } from '../definition/render';
import { unkeyedTypes } from '../steps/instances';
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

/** What steps call the things that rails are about. */
const PROPS: Record<keyof PipelineGuardRails, string> = {
  instanceTypes: 'instanceType',
  subnets: 'jobDefaults.vpcSubnets',
  securityGroups: 'jobDefaults.securityGroups',
  volumeKeys: 'jobDefaults.encryptionKey (of volumes)',
  outputKeys: 'jobDefaults.encryptionKey (of output)',
  requireNetworkIsolation: 'jobDefaults.networkIsolation',
  requireTrafficEncryption: 'jobDefaults.interContainerTrafficEncryption',
  maxRuntime: 'maxRuntime',
  maxKeepAlive: 'keepAlivePeriod',
  forbidRemoteDebug: 'RemoteDebugConfig.EnableRemoteDebug',
  requireManualApproval: 'approvalStatus',
};

/** Values of parameters, as texts, that a start of the pipeline gives in place of the defaults. */
export type Given = { readonly [parameterName: string]: string };

/**
 * Steps that break a rail as they are written, each in a sentence; what is only known later is left to IAM. A parameter stands for what is given for it,
 * or else for its default, which executions may change only within the rails.
 */
export function brokenRails(steps: PipelineStep[], context: StepContext, rails: PipelineGuardRails | undefined, given: Given = {}): string[] {
  if (rails === undefined) { return []; }
  const up = railsOf(rails);
  return steps.flatMap(step => {
    const { Arguments: said } = step._renderAlone(context) as { Arguments: object };
    const keyed = step._own(context).protection.key !== undefined;
    return [{ kind: ACTIONS[step._type], said }, ...step._madeByJob()].flatMap(({ kind, said: of }) => {
      const job = { stepName: step.stepName, kind, said: entries(of, ''), keyed };
      return up.filter(r => r.actions.includes(`sagemaker:Create${kind}`)).flatMap(rail => broken(job, rail, given));
    });
  });
}

/** What a step makes: everything that is said of it, and whether the step is given a key for it. */
interface Made {
  readonly stepName: string;
  readonly kind: string;
  readonly said: [string, unknown][];
  readonly keyed: boolean;
}

function broken(job: Made, rail: Rail, given: Given): string[] {
  const { stepName, said } = job;
  const found = said.filter(([path]) => rail.paths.test(path));
  const [asks, why] = [rule(rail.allowed), `(guardRails.${rail.name})`];
  if (found.length === 0) {
    const keyless = keylessBecause(job, rail).map(text => `step '${stepName}' must ${text}`);
    return rail.required ? [...keyless, ...keyless.length > 0 && job.keyed ? [] : [`step '${stepName}' must have ${PROPS[rail.name]}, ${asks} ${why}`]] : [];
  }
  const values = found.flatMap(([path, value]) => [meant(value, given), ...rail.name === 'requireManualApproval' ? [] : alsoAllowed(value)].map(v => ({ path, ...v })));
  const sentences = values.filter(({ value }) => breaks(value, rail.allowed))
    .map(({ path, value, from }) => `step '${stepName}'.${propOf(rail, path)}${from} must be ${asks} ${why}, got ${shown(value)}${'most' in rail.allowed ? ' seconds' : ''}`);
  return [...new Set(sentences)];
}

/** What a job must have to name a key at all, and has not, so that IAM refuses it whichever key the step is given. */
function keylessBecause({ kind, said }: Made, { name }: Rail): string[] {
  if (name === 'volumeKeys') {
    const types = said.flatMap(([path, value]) => /(^|\.)InstanceType$/.test(path) && typeof value === 'string' ? unkeyedTypes(value) : []);
    return types.length === 0 ? [] : [`run on instances without disks of their own, since SageMaker takes no key for those (guardRails.${name}), got ${[...new Set(types)].join(', ')}`];
  }
  if (name !== 'outputKeys' || kind !== 'ProcessingJob' || said.some(([path]) => path.startsWith('ProcessingOutputConfig.'))) { return []; }
  return [`have outputs, since a job without any names no key for them (guardRails.${name})`];
}

function rule(allowed: Allowed): string {
  if ('texts' in allowed) { return `one of ${allowed.texts.map(shown).join(', ')}`; }
  return 'most' in allowed ? `at most ${allowed.most} seconds` : `${allowed.flag}`;
}

/** What a step says of what its job makes is in its own words already. */
function propOf({ name }: Rail, path: string): string {
  const own = path.split('.').filter(word => /^[a-z]/.test(word)).join('.');
  return own === '' ? PROPS[name] : `${own}${PROPS[name][0].toUpperCase()}${PROPS[name].slice(1)}`;
}

function shown(text: unknown): string {
  return Token.isUnresolved(text) ? targetOf(String(text))?.node.path ?? 'a value that is not known yet' : String(text);
}

function breaks(known: unknown, allowed: Allowed): boolean {
  if ('texts' in allowed) { return typeof known === 'string' && allowed.texts.every(a => differ(a, known)); }
  if (Token.isUnresolved(known)) { return false; }
  return 'most' in allowed ? typeof known === 'number' && known > allowed.most : typeof known === 'boolean' && known !== allowed.flag;
}

/** What a value is in an execution, and where that comes from if it is a parameter. */
function meant(value: unknown, given: Given): { value: unknown; from: string } {
  const parameter = parameterOf(value);
  if (parameter === undefined) { return { value, from: '' }; }
  const { parameterName, _defaultValue: byDefault } = parameter;
  const text: string | undefined = given[parameterName];
  if (text === undefined) { return { value: byDefault ?? value, from: byDefault === undefined ? '' : ` (default of the parameter '${parameterName}')` }; }
  const read = parameter._kind === 'text' || Token.isUnresolved(text) ? text : parameter._kind === 'number' ? Number(text) : /^true$/i.test(text);
  return { value: read, from: ` (parameter '${parameterName}')` };
}

/** The parameter that a value is, alone. */
function parameterOf(value: unknown): PipelineParameter | undefined {
  const token = typeof value === 'number' ? Tokenization.reverseNumber(value) : value;
  const [part, ...others] = typeof token === 'string' ? textParts(token) : [token];
  return part instanceof PipelineParameter && others.length === 0 ? part : undefined;
}

/** What the parameter that a value is allows beside its default; that of the approval status always has all of them, and IAM refuses the approved one. */
function alsoAllowed(value: unknown): { value: unknown; from: string }[] {
  const parameter = parameterOf(value);
  return (parameter?._allowedValues ?? []).filter(v => v !== parameter!._defaultValue)
    .map(v => ({ value: v, from: ` (allowed by the parameter '${parameter!.parameterName}')` }));
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
