import { Token } from 'aws-cdk-lib';
import { Problems } from '../core/problems';

/** How tags of images that were built while a stack deployed begin. */
export const BUILT_PREFIX = 'c-';

/** Hexadecimal digits of the hash that follows. */
export const BUILT_DIGITS = 40;

/** How long they are. */
const BUILT_LENGTH = BUILT_PREFIX.length + BUILT_DIGITS;

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

/** Whether `pattern` may take a tag of a build, which is the prefix and 40 hexadecimal digits. */
export function takesBuilds(pattern: string): boolean {
  return !Token.isUnresolved(pattern) && reaches(pattern, 0, 0);
}

/** Whether what is left of the pattern takes what is left of such a tag. */
function reaches(pattern: string, at: number, tagAt: number): boolean {
  if (at === pattern.length) { return tagAt === BUILT_LENGTH; }
  const next = () => tagAt < BUILT_LENGTH && reaches(pattern, pattern[at] === '*' ? at : at + 1, tagAt + 1);
  if (pattern[at] === '*') { return reaches(pattern, at + 1, tagAt) || next(); }
  return (tagAt < BUILT_PREFIX.length ? pattern[at] === BUILT_PREFIX[tagAt] : /[0-9a-f]/.test(pattern[at])) && next();
}
