import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IModelRegistry } from './model-registry';
import { readPermissions, registerPermissions } from './registry-permissions';
import { permit } from '../identity/permission';

/**
 * Permissions on a ModelRegistry.
 */
export class ModelRegistryGrants {
  /** @internal */
  constructor(private readonly registry: IModelRegistry) {}

  /**
   * Lets `grantee` register model versions.
   *
   * @param grantee who registers
   */
  public register(grantee: IGrantable): Grant {
    return permit(grantee, registerPermissions(this.registry));
  }

  /**
   * Lets `grantee` read the group and its model versions.
   *
   * @param grantee who reads
   */
  public read(grantee: IGrantable): Grant {
    return permit(grantee, readPermissions(this.registry));
  }
}
