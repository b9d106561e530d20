import { Duration, Token } from 'aws-cdk-lib';
import { LifecycleRule, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { checkTagPattern, takesBuilds } from './tag-patterns';
import { Problems } from '../core/problems';
import { seconds } from '../core/units';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const MAX_STARS = 4;
const DAY_SECONDS = 24 * 60 * 60;

/**
 * Images that may go, by their tags.
 *
 * ECR knows neither endpoints nor jobs: whatever is named by such a tag may be gone when an endpoint scales out.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export interface ImageExpiry {
  /**
   * Tags of the images, with up to four `*` that stand for any characters, for example `dev-*`. An image with several tags goes as soon as one of
   * them matches. Images that `addImage` has built stay even if the pattern takes them.
   */
  readonly tagPattern: string;

  /**
   * How many of them stay, the newest; at least 1.
   *
   * @default - they go by age
   */
  readonly maxImages?: number;

  /**
   * How long they stay after they were pushed, in whole days, at least 1.
   *
   * @default - they go by number
   */
  readonly maxAge?: Duration;
}

/** The rules of all options. */
export function checkExpiry(name: string, { tagPattern, maxImages, maxAge }: ImageExpiry, problems: Problems): void {
  checkTagPattern(`${name}.tagPattern`, tagPattern, MAX_STARS, problems);
  problems.check(Token.isUnresolved(tagPattern) || !tagPattern.startsWith('c-') || !takesBuilds(tagPattern),
    `${name}.tagPattern must not begin with 'c-', as the tags of images that are built while deploying do: builtImagesKept says how many of these stay, got '${tagPattern}'`);
  problems.check((maxImages === undefined) !== (maxAge === undefined), `${name} must have one of maxImages and maxAge`);
  problems.integer(`${name}.maxImages`, maxImages, 1, 100000);
  const age = seconds(maxAge);
  problems.integer(`${name}.maxAge (days)`, age === undefined ? undefined : age / DAY_SECONDS, 1, 36500);
}

/** As a rule of ECR. */
export function renderExpiry({ tagPattern, maxImages, maxAge }: ImageExpiry, rulePriority: number): LifecycleRule {
  return { rulePriority, description: `Images tagged ${tagPattern}`, tagStatus: TagStatus.TAGGED, tagPatternList: [tagPattern], maxImageCount: maxImages, maxImageAge: maxAge };
}
