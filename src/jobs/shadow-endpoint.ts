import { IConstruct } from 'constructs';
import { sagemakerArn } from '../core/stacks';
import { Permission } from '../identity/permission-statement';

/** As the endpoint is called in https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-vpc.html; its configuration begins alike. */
const SHADOW = 'sagemaker-clarify-*';

/**
 * What a job of Clarify needs that asks a model: it makes an endpoint for it and deletes it again.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-vpc.html#clarify-vpc-nat
 */
export function shadowEndpoint(scope: IConstruct, modelArn: string, modelReason?: string): Permission[] {
  const config = sagemakerArn(scope, 'endpoint-config', SHADOW);
  const endpoint = sagemakerArn(scope, 'endpoint', SHADOW);
  const reason = 'Clarify names the endpoint that it makes for a run, and its configuration.';
  return [
    { actions: ['sagemaker:DescribeModel'], resources: [modelArn], reason: modelReason },
    { actions: ['sagemaker:AddTags', 'sagemaker:CreateEndpoint'], resources: [config, endpoint], reason },
    { actions: ['sagemaker:CreateEndpointConfig', 'sagemaker:DeleteEndpointConfig', 'sagemaker:DescribeEndpointConfig'], resources: [config], reason },
    { actions: ['sagemaker:DeleteEndpoint', 'sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'], resources: [endpoint], reason },
  ];
}
