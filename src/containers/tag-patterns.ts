import { Token } from 'aws-cdk-lib';
import { Problems } from '../core/problems';

/** How tags of images that were built while a stack deployed begin. */
export const BUILT_PREFIX = 'c-';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html */
const PATTERN = /^[0-9A-Za-z._*-]{1,128}$/;

/** A pattern of tags, in which `*` stands for any number of characters. */
export function checkTagPattern(name: string, pattern: string, stars: number, problems: Problems): void {
  problems.pattern(name, pattern, PATTERN, "hold 1 to 128 letters, digits, '.', '_', '-' and '*'");
  problems.check(Token.isUnresolved(pattern) || pattern.split('*').length - 1 <= stars, `${name} must hold at most ${stars} '*', got '${pattern}'`);
}

/** Whether `pattern` takes `tag`; false for what is only known at deployment. */
export function takesTag(pattern: string, tag: string): boolean {
  if (Token.isUnresolved(pattern) || Token.isUnresolved(tag)) { return false; }
  const parts = pattern.split('*').map(part => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(tag);
}

/** Whether `pattern` may take a tag of a build. */
export function takesBuilds(pattern: string): boolean {
  const [head] = pattern.split('*');
  return !Token.isUnresolved(pattern) && (head === pattern ? pattern.startsWith(BUILT_PREFIX) : head.startsWith(BUILT_PREFIX) || BUILT_PREFIX.startsWith(head));
}
