import { IConstruct } from 'constructs';
import { arnOf } from '../../../core/stacks';
import { Permission } from '../../../identity/permission-statement';

/** Passing a role to one service only. */
export function passRole(roleArn: string, service: string): Permission {
  return { actions: ['iam:PassRole'], resources: [roleArn], conditions: { StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } } };
}

/**
 * The rule by which SageMaker hears of the end of the job.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol-pipelines.html
 */
export function statusRule(scope: IConstruct, of: string, reason?: string): Permission {
  return {
    actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
    resources: [arnOf(scope, 'events', 'rule', `SageMakerPipelineExecutionEMR${of}StatusUpdateRule`)],
    reason,
  };
}
