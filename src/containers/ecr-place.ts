/** Where an image lies in ECR. */
export interface EcrPlace {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** As Docker signs in to it. */
  readonly registry: string;
}
