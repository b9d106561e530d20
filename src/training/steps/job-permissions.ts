import { IConstruct } from 'constructs';
import { StepContext } from './step-context';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { logGroupArns, sagemakerArn } from '../../core/stacks';
import { keyForVolumes, keyThrough } from '../../identity/key-permissions';
import { Permission } from '../../identity/permission-statement';

const JOBS_REASON = "SageMaker names the jobs of pipelines 'pipelines-<execution>-<step>-<hash>'.";

/** Starting, watching and stopping jobs of one kind, `TrainingJob` for example. */
export function runJobs(scope: IConstruct, kind: string, resource: string): Permission {
  return {
    actions: ['sagemaker:AddTags', `sagemaker:Create${kind}`, `sagemaker:Describe${kind}`, `sagemaker:Stop${kind}`],
    resources: [sagemakerArn(scope, resource, 'pipelines-*')],
    reason: JOBS_REASON,
  };
}

/** What the container of any job needs: its image, unless an algorithm names it, its log, its metrics, its key. */
export function runContainer(context: StepContext, image: SageMakerImage | undefined, logs: string): Permission[] {
  const { scope, protection: { key, permissions = [] } } = context;
  return [
    ...image?._pull() ?? [],
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: logGroupArns(scope, logs),
      reason: 'The names of log streams are not known before SageMaker makes them.',
    },
    {
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringLike: { 'cloudwatch:namespace': '/aws/sagemaker/*' } },
      reason: 'cloudwatch:PutMetricData knows no resources; the condition names the namespaces.',
    },
    ...key === undefined ? [] : [keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey'), ...keyForVolumes(key)],
    ...permissions,
  ];
}
