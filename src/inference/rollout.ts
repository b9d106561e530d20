import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';

/** How long the alarms are watched after the new instances have taken over; longer than the alarms look back. */
const BAKE_SECONDS = 300;

/**
 * How a new version takes over: all at once on new instances beside the old ones, back to the old ones if an alarm goes off.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green-all-at-once.html
 */
export function renderRollout(alarms: CfnAlarm[]): CfnEndpoint.DeploymentConfigProperty {
  return {
    autoRollbackConfiguration: { alarms: alarms.map(a => ({ alarmName: a.ref })) },
    blueGreenUpdatePolicy: {
      trafficRoutingConfiguration: { type: 'ALL_AT_ONCE', waitIntervalInSeconds: BAKE_SECONDS },
      terminationWaitInSeconds: BAKE_SECONDS,
    },
  };
}
