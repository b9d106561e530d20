import { Duration } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnInferenceComponent } from 'aws-cdk-lib/aws-sagemaker';

/** How a new version of a component takes over, copy by copy: an endpoint's own rollout is about its instances only. */
export interface ComponentRollout {
  /** Size of a batch, 5 to 50 % of the copies. */
  readonly batchPercent: number;
  /** How long the alarms are watched after each batch. */
  readonly wait: Duration;
  readonly maximumExecutionTime?: Duration;
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceComponentDeploymentConfig.html */
export function renderComponentRollout(
  { batchPercent, wait, maximumExecutionTime }: ComponentRollout, alarms: CfnAlarm[],
): CfnInferenceComponent.InferenceComponentDeploymentConfigProperty {
  return {
    rollingUpdatePolicy: {
      maximumBatchSize: { type: 'CAPACITY_PERCENT', value: batchPercent },
      waitIntervalInSeconds: wait.toSeconds(),
      maximumExecutionTimeoutInSeconds: maximumExecutionTime?.toSeconds(),
    },
    autoRollbackConfiguration: alarms.length === 0 ? undefined : { alarms: alarms.map(a => ({ alarmName: a.ref })) },
  };
}
