import { Validations } from 'aws-cdk-lib';
import { AccountPrincipal, Grant, IGrantable, IPrincipal, OrganizationPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BucketPermissions } from './artifact-bucket-permissions';
import { ArtifactPrefix } from './artifact-prefix';
import { Problems } from '../core/problems';
import { permit } from '../identity/permission';
import { Permission } from '../identity/permission-statement';
import { checkAccount, checkOrganization } from '../identity/sharing';

/**
 * Permissions on a ModelArtifactBucket, by prefix. The use of the bucket's key comes along.
 *
 * The policies of an imported bucket and of an imported key cannot be changed, so principals of the same account get all that they need, and those of other
 * accounts only their own side.
 */
export class ArtifactBucketGrants {
  /**
   * Accounts that read.
   *
   * @internal
   */
  public readonly _accounts: string[] = [];

  private readonly permissions: BucketPermissions;

  /** @internal */
  constructor(private readonly owner: Construct, private readonly bucket: IBucket, key: IKey) {
    this.permissions = new BucketPermissions(bucket, key);
  }

  /**
   * Lets `grantee` list and read the objects below a prefix.
   *
   * @param grantee who reads
   * @param prefix where; all of the bucket if left out
   */
  public read(grantee: IGrantable, prefix?: ArtifactPrefix): Grant {
    return permit(grantee, this.permissions.read(this.checked(prefix)));
  }

  /**
   * Lets `grantee` write objects below a prefix.
   *
   * @param grantee who writes
   * @param prefix where; all of the bucket if left out
   */
  public write(grantee: IGrantable, prefix?: ArtifactPrefix): Grant {
    return permit(grantee, this.permissions.write(this.checked(prefix)));
  }

  /**
   * Lets `grantee` list, read and write the objects below a prefix.
   *
   * @param grantee who reads and writes
   * @param prefix where; all of the bucket if left out
   */
  public readWrite(grantee: IGrantable, prefix?: ArtifactPrefix): Grant {
    return this.read(grantee, prefix).combine(this.write(grantee, prefix));
  }

  /**
   * Lets another account say which of its roles list and read the objects below a prefix. Those need the use of the key, `kms:Decrypt`, as well.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
   * @param accountId the account, 12 digits
   * @param prefix where; all of the bucket if left out
   */
  public readByAccount(accountId: string, prefix?: ArtifactPrefix): void {
    const problems = new Problems();
    checkAccount('accountId', accountId, problems);
    this.share(() => new AccountPrincipal(accountId), prefix, problems);
    this._accounts.push(accountId);
  }

  /**
   * Lets every account of an organisation say which of its roles list and read the objects below a prefix.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
   * @param organizationId id of the organisation, for example `o-a1b2c3d4e5`
   * @param prefix where; all of the bucket if left out
   */
  public readByOrganization(organizationId: string, prefix?: ArtifactPrefix): void {
    const problems = new Problems();
    checkOrganization('organizationId', organizationId, problems);
    this.share(() => new OrganizationPrincipal(organizationId), prefix, problems);
  }

  /** The bucket's own policy and the key's, since neither account can give what belongs to the other. */
  private share(principal: () => IPrincipal, prefix: ArtifactPrefix | undefined, problems: Problems): void {
    const statements = this.permissions.read(this.checked(prefix, problems));
    const shared = statements.map(statement => [statement, this.add(statement, principal())] as const);
    const refused = shared.filter(([, added]) => !added).map(([{ resource }]) => resource);
    problems.check(!refused.includes(this.bucket), 'the bucket is imported, so its policy cannot be changed here: share it where it is made');
    problems.throwIfAny(this.owner, 'ModelArtifactBucket');
    if (refused.length > 0) {
      Validations.of(this.owner).addWarning('cdk-ml-patterns:keyNotShared',
        'The key of the bucket is imported, so its policy cannot be changed here: it must let those who read from other accounts use kms:Decrypt.');
    }
  }

  private add({ actions, resources, selfArns, conditions, resource }: Permission, principal: IPrincipal): boolean {
    const statement = new PolicyStatement({ actions, resources: selfArns ?? resources, conditions, principals: [principal] });
    return resource!.addToResourcePolicy(statement).statementAdded;
  }

  private checked(prefix = ArtifactPrefix.ALL, problems = new Problems()): string {
    prefix._check('prefix', problems);
    problems.throwIfAny(this.owner, 'ModelArtifactBucket');
    return prefix.prefix;
  }
}
