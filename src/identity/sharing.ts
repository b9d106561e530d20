import { Problems } from '../core/problems';

/** An account that something is shared with. */
export function checkAccount(name: string, account: string, problems: Problems): void {
  problems.pattern(name, account, /^\d{12}$/, 'be 12 digits');
}

/** An organisation, as AWS Organizations names it. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export function checkOrganization(name: string, organizationId: string | undefined, problems: Problems): void {
  problems.pattern(name, organizationId, /^o-[a-z0-9]{10,32}$/, "look like 'o-a1b2c3d4e5'");
}
