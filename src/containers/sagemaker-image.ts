import { Aws, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { EcrPlace, isInEcr } from './ecr-place';
import { KitBase } from './kit-base';
import { PrivateRegistryOptions, signInPermissions } from './private-registry';
import { pullPermissions } from './pull-permissions';
import { checkRepository } from './repository-checks';
import { unnamedElsewhere } from './unnamed-elsewhere';
import { Problems } from '../core/problems';
import { madeBeside } from '../core/stacks';
import { permit } from '../identity/permission';
import { Permission } from '../identity/permission-statement';
import { Architecture, architectureOfPlatform } from '../instances/architecture';
import { MlInstanceType } from '../instances/ml-instance-type';

/** An image in a private repository of ECR: account, Region, repository, and what of it; of these, only the tag may be known at deployment. */
const ECR_URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z.]+\/([a-z0-9._\/-]+)(:[^@/]+)?(@sha256:[0-9a-f]{64})?$/;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html */
const TAG_OR_DIGEST = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|sha256:[0-9a-f]{64})$/;

/** What is known of an image beyond its name. */
interface ImageDetails {
  readonly repository?: IRepository;
  readonly tagOrDigest?: string;
  readonly privateRegistry?: PrivateRegistryOptions;
  readonly platform?: Platform;
  /** Built while the stack deploys, so whoever names the image waits until it is there. */
  readonly built?: boolean;
  /** Made of the container kit, as far as the program knows. */
  readonly ofKit?: KitBase;
  /** Of an image in an account of AWS. */
  readonly ofAws?: EcrPlace;
  /** What it holds, the same in all Regions. */
  readonly content?: string;
  /** An algorithm that AWS ships. */
  readonly algorithm?: boolean;
}

/**
 * A container image that SageMaker runs, in a job or behind an endpoint.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/docker-containers.html
 */
export class SageMakerImage {
  /**
   * An image in any ECR repository.
   *
   * @param repository the repository; whoever runs the image may pull from exactly this one
   * @param tagOrDigest a tag, or a digest that begins with `sha256:`
   */
  public static fromEcrRepository(repository: IRepository, tagOrDigest: string): SageMakerImage {
    return new SageMakerImage(repository.repositoryUriForTagOrDigest(tagOrDigest), { repository, tagOrDigest });
  }

  /**
   * An image by its full name.
   *
   * @param imageUri for example `111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2`; of an image in ECR, the right to pull from its
   * repository comes along, for any other it must be given to the role that runs it. Without tag and digest it is the one with the tag `latest` when it is pulled
   */
  public static fromUri(imageUri: string): SageMakerImage {
    return new SageMakerImage(imageUri, {});
  }

  /**
   * An image in a Docker registry of one's own, which SageMaker reaches through the VPC of the endpoint or job. Only containers of an InferenceModel,
   * on an endpoint with a VPC, and training steps whose jobs are in a VPC can use one.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html
   * @param imageUri full name of the image, for example `registry.example.com/churn:1.4.2`
   * @param options how SageMaker signs in, if it must
   */
  public static fromPrivateRegistry(imageUri: string, options: PrivateRegistryOptions = {}): SageMakerImage {
    return new SageMakerImage(imageUri, { privateRegistry: options });
  }

  /**
   * An image of a repository whose URI is known better than CDK knows it.
   *
   * @internal
   */
  public static _of(imageUri: string, repository: IRepository, tagOrDigest: string): SageMakerImage {
    return new SageMakerImage(imageUri, { repository, tagOrDigest });
  }

  /**
   * An image in an account of AWS; `known` tells what it holds, as far as the library knows.
   *
   * @internal
   */
  public static _ofAws(ofAws: EcrPlace, tagOrDigest: string, known: { content?: string; algorithm?: boolean }): SageMakerImage {
    return new SageMakerImage(`${ofAws.registry}/${ofAws.repository}${tagOrDigest.startsWith('sha256:') ? '@' : ':'}${tagOrDigest}`, { ofAws, tagOrDigest, ...known });
  }

  /**
   * An image whose name is only known when it is there.
   *
   * @internal
   */
  public static _built(imageUri: string, repository: IRepository, platform: Platform, ofKit?: KitBase): SageMakerImage {
    return new SageMakerImage(imageUri, { repository, platform, ofKit, built: true });
  }

  private constructor(
    /** Full name of the image. */
    public readonly imageUri: string,
    private readonly details: ImageDetails,
  ) {}

  /**
   * The same image, with the platform that it was built for: it is then an error to run it on instances with other processors.
   *
   * @param platform for example `Platform.LINUX_AMD64` of `aws-cdk-lib/aws-ecr-assets`, which is the one that builds on a computer with an Apple processor miss
   */
  public builtFor(platform: Platform): SageMakerImage {
    return new SageMakerImage(this.imageUri, { ...this.details, platform });
  }

  /**
   * Lets `grantee` pull from the repository of the image, and from no other; nothing if the name of the image does not tell a repository of ECR.
   *
   * @param grantee who runs the image
   */
  public grantPull(grantee: IGrantable): Grant {
    const permissions = this._pull();
    return permissions.length > 0 ? permit(grantee, permissions) : Grant.drop(grantee, 'pull an image that is not in ECR');
  }

  /**
   * What pulling it takes; nothing if its name does not tell where it is.
   *
   * @internal
   */
  public _pull(): Permission[] {
    if (this.details.privateRegistry !== undefined) { return signInPermissions(this.details.privateRegistry); }
    return this.repositoryArn === undefined ? [] : pullPermissions(this.repositoryArn);
  }

  /**
   * What looking at it takes, without pulling it.
   *
   * @internal
   */
  public _describe(): Permission[] {
    return this.repositoryArn === undefined ? [] : [{ actions: ['ecr:BatchGetImage', 'ecr:DescribeImages'], resources: [this.repositoryArn] }];
  }

  /**
   * Whether the stack of `scope` makes the repository, so that the image cannot be there on its first deployment.
   *
   * @internal
   */
  public _madeBeside(scope: IConstruct): boolean {
    const { repository, built } = this.details;
    return repository !== undefined && !built && madeBeside(scope, repository);
  }

  /**
   * The registry of ECR that it is in, as Docker signs in to it; undefined if its name does not tell.
   *
   * @internal
   */
  public get _registry(): string | undefined {
    return this.details.repository?.registryUri ?? this.place()?.registry;
  }

  /**
   * The registry, if it is none of AWS.
   *
   * @internal
   */
  public get _privateRegistry(): PrivateRegistryOptions | undefined {
    return this.details.privateRegistry;
  }

  /**
   * Whether its name certainly tells a registry that is neither ECR nor one's own, such as Docker Hub or `public.ecr.aws`.
   *
   * @internal
   */
  public get _isPublic(): boolean {
    const { repository, ofAws, privateRegistry } = this.details;
    const other = repository === undefined && ofAws === undefined && privateRegistry === undefined;
    return other && !Token.isUnresolved(this.imageUri) && !isInEcr(this.imageUri);
  }

  /**
   * Whether its name certainly says neither tag nor digest.
   *
   * @internal
   */
  public get _isUntagged(): boolean {
    const [, account, , , tag, digest] = ECR_URI.exec(this.imageUri) ?? [];
    return account !== undefined && this.details.privateRegistry === undefined && tag === undefined && digest === undefined;
  }

  /**
   * What it holds as far as that is known, wherever it lies; its name, if nothing else tells it.
   *
   * @internal
   */
  public get _content(): string {
    return this.details.content ?? this.imageUri;
  }

  /**
   * Whether it is certainly an algorithm that AWS ships, which does its work without code of one's own and defines its metrics itself.
   *
   * @internal
   */
  public get _isAlgorithm(): boolean {
    return this.details.algorithm ?? false;
  }

  /**
   * What it begins with, if it was certainly made of the container kit.
   *
   * @internal
   */
  public get _kitBase(): KitBase | undefined {
    return this.details.ofKit;
  }

  /**
   * The platform that it was built for; undefined if nobody said so.
   *
   * @internal
   */
  public get _platform(): Platform | undefined {
    return this.details.platform;
  }

  /**
   * The processors that it was built for; undefined if nobody said so.
   *
   * @internal
   */
  public get _architecture(): Architecture | undefined {
    return this.details.platform && architectureOfPlatform(this.details.platform.platform);
  }

  /**
   * An image built for other processors would end in `exec format error`; what nobody said of the image, or the type's name does not tell, passes.
   *
   * @internal
   */
  public _checkRunsOn(name: string, instanceTypes: MlInstanceType[], problems: Problems): void {
    const built = this._architecture;
    const others = instanceTypes.filter(({ _architecture }) => built !== undefined && _architecture !== undefined && _architecture !== built);
    others.forEach(t => problems.check(false, `${name} is built for ${built}, but instances of ${t.instanceTypeName} have processors for ${t._architecture}`));
  }

  /**
   * The account that holds the repository; undefined if its name does not tell, and for images that AWS provides, which every kind of endpoint may use.
   *
   * @internal
   */
  public get _account(): string | undefined {
    return this.details.ofAws === undefined ? this.details.repository?.env.account ?? this.place()?.account : undefined;
  }

  /**
   * The Region that holds the repository; undefined if its name does not tell, and for images that are built here, which say themselves who uses them elsewhere.
   *
   * @internal
   */
  public get _region(): string | undefined {
    if (this.details.built) { return undefined; }
    return this.details.repository?.env.region ?? this.place()?.region;
  }

  /**
   * Why the stack of `scope` cannot name its repository; undefined if it can.
   *
   * @internal
   */
  public _unnamedFor(scope: IConstruct): string | undefined {
    const { repository } = this.details;
    return repository && unnamedElsewhere(Stack.of(scope), repository);
  }

  /**
   * `privateRegistry` says whether whatever runs the image can use one.
   *
   * @internal
   */
  public _check(name: string, problems: Problems, privateRegistry = false): void {
    const { repository, tagOrDigest } = this.details;
    if (repository !== undefined && !CfnResource.isCfnResource(repository.node.defaultChild)) { checkRepository(name, repository, problems); }
    problems.pattern(`${name} (tag or digest)`, tagOrDigest, TAG_OR_DIGEST, "be a tag of up to 128 letters, digits, '_', '.' and '-', or a digest 'sha256:…'");
    if (tagOrDigest === undefined) { problems.pattern(name, this.imageUri, /^\S{1,255}$/, 'be 1 to 255 characters without spaces'); }
    problems.check(privateRegistry || this._privateRegistry === undefined, `${name} is in a private registry, which only containers of an InferenceModel and training steps can use`);
  }

  private get repositoryArn(): string | undefined {
    const place = this.place();
    return this.details.repository?.repositoryArn ?? (place && `arn:${Aws.PARTITION}:ecr:${place.region}:${place.account}:repository/${place.repository}`);
  }

  private place(): EcrPlace | undefined {
    if (this.details.ofAws !== undefined) { return this.details.ofAws; }
    if (this.details.privateRegistry !== undefined) { return undefined; }
    const [, account, region, repository] = ECR_URI.exec(this.imageUri) ?? [];
    return account === undefined ? undefined : { account, region, repository, registry: this.imageUri.split('/')[0] };
  }
}
