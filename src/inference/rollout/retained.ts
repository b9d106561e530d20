import { CfnEndpointProps } from 'aws-cdk-lib/aws-sagemaker';
import { Retained } from '../hosting/hosting-kind';

/** What the endpoint says of it. */
export type RenderedRetained = Pick<CfnEndpointProps, 'retainAllVariantProperties' | 'excludeRetainedVariantProperties'>;

/** What the program says of it. */
export interface RetainedWishes {
  readonly retainInstanceCounts?: boolean;
  readonly retainWeights?: boolean;
}

/**
 * An update starts with the counts and weights that the endpoint has at that time; without this it would go back to those of the first day.
 *
 * It stands beside a deployment configuration: SageMaker takes both in one call and excludes neither, as what it retains is how large the new fleet is,
 * and what the configuration says is how traffic gets there.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
 */
export function renderRetained(byKind: Retained | undefined, wishes: RetainedWishes = {}): RenderedRetained {
  const counts = wishes.retainInstanceCounts ?? byKind !== undefined;
  const weights = wishes.retainWeights ?? byKind?.weights ?? false;
  if (!counts && !weights) { return {}; }
  const excluded = [...counts ? [] : ['DesiredInstanceCount'], ...weights ? [] : ['DesiredWeight']];
  return {
    retainAllVariantProperties: true,
    excludeRetainedVariantProperties: excluded.length === 0 ? undefined : excluded.map(variantPropertyType => ({ variantPropertyType })),
  };
}
