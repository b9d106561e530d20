import { App, AppProps, Stack, StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { COMPLIANCE_METADATA } from '../src/compliance/baked-in';
import { CompliancePack } from '../src/compliance/compliance-pack';
import { Finding } from '../src/compliance/finding';
import { madeResources } from '../src/compliance/ours';

const OTHER_PACKS = [
  CompliancePack.HIPAA_SECURITY, CompliancePack.NIST_800_53_R4, CompliancePack.NIST_800_53_R5, CompliancePack.PCI_DSS_321, CompliancePack.SERVERLESS,
];

/** A stack in an app of its own; the template is made when it is first asked for. */
export function stackFixture(props: AppProps & { stack?: StackProps } = {}) {
  const app = new App(props);
  const stack = new Stack(app, 'Stack', props.stack);
  let made: Template | undefined;
  return { app, stack, template: () => made ??= Template.fromStack(stack) };
}

/** A role of the consumer, to grant to. */
export function consumerRole(stack: Stack, id = 'Consumer'): Role {
  return new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

/** The text of the error that `run` must throw. */
export function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (e) {
    return (e as Error).message;
  }
  throw new Error('expected an error, but there was none');
}

/** What `run` returns in a program of `language`, as the runtime of jsii names it; undefined for TypeScript. */
export function inLanguage<T>(language: string | undefined, run: () => T): T {
  const before = process.env.JSII_AGENT;
  const set = (agent: string | undefined) => { if (agent === undefined) { delete process.env.JSII_AGENT; } else { process.env.JSII_AGENT = agent; } };
  set(language);
  try {
    return run();
  } finally {
    set(before);
  }
}

export const GO = 'go1.26.8/linux/amd64';

/** The only resource of a type: its properties. */
export function onlyResource(template: Template, type: string): any {
  const found = Object.values(template.findResources(type));
  if (found.length !== 1) { throw new Error(`expected one ${type}, found ${found.length}`); }
  return found[0];
}

/** All statements of the policies of IAM whose logical id begins with `id`. */
export function statementsOf(template: Template, id: string): any[] {
  const policies = { ...template.findResources('AWS::IAM::Policy'), ...template.findResources('AWS::IAM::ManagedPolicy') };
  return Object.entries(policies).filter(([name]) => name.startsWith(id)).flatMap(([, p]) => p.Properties.PolicyDocument.Statement);
}

/** The statement among `statements` that allows `action`. */
export function statementFor(statements: any[], action: string): any {
  const found = statements.filter(s => [s.Action].flat().includes(action));
  if (found.length !== 1) { throw new Error(`expected one statement with ${action}, found ${found.length} in ${JSON.stringify(statements, undefined, 1)}`); }
  return found[0];
}

/** What `warningsOf` gives for a warning: its text, and its id as CDK writes it behind that. */
export function warning(id: string, text: string): string {
  return expect.stringMatching(new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}.*\\[ack: (annotation::)?cdk-ml-patterns:${id}\\]$`, 'i'));
}

/** Ids and texts of the warnings that synth gave. */
export function warningsOf(stack: Stack): string[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(w => String(w.entry.data));
}

interface ComplianceRecord {
  readonly enforcement: string;
  readonly resources: number;
  readonly packs: { pack: string; rules: number; findings: Finding[] }[];
}

/** What the library's checks recorded below `scope`, after a synth. */
export function recordsOf(scope: IConstruct): ComplianceRecord[] {
  return scope.node.findAll().flatMap(c => c.node.metadata.filter(m => m.type === COMPLIANCE_METADATA).map(m => m.data));
}

/** The findings that nobody gave a reason for, after a synth. */
export function openFindings(scope: IConstruct): Finding[] {
  return recordsOf(scope).flatMap(r => r.packs).flatMap(p => p.findings).filter(f => f.reason === undefined);
}

/** What the packs that are not asked for by default find in what the library has made below `scope`, after a synth. */
function otherFindings(scope: IConstruct): Finding[] {
  const ours = scope.node.findAll().filter(c => Symbol.for('cdk-ml-patterns.ours') in c);
  return ours.flatMap(c => OTHER_PACKS.flatMap(pack => pack._inspect(madeResources(c)).findings)).filter(f => f.reason === undefined && !/-CloudWatchAlarmAction$/.test(f.rule)); // whom an alarm calls is for the consumer to say
}

/** Synthesises, and fails with a list of the findings, of all packs, and warnings if there are any. */
export function expectCompliant(stack: Stack): Template {
  const template = Template.fromStack(stack);
  expect(recordsOf(stack).flatMap(r => r.packs).length).toBeGreaterThan(0);
  expect([...openFindings(stack), ...otherFindings(stack)].map(f => `${f.rule} at ${f.path}: ${f.info}`)).toEqual([]);
  expect(warningsOf(stack)).toEqual([]);
  return template;
}

/** A circle of resources that wait for each other, if the template holds one. */
export function dependencyCycle(template: any): string[] | undefined {
  const resources: Record<string, any> = template.Resources;
  const done = new Set<string>();
  const visit = (id: string, path: string[]): string[] | undefined => {
    if (path.includes(id)) { return [...path.slice(path.indexOf(id)), id]; }
    if (done.has(id)) { return undefined; }
    for (const next of references(resources[id]).filter(r => r in resources)) {
      const found = visit(next, [...path, id]);
      if (found) { return found; }
    }
    done.add(id);
    return undefined;
  };
  return Object.keys(resources).map(id => visit(id, [])).find(found => found !== undefined);
}

function references(value: any): string[] {
  if (Array.isArray(value)) { return value.flatMap(references); }
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    if (key === 'Ref') { return [inner]; }
    if (key === 'Fn::GetAtt') { return [Array.isArray(inner) ? inner[0] : inner.split('.')[0]]; }
    if (key === 'DependsOn') { return [inner].flat(); }
    const inText = key === 'Fn::Sub' ? [...JSON.stringify(inner).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(m => m[1]) : [];
    return [...inText, ...references(inner)];
  });
}
