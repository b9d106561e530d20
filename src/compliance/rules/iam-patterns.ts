import { listOf } from './rule';
import { flatten } from '../rule-ids';

/** Texts of actions or resources, CloudFormation's functions written out as `<Name>`. */
export function texts(value: unknown): string[] {
  return listOf(value).map(flatten);
}

/** Whether a text of a policy holds a wildcard of IAM. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a pattern of a policy covers an action; IAM ignores case. */
export function covers(pattern: string, action: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'i').test(action);
}

/** The parts of an ARN; what is only known at deployment is `<>`, which may hold several parts. */
export function arnParts(resource: string): string[] {
  return resource.replace(/<[^>]*>/g, '<>').split(':');
}

/** Whether a resource stands for everything, of all services or of one: `*`, `arn:*`, `arn:aws:s3:::*`. */
export function isEverything(resource: string): boolean {
  const parts = arnParts(resource);
  if (parts.length > 5) { return /^[*?/]*\*[*?/]*$/.test(parts.slice(5).join('/')); }
  return /^[*?]*\*[*?]*$/.test(resource) || (/^(arn|[*?]+)$/.test(parts[0]) && resource.endsWith('*'));
}
