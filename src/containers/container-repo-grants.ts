import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { pullPermissions, pushPermissions } from './pull-permissions';
import { permit } from '../identity/permission';

/**
 * Permissions on a CustomContainerRepo.
 */
export class ContainerRepoGrants {
  /** @internal */
  constructor(private readonly repository: IRepository) {}

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
}
