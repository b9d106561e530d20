import { RemovalPolicy } from 'aws-cdk-lib';
import { IKeyRef } from 'aws-cdk-lib/aws-kms';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { checkImageBuildOptions, ImageBuildOptions } from './build/image-build-options';
import { checkExpiry, ImageExpiry } from './image-expiry';
import { checkRepositoryName } from './repository-checks';
import { checkTagPattern, takesBuilds } from './tag-patterns';
import { ComplianceOptions } from '../compliance/compliance-options';
import { Problems } from '../core/problems';

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageTagMutabilityExclusionFilter.html */
const MAX_MUTABLE = 5;
const MUTABLE_STARS = 2;

/** A lifecycle policy takes 50 rules, of which two are not the user's. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const MAX_EXPIRY = 48;

/**
 * Properties of a CustomContainerRepo.
 */
export interface CustomContainerRepoProps {
  /**
   * Name of the repository, 2 to 256 lower case letters, digits, `-`, `_`, `.` and `/`. A repository that stays when its stack is deleted keeps its
   * name, so that the stack cannot be made again; and what asks CloudFormation to replace the repository then fails.
   *
   * @default - CloudFormation makes one
   */
  readonly repositoryName?: string;

  /**
   * Key that encrypts the images. A repository keeps its key for good: another key makes another repository.
   *
   * @default - a customer-managed key with rotation, shared by the constructs of this library in the stack and kept when the stack is deleted
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * Tags that can be moved to another image, up to five patterns in which up to two `*` stand for any characters, for example `dev-*`. All other
   * tags stay with the image that got them first.
   *
   * @default - none
   */
  readonly mutableTags?: string[];

  /**
   * How many images without a tag are kept, 1 to 1000; older ones expire. Images with a tag only expire where `expiry` says so.
   *
   * In a repository whose tags cannot be moved an image has no tag only if somebody took it away or never gave it one, and then it may still be
   * run by its digest.
   *
   * @default 1000
   */
  readonly untaggedImagesKept?: number;

  /**
   * How many of the images that `addImage` has built are kept, the newest, 10 to 9999. A stack that is rolled back, or that has not been deployed for
   * a long time, may run an older one, which is then gone when its endpoint scales out.
   *
   * @default - all of them, up to 9999
   */
  readonly builtImagesKept?: number;

  /**
   * Images that may go, by their tags.
   *
   * @default - none
   */
  readonly expiry?: ImageExpiry[];

  /**
   * How images are built while the stack deploys, by `addImage`.
   *
   * @default - on a machine with 4 vCPUs in the network of CodeBuild, for up to 45 minutes, with the layers of the image before
   */
  readonly builds?: ImageBuildOptions;

  /**
   * Topic that is told when a scan of an image has found a vulnerability that is critical. Scans on push only: the enhanced scans of a registry speak
   * through Amazon Inspector.
   *
   * @default - nobody is told
   */
  readonly criticalFindingsTopic?: ITopicRef;

  /**
   * What becomes of the repository when the stack is deleted. `RemovalPolicy.DESTROY` needs `deleteImages` as well.
   *
   * @default - `RemovalPolicy.RETAIN`, with all images
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether images go with the repository when `removalPolicy` deletes it. Endpoints of other stacks may run them.
   *
   * @default false
   */
  readonly deleteImages?: boolean;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/** The rules of all options. */
export function checkRepoProps(props: CustomContainerRepoProps, problems: Problems): void {
  const { mutableTags = [], expiry = [], removalPolicy, deleteImages } = props;
  checkRepositoryName('repositoryName', props.repositoryName, problems);
  problems.integer('untaggedImagesKept', props.untaggedImagesKept, 1, 1000);
  problems.integer('builtImagesKept', props.builtImagesKept, 10, 9999);
  if (problems.knownList('mutableTags', props.mutableTags)) {
    problems.count('mutableTags', props.mutableTags, 1, MAX_MUTABLE);
    problems.unique('mutableTags', mutableTags);
    mutableTags.forEach((pattern, i) => {
      checkTagPattern(`mutableTags[${i}]`, pattern, MUTABLE_STARS, problems);
      problems.check(!takesBuilds(pattern), `mutableTags[${i}] must not take tags that begin with 'c-', as those of images that are built while deploying do, got '${pattern}'`);
    });
  }
  problems.count('expiry', props.expiry, 0, MAX_EXPIRY);
  problems.unique('expiry (tagPattern)', expiry.map(e => e.tagPattern));
  expiry.forEach((e, i) => checkExpiry(`expiry[${i}]`, e, problems));
  checkImageBuildOptions('builds', props.builds ?? {}, problems);
  const destroys = removalPolicy === RemovalPolicy.DESTROY;
  problems.check(!destroys || deleteImages === true, 'removalPolicy DESTROY needs deleteImages: true, since the images go with the repository');
  problems.check(destroys || deleteImages !== true, 'deleteImages needs removalPolicy DESTROY');
}
