import { EVERY_RESOURCE } from './arn';
import { invocation, statementsOf } from './documents';
import { Sentence } from './statement';
import { listOf, objectOf } from '../json';
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
  /** The policy that limits all the others. */
  readonly boundary?: string;
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
  const roles = all.filter(r => HOLDERS.includes(r.type));
  // A policy names its roles, or a role names its policies.
  const attached = new Map(all.filter(r => POLICIES.includes(r.type)).map(policy => [policy, [
    ...ATTACHED.flatMap(p => text.references.within(policy.stack, policy.properties[p])),
    ...roles.filter(r => text.references.within(r.stack, r.properties.ManagedPolicyArns).includes(policy)),
  ]]));
  const holders = roles.map((role): Holder => {
    const { Description, AssumeRolePolicyDocument, Policies, ManagedPolicyArns, PermissionsBoundary } = role.properties;
    const arns = listOf(ManagedPolicyArns).filter(a => text.references.within(role.stack, a).length === 0);
    return {
      resource: role,
      description: text.of(role.stack, Description),
      trust: statementsOf(role, AssumeRolePolicyDocument, text),
      statements: [
        ...listOf(Policies).flatMap(p => statementsOf(role, objectOf(p).PolicyDocument, text)),
        ...[...attached].filter(([, to]) => to.includes(role)).flatMap(([policy]) => statementsOf(policy, policy.properties.PolicyDocument, text)),
      ],
      managed: arns.map(a => text.of(role.stack, a)),
      boundary: PermissionsBoundary === undefined ? undefined : text.of(role.stack, PermissionsBoundary),
    };
  });
  const others = all.filter(r => !HOLDERS.includes(r.type) && !POLICIES.includes(r.type)).flatMap(r => atResource(r, text));
  const loose = [...attached].filter(([, to]) => to.length === 0).map(([policy]) => detached(policy, text));
  return { holders, resourcePolicies: [...others, ...loose] };
}

/** Any property that looks like a policy is one: no list of types to keep up with. */
function atResource(resource: Resource, text: TemplateText): ResourcePolicy[] {
  const statements = resource.type === 'AWS::Lambda::Permission' ? [invocation(resource, text)]
    : Object.values(resource.properties).flatMap(p => statementsOf(resource, p, text)).map(s => ownResource(resource, s));
  if (statements.length === 0) { return []; }
  const owners = OWNER.flatMap(p => text.references.within(resource.stack, resource.properties[p]));
  return [{ resource, of: owners.length === 0 ? resource.path : owners.map(o => o.path).join(', '), statements }];
}

/** In the policy of a key or a secret `*` is that key or secret, not every one. */
function ownResource({ type }: Resource, sentence: Sentence): Sentence {
  const own = type === 'AWS::KMS::Key' ? 'this key' : type === 'AWS::SecretsManager::ResourcePolicy' ? 'this secret' : undefined;
  return own === undefined || sentence.on?.[0] !== EVERY_RESOURCE ? sentence : { ...sentence, on: [`${own} (`, ...sentence.on.slice(1)] };
}

/** A policy of roles that are not in the assembly. */
function detached(policy: Resource, text: TemplateText): ResourcePolicy {
  const names = ATTACHED.flatMap(p => listOf(policy.properties[p])).map(v => text.of(policy.stack, v));
  return {
    resource: policy,
    of: `${policy.path}, attached to ${names.length === 0 ? 'nothing' : names.join(', ')}`,
    statements: statementsOf(policy, policy.properties.PolicyDocument, text),
  };
}
