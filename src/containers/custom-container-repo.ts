import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnRepository, IRepository, Repository, RepositoryEncryption, TagMutability, TagStatus } from 'aws-cdk-lib/aws-ecr';
import { IKey, IKeyRef } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ContainerRepoGrants } from './container-repo-grants';
import { SageMakerImage } from './sagemaker-image';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { ComplianceOptions } from '../compliance/compliance-options';
import { Problems } from '../core/problems';
import { encryptionKey } from '../identity/stack-key';

/** Images without a tag that stay: an endpoint may run one by its digest. */
const UNTAGGED_KEPT = 30;

/**
 * Properties of a CustomContainerRepo.
 */
export interface CustomContainerRepoProps {
  /**
   * Key that encrypts the images. A repository keeps its key for good: another key makes another repository.
   *
   * @default - a customer-managed key with rotation, shared by the constructs of this library in the stack and kept when the stack is deleted
   */
  readonly encryptionKey?: IKeyRef;

  /**
   * How many images without a tag are kept, 1 to 1000; older ones expire. Images with a tag never expire.
   *
   * @default 30
   */
  readonly untaggedImagesKept?: number;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/**
 * The repository for the containers that train and serve models.
 *
 * Makes an ECR repository and, unless one is brought along or the stack already has it, a key. Tags cannot be moved, images are scanned when
 * they are pushed, and the repository stays with all its images when the stack is deleted.
 *
 * The child that may be changed as an escape hatch: `Repository/Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/docker-containers-adapt-your-own.html
 *
 * @example
 * const images = new CustomContainerRepo(this, 'Images');
 * const image = images.image('1.4.2');
 */
export class CustomContainerRepo extends Construct {
  /** The repository, for everything else in CDK. */
  public readonly repository: IRepository;

  /** The key that encrypts the images. */
  public readonly encryptionKey: IKey;

  /** Permissions to pull and to push. */
  public readonly grants: ContainerRepoGrants;

  private readonly uri: string;

  constructor(scope: Construct, id: string, props: CustomContainerRepoProps = {}) {
    super(scope, id);
    const problems = new Problems();
    problems.integer('untaggedImagesKept', props.untaggedImagesKept, 1, 1000);
    bakeInChecks(this, props.compliance, problems);

    this.encryptionKey = encryptionKey(this, props.encryptionKey, true, props.compliance);
    const repository = new Repository(this, 'Repository', {
      encryption: RepositoryEncryption.KMS,
      encryptionKey: this.encryptionKey,
      imageTagMutability: TagMutability.IMMUTABLE,
      imageScanOnPush: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ description: 'Images with a tag never expire', tagStatus: TagStatus.UNTAGGED, maxImageCount: props.untaggedImagesKept ?? UNTAGGED_KEPT }],
    });
    this.repository = repository;
    this.uri = (repository.node.defaultChild as CfnRepository).attrRepositoryUri;
    this.grants = new ContainerRepoGrants(repository);
    sealChecks(this);
  }

  /**
   * An image of this repository, pushed by others.
   *
   * @param tagOrDigest a tag, or a digest that begins with `sha256:`
   */
  public image(tagOrDigest: string): SageMakerImage {
    const uri = `${this.uri}${tagOrDigest.startsWith('sha256:') ? '@' : ':'}${tagOrDigest}`;
    const image = SageMakerImage._of(uri, this.repository, tagOrDigest);
    const problems = new Problems();
    image._check('image', problems);
    problems.throwIfAny(this);
    if (tagOrDigest === 'latest') {
      Validations.of(this).addWarning('cdk-ml-patterns:latestTag', "Tags of this repository cannot be moved, so 'latest' stays the first image that gets it: name a version.");
    }
    return image;
  }
}
