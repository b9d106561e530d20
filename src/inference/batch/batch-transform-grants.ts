import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { TransformJobPermissions } from './batch-permissions';
import { permit } from '../../identity/permission';

/**
 * Permissions on the jobs of a batch transform.
 */
export class BatchTransformGrants {
  /** @internal */
  public static _of(jobs: TransformJobPermissions): BatchTransformGrants {
    return new BatchTransformGrants(jobs);
  }

  private constructor(private readonly jobs: TransformJobPermissions) {}

  /**
   * Lets `grantee` start jobs whose names begin as those of the batch transform, and look at them.
   *
   * @param grantee who starts
   */
  public start(grantee: IGrantable): Grant {
    return permit(grantee, [this.jobs.start('sagemaker:DescribeTransformJob')]);
  }
}
