import { RemovalPolicy, Token, Validations } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRepository, IRepository, Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { Rule } from 'aws-cdk-lib/aws-events';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { ContainerSource } from './build/container-source';
import { ImageBuilder } from './build/image-builder';
import { findingsDetail, findingsRule, ImagePushedOptions, pushedRule, ScanFindingsOptions } from './container-repo-events';
import { ContainerRepoGrants } from './container-repo-grants';
import { checkRepoProps, CustomContainerRepoProps } from './custom-container-repo-props';
import { renderExpiry } from './image-expiry';
import { checkRepository } from './repository-checks';
import { SageMakerImage } from './sagemaker-image';
import { BUILT_PREFIX, takesTag } from './tag-patterns';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { excuse } from '../compliance/excuses';
import { Problems } from '../core/problems';
import { announce } from '../delivery/announcement';
import { deadLettersMetric } from '../delivery/dead-letter-alarm';
import { checkTopicHere } from '../delivery/topic-check';
import { encryptionKey } from '../identity/stack-key';

/** Images without a tag that stay: an endpoint may run one by its digest. */
const UNTAGGED_KEPT = 1000;

/** What a rule with the highest priority takes, no other rule removes; it must itself have a number. */
const BUILT_KEPT = 9999;

/**
 * A repository for the containers that train and serve models, whoever makes it.
 */
export interface ICustomContainerRepo extends IConstruct {
  /** The repository, for everything else in CDK. */
  readonly repository: IRepository;

  /** Permissions to pull and to push. */
  readonly grants: ContainerRepoGrants;

  /**
   * An image of this repository, pushed by others.
   *
   * @param tagOrDigest a tag, or a digest that begins with `sha256:`
   */
  image(tagOrDigest: string): SageMakerImage;
}

/**
 * The repository for the containers that train and serve models.
 *
 * Makes an ECR repository and, unless one is brought along or the stack already has it, a key. Tags cannot be moved, images are scanned when
 * they are pushed, and the repository stays with all its images when the stack is deleted.
 *
 * Children that may be changed as an escape hatch: `Repository/Resource`, of an image built while deploying `<id of the image>/Build`, and of
 * the builds `Builds/Amd64/Resource` and `Builds/Arm64/Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/docker-containers-adapt-your-own.html
 *
 * @example
 * const images = new CustomContainerRepo(this, 'Images');
 * const image = images.image('1.4.2');
 */
export class CustomContainerRepo extends Construct implements ICustomContainerRepo {
  /**
   * Uses a repository of this account and Region that something else makes.
   *
   * @param scope where it stands
   * @param id its id there
   * @param repositoryName name of the repository
   */
  public static fromRepositoryName(scope: Construct, id: string, repositoryName: string): ICustomContainerRepo {
    return new BroughtRepo(scope, id, own => Repository.fromRepositoryName(own, 'Repository', repositoryName));
  }

  /**
   * Uses a repository that something else makes, also one of another account or Region.
   *
   * @param scope where it stands
   * @param id its id there
   * @param repository the repository
   */
  public static fromRepository(scope: Construct, id: string, repository: IRepository): ICustomContainerRepo {
    return new BroughtRepo(scope, id, () => repository);
  }

  /** The repository, for everything else in CDK. */
  public readonly repository: IRepository;

  /** The key that encrypts the images. */
  public readonly encryptionKey: IKey;

  /** Permissions to pull and to push. */
  public readonly grants: ContainerRepoGrants;

  private readonly uri: string;
  private readonly owned: Repository;
  private readonly props: CustomContainerRepoProps;

  constructor(scope: Construct, id: string, props: CustomContainerRepoProps = {}) {
    super(scope, id);
    const problems = new Problems();
    checkRepoProps(props, problems);
    checkTopicHere('criticalFindingsTopic', props.criticalFindingsTopic, this, problems);
    bakeInChecks(this, props.compliance, problems);
    this.props = props;

    const { expiry = [], mutableTags, removalPolicy = RemovalPolicy.RETAIN } = props;
    this.encryptionKey = encryptionKey(this, props.encryptionKey, removalPolicy !== RemovalPolicy.DESTROY, props.compliance);
    this.owned = new Repository(this, 'Repository', {
      repositoryName: props.repositoryName,
      encryption: RepositoryEncryption.KMS,
      encryptionKey: this.encryptionKey,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      removalPolicy,
      emptyOnDelete: props.deleteImages,
      lifecycleRules: [
        ...expiry.map((e, i) => renderExpiry(e, i + 2)),
        { rulePriority: expiry.length + 2, description: 'Images without a tag', tagStatus: TagStatus.UNTAGGED, maxImageCount: props.untaggedImagesKept ?? UNTAGGED_KEPT },
      ],
    });
    this.repository = this.owned;
    const resource = this.owned.node.defaultChild as CfnRepository;
    if (mutableTags !== undefined) {
      resource.imageTagMutability = 'IMMUTABLE_WITH_EXCLUSION';
      resource.imageTagMutabilityExclusionFilters = mutableTags.map(value => ({ imageTagMutabilityExclusionFilterType: 'WILDCARD', imageTagMutabilityExclusionFilterValue: value }));
    }
    this.uri = resource.attrRepositoryUri;
    this.grants = new ContainerRepoGrants(this, this.owned);
    excuse(resource, 'ruleCannotSee', () => this.grants._excuses());
    this.announceFindings();
    if (props.builtImagesKept !== undefined) {
      Validations.of(this).addWarning('cdk-ml-patterns:builtImagesExpire',
        `Only the newest ${props.builtImagesKept} built images stay, whether or not an older one is in use: an endpoint that runs it fails when it scales out.`);
    }
    sealChecks(this);
  }

  /**
   * An image of this repository, pushed by others.
   *
   * @param tagOrDigest a tag, or a digest that begins with `sha256:`; a tag that can be moved, or whose images expire, is an error
   */
  public image(tagOrDigest: string): SageMakerImage {
    const image = imageOf(this, this.repository, this.uri, tagOrDigest);
    const problems = new Problems();
    const { mutableTags = [], expiry = [] } = this.props;
    mutableTags.filter(pattern => takesTag(pattern, tagOrDigest)).forEach(pattern => problems.check(false,
      `image '${tagOrDigest}' can be moved, since mutableTags hold '${pattern}', so what runs would change: name a tag that stays, or a digest`));
    expiry.filter(e => takesTag(e.tagPattern, tagOrDigest)).forEach(({ tagPattern }) => problems.check(false,
      `image '${tagOrDigest}' would be removed while it is in use, since expiry holds '${tagPattern}': give what runs another tag`));
    problems.throwIfAny(this);
    if (tagOrDigest === 'latest') {
      Validations.of(this).addWarning('cdk-ml-patterns:latestTag', "Tags of this repository cannot be moved, so 'latest' stays the first image that gets it: name a version.");
    }
    if (!Token.isUnresolved(tagOrDigest) && tagOrDigest.startsWith('sha256:') && expiry.length > 0) {
      Validations.of(this).addWarning('cdk-ml-patterns:digestMayExpire',
        'An image is named by its digest, so nobody sees whether one of its tags is among those that expire: give what runs a tag that stays.');
    }
    return image;
  }

  /**
   * An image that is in this repository before anything that uses it is made: whoever takes it waits for it, with no dependency to be written.
   *
   * Most sources are built by CodeBuild while the stack deploys, with a tag that its content decides: what is there already is not built again, also not
   * by a roll-back. A build that fails stops the deployment with its phase and its last lines. The image stays when it is taken out of the program. Other
   * stacks may use it if what it is built from is known at synth.
   *
   * @param id its id in the repository, also in logical ids: another one builds anew only if the content is new
   * @param source what it is made from
   */
  public addImage(id: string, source: ContainerSource): SageMakerImage {
    const problems = new Problems();
    source._check(problems);
    problems.throwIfAny(this, 'ContainerSource', id);
    const own = new Construct(this, id);
    const { plan, image } = source._bind(own);
    if (image !== undefined) { return image; }
    return SageMakerImage._built(this.builder().build(own, plan!), this.repository, plan!.platform, plan!.ofKit);
  }

  /**
   * A rule for images that are pushed to this repository, by builds and by others.
   *
   * @param id its id in the repository
   * @param options which images, and what they start
   */
  public onImagePushed(id: string, options: ImagePushedOptions = {}): Rule {
    return pushedRule(this, id, this.repository, options);
  }

  /**
   * A rule for scans on push that found a vulnerability.
   *
   * @param id its id in the repository
   * @param options how bad, and what they start
   */
  public onScanFindings(id: string, options: ScanFindingsOptions = {}): Rule {
    return findingsRule(this, id, this.repository, options);
  }

  /**
   * Number of notices of critical findings that could not be delivered and wait in the dead-letter queue; the maximum unless the options say otherwise.
   * An error for a repository without `criticalFindingsTopic`, which has no such queue.
   *
   * @param options changes to the metric
   */
  public metricDeadLetters(options?: MetricOptions): Metric {
    return deadLettersMetric(this, 'it has no criticalFindingsTopic', options);
  }

  private announceFindings(): void {
    const { criticalFindingsTopic: topic } = this.props;
    if (topic === undefined) { return; }
    announce(this, 'CriticalFindings', {
      topic,
      description: 'Scans of images that found something critical',
      eventPattern: { 'source': ['aws.ecr'], 'detail-type': ['ECR Image Scan'], 'detail': findingsDetail(this.repository) },
    });
  }

  /** The builds, made when the first image needs them. */
  private builder(): ImageBuilder {
    const made = this.node.tryFindChild('Builds') as ImageBuilder | undefined;
    if (made !== undefined) { return made; }
    // a rule with a lower number comes first, and what it takes no later rule removes
    this.owned.addLifecycleRule({
      rulePriority: 1,
      description: 'Images that were built while deploying',
      tagStatus: TagStatus.TAGGED,
      tagPatternList: [`${BUILT_PREFIX}*`],
      maxImageCount: this.props.builtImagesKept ?? BUILT_KEPT,
    });
    return new ImageBuilder(this, 'Builds', {
      repository: this.repository, repositoryUri: this.uri, key: this.encryptionKey, options: this.props.builds, compliance: this.props.compliance,
    });
  }
}

function imageOf(scope: Construct, repository: IRepository, repositoryUri: string, tagOrDigest: string): SageMakerImage {
  const image = SageMakerImage._of(`${repositoryUri}${tagOrDigest.startsWith('sha256:') ? '@' : ':'}${tagOrDigest}`, repository, tagOrDigest);
  const problems = new Problems();
  image._check('image', problems);
  problems.throwIfAny(scope, 'CustomContainerRepo');
  return image;
}

/** A repository that something else makes. */
class BroughtRepo extends Construct implements ICustomContainerRepo {
  public readonly repository: IRepository;
  public readonly grants: ContainerRepoGrants;

  constructor(scope: Construct, id: string, repository: (own: Construct) => IRepository) {
    super(scope, id);
    this.repository = repository(this);
    const problems = new Problems();
    checkRepository('repository', this.repository, problems);
    problems.throwIfAny(this, 'CustomContainerRepo');
    this.grants = new ContainerRepoGrants(this, this.repository);
  }

  public image(tagOrDigest: string): SageMakerImage {
    return imageOf(this, this.repository, this.repository.repositoryUri, tagOrDigest);
  }
}
