import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { announce } from '../../delivery/announcement';

/** As events spell the states that DescribeEndpoint calls RollingBack, UpdateRollbackFailed and Failed. */
const FAILING = ['ROLLING_BACK', 'UPDATE_ROLLBACK_FAILED', 'FAILED'];

/** What is needed to notice that an update failed. */
export interface FailedUpdates {
  readonly topic: ITopicRef;
  readonly endpointName: string;
  readonly config: CfnEndpointConfig;
  readonly endpoint: CfnEndpoint;
}

/**
 * Tells a topic when an update fails or is rolled back, which SageMaker else does without a word: the endpoint is simply in service again.
 *
 * It is noticed in two ways: by a state of failure, and by an endpoint that is in service with a configuration other than the one of this template. For the second the
 * rule must know the new configuration before the endpoint does, so the endpoint waits for it. If the endpoint scales just between the two, that is announced too.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export function announceFailedUpdates(scope: Construct, { topic, endpointName, config, endpoint }: FailedUpdates): void {
  const rule = announce(scope, 'FailedUpdates', {
    topic,
    description: `Updates of the endpoint ${endpointName} that fail or are rolled back`,
    eventPattern: {
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Endpoint State Change', 'SageMaker Endpoint Deployment State Change'],
      'detail': {
        EndpointName: [endpointName],
        $or: [
          { EndpointStatus: FAILING },
          { EndpointStatus: ['IN_SERVICE'], EndpointConfigName: [{ 'anything-but': { 'equals-ignore-case': config.attrEndpointConfigName } }] },
        ],
      },
    },
  });
  endpoint.node.addDependency(rule);
}
