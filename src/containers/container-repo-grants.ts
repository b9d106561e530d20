import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { AccountPrincipal, Grant, IGrantable, IPrincipal, OrganizationPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { PULL_ACTIONS, pullPermissions, pushPermissions } from './pull-permissions';
import { Excuse } from '../compliance/excuses';
import { Problems } from '../core/problems';
import { permit } from '../identity/permission';
import { checkAccount, checkOrganization } from '../identity/sharing';

/**
 * Permissions on a CustomContainerRepo.
 */
export class ContainerRepoGrants {
  private shared = false;

  /** @internal */
  constructor(private readonly owner: IConstruct, private readonly repository: IRepository) {}

  /**
   * Lets `grantee` pull images from this repository, and from no other.
   *
   * @param grantee who runs the images
   */
  public pull(grantee: IGrantable): Grant {
    return permit(grantee, pullPermissions(this.repository.repositoryArn));
  }

  /**
   * Lets `grantee` push images to this repository, and to no other.
   *
   * @param grantee who builds the images
   */
  public push(grantee: IGrantable): Grant {
    return permit(grantee, pushPermissions(this.repository.repositoryArn));
  }

  /**
   * Lets another account say which of its roles pull images, as SageMaker there does with the role of a job or of an endpoint. The key of the repository
   * need not know them, since ECR decrypts images by itself. Serverless endpoints take images of their own account only.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
   * @param accountId the account, 12 digits
   */
  public pullByAccount(accountId: string): void {
    const problems = new Problems();
    checkAccount('accountId', accountId, problems);
    problems.throwIfAny(this.owner, 'CustomContainerRepo');
    this.share(new AccountPrincipal(accountId));
  }

  /**
   * Lets every account of an organisation say which of its roles pull images.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
   * @param organizationId id of the organisation, for example `o-a1b2c3d4e5`
   */
  public pullByOrganization(organizationId: string): void {
    const problems = new Problems();
    checkOrganization('organizationId', organizationId, problems);
    problems.throwIfAny(this.owner, 'CustomContainerRepo');
    this.share(new OrganizationPrincipal(organizationId));
    this.shared = true;
  }

  /**
   * What a pack says of the policy, which it reads without its conditions.
   *
   * @internal
   */
  public _excuses(): Excuse[] {
    return this.shared ? [{ rule: 'AwsSolutions-ECR1', reason: 'Only principals of one organisation may pull: the statement has the condition aws:PrincipalOrgID.' }] : [];
  }

  private share(principal: IPrincipal): void {
    const { statementAdded } = this.repository.addToResourcePolicy(new PolicyStatement({ actions: PULL_ACTIONS, principals: [principal] }));
    const problems = new Problems();
    problems.check(statementAdded, 'the repository is imported, so its policy cannot be changed here: share it where it is made');
    problems.throwIfAny(this.owner, 'CustomContainerRepo');
  }
}
