import { Aws, Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { pullPermissions } from './pull-permissions';
import { madeBeside } from '../core/made-beside';
import { Problems } from '../core/problems';
import { permit } from '../identity/permission';
import { Permission } from '../identity/permission-statement';

/** An image in a private repository of ECR: account, Region, repository. */
const ECR_URI = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[a-z.]+\/([a-z0-9._\/-]+)(?::[^@/]+|@sha256:[0-9a-f]{64})$/;

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html */
const TAG_OR_DIGEST = /^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|sha256:[0-9a-f]{64})$/;

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
    return new SageMakerImage(repository.repositoryUriForTagOrDigest(tagOrDigest), repository, tagOrDigest);
  }

  /**
   * An image by its full name.
   *
   * @param imageUri for example `111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2`; of an image in ECR, the right to pull from its
   * repository comes along, for any other it must be given to the role that runs it
   */
  public static fromUri(imageUri: string): SageMakerImage {
    return new SageMakerImage(imageUri);
  }

  /**
   * An image of a repository whose URI is known better than CDK knows it.
   *
   * @internal
   */
  public static _of(imageUri: string, repository: IRepository, tagOrDigest: string): SageMakerImage {
    return new SageMakerImage(imageUri, repository, tagOrDigest);
  }

  private constructor(
    /** Full name of the image. */
    public readonly imageUri: string,
    private readonly repository?: IRepository,
    private readonly tagOrDigest?: string,
  ) {}

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
    const arn = this.repository?.repositoryArn ?? this.arnFromUri();
    return arn === undefined ? [] : pullPermissions(arn);
  }

  /**
   * What looking at it takes, without pulling it.
   *
   * @internal
   */
  public _describe(): Permission[] {
    const arn = this.repository?.repositoryArn ?? this.arnFromUri();
    return arn === undefined ? [] : [{ actions: ['ecr:BatchGetImage', 'ecr:DescribeImages'], resources: [arn] }];
  }

  /**
   * Whether the stack of `scope` makes the repository, so that the image cannot be there on its first deployment.
   *
   * @internal
   */
  public _madeBeside(scope: IConstruct): boolean {
    return this.repository !== undefined && madeBeside(scope, this.repository);
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(`${name} (tag or digest)`, this.tagOrDigest, TAG_OR_DIGEST, "be a tag of up to 128 letters, digits, '_', '.' and '-', or a digest 'sha256:…'");
    if (this.tagOrDigest === undefined) { problems.pattern(name, this.imageUri, /^\S{1,255}$/, 'be 1 to 255 characters without spaces'); }
  }

  private arnFromUri(): string | undefined {
    if (Token.isUnresolved(this.imageUri)) { return undefined; }
    const [, account, region, repository] = ECR_URI.exec(this.imageUri) ?? [];
    return account === undefined ? undefined : `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repository}`;
  }
}
