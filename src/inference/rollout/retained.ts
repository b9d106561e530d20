import { CfnEndpointProps } from 'aws-cdk-lib/aws-sagemaker';
import { Retained } from '../hosting/hosting-kind';

/**
 * An update starts with the counts and weights that the endpoint has at that time; without this it would go back to those of the first day.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
 */
export function renderRetained(retained: Retained | undefined): Pick<CfnEndpointProps, 'retainAllVariantProperties' | 'excludeRetainedVariantProperties'> {
  if (retained === undefined) { return {}; }
  return {
    retainAllVariantProperties: true,
    excludeRetainedVariantProperties: retained.weights ? undefined : [{ variantPropertyType: 'DesiredWeight' }],
  };
}
