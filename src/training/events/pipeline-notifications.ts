import { ITopicRef } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { executionPattern, stepPattern } from './patterns';
import { Problems } from '../../core/problems';
import { announce, Announcement } from '../../delivery/announcement';
import { announceDeadLetters } from '../../delivery/dead-letter-alarm';
import { checkTopicHere } from '../../delivery/topic-check';
import { IModelRegistry } from '../../registry/model-registry';
import { versionPattern } from '../../registry/version-events';

/**
 * Who is told what becomes of the executions of a pipeline. Each message is a sentence that names pipeline, execution and time. Topics are standard topics of
 * the pipeline's Region; others are an error.
 */
export interface PipelineNotifications {
  /**
   * Topic that is told of each execution that fails, or ends with failures, and of each deletion of a TransientEndpoint that fails.
   *
   * @default - nobody is told
   */
  readonly onFailure?: ITopicRef;

  /**
   * Topic that is told of each execution that succeeds.
   *
   * @default - nobody is told
   */
  readonly onSuccess?: ITopicRef;

  /**
   * Topic that is told of each execution that is stopped.
   *
   * @default - nobody is told
   */
  readonly onStopped?: ITopicRef;

  /**
   * Topic that is told of each step that fails, and why.
   *
   * @default - nobody is told
   */
  readonly onStepFailure?: ITopicRef;

  /**
   * Topic that is told of each version, in the registries that the pipeline registers in, that waits for somebody to approve it.
   *
   * @default - nobody is told
   */
  readonly onApprovalNeeded?: ITopicRef;

  /**
   * Topic that an alarm tells when a start or a notice could not be delivered, or the deletion of a TransientEndpoint failed, and waits in the dead-letter
   * queue. One alarm, 0.10 USD a month in most Regions.
   *
   * @default - nobody is told; `metrics.deadLetters()` of the pipeline counts
   */
  readonly onDeadLetters?: ITopicRef;
}

/** What the messages are about. */
interface Announced {
  readonly pipelineName: string;
  /** Where the pipeline registers models. */
  readonly registries: IModelRegistry[];
}

/** Nobody waits for what cannot come. */
export function checkNotifications(
  scope: Construct, notifications: PipelineNotifications | undefined, registries: IModelRegistry[], problems: Problems,
): void {
  for (const prop of ['onFailure', 'onSuccess', 'onStopped', 'onStepFailure', 'onApprovalNeeded', 'onDeadLetters'] as const) {
    checkTopicHere(`notifications.${prop}`, notifications?.[prop], scope, problems);
  }
  problems.check(notifications?.onApprovalNeeded === undefined || registries.length > 0, 'notifications.onApprovalNeeded needs a step that registers models');
}

/** One rule for each topic; what they cannot deliver goes to the queue of `scope`. */
export function bindNotifications(scope: Construct, notifications: PipelineNotifications | undefined, { pipelineName, registries }: Announced): void {
  const tell = (id: string, topic: ITopicRef | undefined, what: Omit<Announcement, 'topic'>) => topic && announce(scope, id, { ...what, topic });
  const ended = (id: string, topic: ITopicRef | undefined, how: string, statuses: string[]) => tell(id, topic, {
    description: `Executions of a pipeline that ${how}`,
    eventPattern: executionPattern(scope, pipelineName, statuses),
    message: { text: 'An execution of the pipeline <pipeline> ended at <time> as <status>: <execution>', paths: EXECUTION },
  });
  ended('FailureNotice', notifications?.onFailure, 'fail', ['Failed', 'CompletedWithFailures']);
  ended('SuccessNotice', notifications?.onSuccess, 'succeed', ['Succeeded']);
  ended('StoppedNotice', notifications?.onStopped, 'are stopped', ['Stopped']);
  tell('StepFailureNotice', notifications?.onStepFailure, {
    description: 'Steps of a pipeline that fail',
    eventPattern: stepPattern(scope, pipelineName, ['Failed'], undefined),
    message: { text: 'The step <step> of the pipeline <pipeline> failed at <time>: <reason>. Execution: <execution>', paths: STEP },
  });
  tell('ApprovalNotice', notifications?.onApprovalNeeded, {
    description: 'Model versions that wait for approval',
    eventPattern: versionPattern([...new Set(registries)], 'PendingManualApproval'),
    message: { text: 'Version <version> of the model <group> waits for approval since <time>: <model>', paths: VERSION },
  });
  if (notifications?.onDeadLetters !== undefined) {
    announceDeadLetters(scope, notifications.onDeadLetters, 'A start or a notice of a pipeline could not be delivered');
  }
}

const EXECUTION = { execution: '$.detail.pipelineExecutionArn', pipeline: '$.detail.pipelineArn', status: '$.detail.currentPipelineExecutionStatus', time: '$.time' };
const STEP = {
  execution: '$.detail.pipelineExecutionArn', pipeline: '$.detail.pipelineArn', reason: '$.detail.failureReason', step: '$.detail.stepName', time: '$.time',
};
const VERSION = { group: '$.detail.ModelPackageGroupName', model: '$.detail.ModelPackageArn', time: '$.time', version: '$.detail.ModelPackageVersion' };
