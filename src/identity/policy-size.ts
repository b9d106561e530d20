/** Characters of one managed policy, the frame around its statements left out. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MAX_SIZE = 6144 - 60;

/** What a reference becomes at the most: the ARN of something with a long name. */
const REFERENCE_SIZE = 100;

/** What a pseudo parameter becomes, as a Region does. */
const PSEUDO_SIZE = 14;

/** Said where aspects grant so much that no policy is left for it. */
export const TOO_LATE = 'So much was granted while aspects ran that it does not fit the policies made before: grant it earlier.';

/** Characters of a statement whose references are still tokens. */
export function sizeOf(text: string): number {
  return text.length + 1 + (text.split('${Token[').length - 1) * REFERENCE_SIZE;
}

/** Characters of what was resolved, as they are once CloudFormation has filled the references in. */
export function resolvedSize(value: unknown): number {
  const filled = JSON.stringify(value)
    .replace(/\{"Ref":"AWS::\w+"\}/g, 'x'.repeat(PSEUDO_SIZE))
    .replace(/\{"(?:Ref|Fn::ImportValue)":"[^"]*"\}|\{"Fn::GetAtt":\["[^"]*","[^"]*"\]\}/g, 'x'.repeat(REFERENCE_SIZE))
    .replace(/\{"Fn::Join":\["",\[|\]\]\}/g, '');
  return filled.length;
}
