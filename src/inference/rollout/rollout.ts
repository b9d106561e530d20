import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { Fleet } from '../hosting/hosting-kind';

/** How long the alarms are watched after the new instances have taken over; longer than the alarms look back. */
const BAKE_SECONDS = 300;

/**
 * How a new version of an endpoint takes over from the old one, and what rolls it back.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
 */
export class Rollout {
  /** All traffic at once, to new instances beside the old ones; back to the old ones if an alarm goes off. */
  public static allAtOnce(): Rollout {
    return new Rollout();
  }

  private constructor() {}

  /** @internal */
  public _check(_problems: Problems, _fleet: Fleet): void {}

  /** @internal */
  public _render(alarms: CfnAlarm[]): CfnEndpoint.DeploymentConfigProperty {
    return {
      autoRollbackConfiguration: { alarms: alarms.map(a => ({ alarmName: a.ref })) },
      blueGreenUpdatePolicy: {
        trafficRoutingConfiguration: { type: 'ALL_AT_ONCE', waitIntervalInSeconds: BAKE_SECONDS },
        terminationWaitInSeconds: BAKE_SECONDS,
      },
    };
  }
}
