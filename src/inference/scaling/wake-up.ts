import { CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { ScalingPlace } from './scaling-place';

/** About the time that the first one takes to start, so that the alarm does not bring a second one meanwhile. */
const COOLDOWN_SECONDS = 300;

/** The metric that tells of requests while nothing runs. */
export interface WakeUp {
  readonly metricName: string;
  readonly statistic: string;
  /** What happens to the requests, in words. */
  readonly meanwhile: string;
}

/**
 * Following a metric cannot leave zero, since it is a metric per instance or copy: an alarm and a policy bring the first one.
 *
 * The alarm goes off at 1; AWS's own example for components, `GreaterThanThreshold 1`, waits for a second failed call within the same minute.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-autoscale.html
 * https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-zero-instances.html
 */
export function makeWakeUp(wakeUp: WakeUp, { scope, dimension, what }: ScalingPlace, scalingTargetId: string): CfnScalingPolicy {
  const { metricName, statistic, meanwhile } = wakeUp;
  const policy = new CfnScalingPolicy(scope, 'WakeUp', {
    scalingTargetId,
    policyName: 'WakeUp',
    policyType: 'StepScaling',
    stepScalingPolicyConfiguration: {
      adjustmentType: 'ChangeInCapacity',
      metricAggregationType: 'Maximum',
      cooldown: COOLDOWN_SECONDS,
      stepAdjustments: [{ metricIntervalLowerBound: 0, scalingAdjustment: 1 }],
    },
  });
  new CfnAlarm(scope, 'WakeUpAlarm', {
    alarmDescription: `Requests to ${what} ${meanwhile}, since nothing runs: the first is started`,
    namespace: 'AWS/SageMaker',
    metricName,
    dimensions: [dimension],
    statistic,
    period: 60,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: 'notBreaching',
    alarmActions: [policy.attrArn],
  });
  return policy;
}
