import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BucketPermissions } from './artifact-bucket-permissions';
import { ArtifactPrefix } from './artifact-prefix';
import { Problems } from '../core/problems';
import { permit } from '../identity/permission';

/**
 * Permissions on a ModelArtifactBucket, by prefix. The use of the bucket's key comes along.
 */
export class ArtifactBucketGrants {
  private readonly permissions: BucketPermissions;

  /** @internal */
  constructor(private readonly owner: Construct, bucket: IBucket) {
    this.permissions = new BucketPermissions(bucket);
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

  private checked(prefix = ArtifactPrefix.ALL): string {
    const problems = new Problems();
    prefix._check('prefix', problems);
    problems.throwIfAny(this.owner);
    return prefix.prefix;
  }
}
