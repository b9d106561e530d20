import { CfnSchedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { DEFAULT_PARAMETERS, RETRIES, TriggerKind } from './trigger-kind';
import { DeadLetters } from '../../identity/dead-letters';
import { MlRole } from '../../identity/ml-role';

/**
 * Starts by the clock.
 *
 * @internal
 */
export function scheduleTrigger(schedule: ScheduleExpression): TriggerKind {
  const id = 'OnSchedule';
  return {
    id,
    says: () => [schedule.expressionString, schedule.timeZone?.timezoneName ?? ''],
    check: () => undefined, // CDK checks the expression where it is made
    bind(childId, { scope, pipelineArn }) {
      const trigger = new Construct(scope, childId);
      const letters = DeadLetters.of(scope);
      const role = new MlRole(trigger, 'Role', { service: 'scheduler.amazonaws.com', description: 'Starts a pipeline by the clock' });
      role.allow({ actions: ['sagemaker:StartPipelineExecution'], resources: [pipelineArn] }, letters.write());
      const resource = new CfnSchedule(trigger, 'Schedule', {
        description: 'Starts a pipeline by the clock',
        scheduleExpression: schedule.expressionString,
        scheduleExpressionTimezone: schedule.timeZone?.timezoneName,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: pipelineArn,
          roleArn: role.roleArn,
          sageMakerPipelineParameters: DEFAULT_PARAMETERS,
          retryPolicy: RETRIES,
          deadLetterConfig: { arn: letters.queueArn },
        },
      });
      resource.node.addDependency(role);
    },
  };
}
