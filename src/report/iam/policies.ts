import { Sentence, sentenceOf } from './statement';
import { isObject, listOf, objectOf } from '../json';
import { Resource, StackModel } from '../model';
import { TemplateText } from '../template-text';

/** Somebody with permissions, and what stands in all policies attached to it. */
export interface Holder {
  readonly resource: Resource;
  readonly description: string;
  readonly trust: Sentence[];
  readonly statements: Sentence[];
  /** Policies that are only named, so their statements are not in the assembly. */
  readonly managed: string[];
}

/** Statements that stand at the resource they are about, or in a policy whose holder is not in the assembly. */
export interface ResourcePolicy {
  readonly resource: Resource;
  /** What the policy belongs to, in words. */
  readonly of: string;
  readonly statements: Sentence[];
}

const HOLDERS = ['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'];
const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];
/** Where the policies of resources name what they belong to. */
const OWNER = ['Bucket', 'Queues', 'Topics', 'ModelPackageGroupName', 'SecretId', 'FunctionName', 'RepositoryName'];
const ATTACHED = ['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName'];

/** Everything that the assembly says about who may do what. */
export function permissions(stacks: readonly StackModel[], text: TemplateText): { holders: Holder[]; resourcePolicies: ResourcePolicy[] } {
  const all = stacks.flatMap(s => s.resources);
  const attachments = all.filter(r => POLICIES.includes(r.type)).map(policy => ({
    policy,
    holders: ATTACHED.flatMap(p => text.references.within(policy.stack, policy.properties[p])),
    statements: statementsOf(policy, policy.properties.PolicyDocument, text),
  }));
  const holders = all.filter(r => HOLDERS.includes(r.type)).map((resource): Holder => ({
    resource,
    description: text.of(resource.stack, resource.properties.Description ?? ''),
    trust: statementsOf(resource, resource.properties.AssumeRolePolicyDocument, text),
    statements: [
      ...listOf(resource.properties.Policies).flatMap(p => statementsOf(resource, objectOf(p).PolicyDocument, text)),
      ...attachments.filter(a => a.holders.includes(resource)).flatMap(a => a.statements),
    ],
    managed: listOf(resource.properties.ManagedPolicyArns).filter(a => text.references.within(resource.stack, a).length === 0)
      .map(a => text.of(resource.stack, a)),
  }));
  // ManagedPolicyArns can also point from the role to a policy of the assembly.
  const named = (policy: Resource) => all.some(r => HOLDERS.includes(r.type) && text.references.within(r.stack, r.properties.ManagedPolicyArns).includes(policy));
  holders.forEach(h => attachments.filter(a => !a.holders.includes(h.resource)
    && text.references.within(h.resource.stack, h.resource.properties.ManagedPolicyArns).includes(a.policy)).forEach(a => h.statements.push(...a.statements)));
  const loose = attachments.filter(a => a.holders.length === 0 && !named(a.policy)).map(({ policy, statements }): ResourcePolicy => {
    const names = ATTACHED.flatMap(p => listOf(policy.properties[p])).map(v => text.of(policy.stack, v));
    return { resource: policy, of: names.length === 0 ? 'attached to nothing' : `attached to ${names.join(', ')}`, statements };
  });
  const atResources = all.filter(r => !HOLDERS.includes(r.type) && !POLICIES.includes(r.type)).flatMap(r => atResource(r, text));
  return { holders, resourcePolicies: [...atResources, ...loose] };
}

/** Any property that looks like a policy is one: no list of types to keep up with. */
function atResource(resource: Resource, text: TemplateText): ResourcePolicy[] {
  const statements = resource.type === 'AWS::Lambda::Permission' ? [invocation(resource, text)]
    : Object.values(resource.properties).flatMap(p => statementsOf(resource, p, text));
  if (statements.length === 0) { return []; }
  const owners = OWNER.flatMap(p => text.references.within(resource.stack, resource.properties[p]));
  return [{ resource, of: owners.length === 0 ? resource.path : owners.map(o => o.path).join(', '), statements }];
}

function statementsOf(resource: Resource, policy: unknown, text: TemplateText): Sentence[] {
  return listOf(objectOf(policy).Statement).filter(isObject).map(s => sentenceOf(s, v => text.of(resource.stack, v)));
}

/** A permission of Lambda is a statement in other clothes. */
function invocation({ stack, properties: p }: Resource, text: TemplateText): Sentence {
  const principal = text.of(stack, p.Principal);
  const StringEquals = p.SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': p.SourceAccount } };
  const ArnLike = p.SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': p.SourceArn } };
  const statement = {
    Effect: 'Allow',
    Principal: principal.includes('amazonaws.com') ? { Service: p.Principal } : { AWS: p.Principal },
    Action: p.Action,
    Resource: p.FunctionName,
    Condition: { ...StringEquals, ...ArnLike },
  };
  return sentenceOf(statement, v => text.of(stack, v));
}
