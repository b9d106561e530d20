/** The address of a registry of ECR, also one for FIPS or for IPv6, at the beginning of a name. */
const REGISTRY = /^[^/]*\.dkr[.-]ecr[.-]/;

/** Whether the name of an image certainly begins with a registry of ECR, though it may not tell which. */
export function isInEcr(imageUri: string): boolean {
  return REGISTRY.test(imageUri);
}

/** Where an image lies in ECR. */
export interface EcrPlace {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** As Docker signs in to it. */
  readonly registry: string;
}
