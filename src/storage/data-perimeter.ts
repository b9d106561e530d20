import { IVPCEndpointRef } from 'aws-cdk-lib/aws-ec2';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { Problems } from '../core/problems';
import { checkAccount, checkOrganization } from '../identity/sharing';

/**
 * Who reaches the objects of a bucket at all, and from where, whatever IAM allows. AWS services that act for themselves are let through.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
export interface DataPerimeter {
  /**
   * Id of the only organisation whose principals reach the objects, for example `o-a1b2c3d4e5`. The account of the bucket must belong to it.
   *
   * @default - principals of any organisation, as IAM and the policy of the bucket allow
   */
  readonly organizationId?: string;

  /**
   * Accounts that `organizationId` and `vpcEndpoints` do not hold for, 12 digits each. Those of `grants.readByAccount` are among them without being named.
   *
   * @default - none
   */
  readonly otherAccounts?: string[];

  /**
   * The only VPC endpoints of S3 by which objects are reached. Jobs and endpoints need a network with one of them then, and so does who uploads.
   *
   * @default - objects are reached from any network
   */
  readonly vpcEndpoints?: IVPCEndpointRef[];

  /**
   * Roles that reach the objects by any way, in spite of `vpcEndpoints`.
   *
   * @default - none but those that AWS services use for their own work, and the one that replicates
   */
  readonly exemptRoles?: IRoleRef[];
}

/** The rules of all options. */
export function checkPerimeter({ organizationId, otherAccounts, vpcEndpoints, exemptRoles }: DataPerimeter, problems: Problems): void {
  checkOrganization('perimeter.organizationId', organizationId, problems);
  if (problems.knownList('perimeter.otherAccounts', otherAccounts)) {
    otherAccounts?.forEach((account, i) => checkAccount(`perimeter.otherAccounts[${i}]`, account, problems));
  }
  problems.check(organizationId !== undefined || vpcEndpoints !== undefined, 'perimeter must hold organizationId or vpcEndpoints');
  problems.check(vpcEndpoints?.length !== 0, 'perimeter.vpcEndpoints must hold at least one endpoint, or be left out');
  problems.check(exemptRoles === undefined || vpcEndpoints !== undefined, 'perimeter.exemptRoles needs vpcEndpoints');
}
