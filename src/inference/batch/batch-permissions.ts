import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { BatchTransformProps } from './batch-transform-props';
import { arnOf, logGroupArns, sagemakerArn } from '../../core/stacks';
import { lowerCase } from '../../core/tokens';
import { keyForVolumes, keyThrough } from '../../identity/key-permissions';
import { Permission } from '../../identity/permission-statement';

/**
 * What the role of the model needs, besides its image and artifact. `volumes` says whether the key encrypts them.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export function batchPermissions(scope: IConstruct, { input, output, dataCapture }: BatchTransformProps, key: IKey, volumes: boolean): Permission[] {
  const written = [output, ...dataCapture === undefined ? [] : [dataCapture.destination]];
  return [
    ...input._read(),
    ...written.flatMap(place => place._write()),
    ...written.some(place => place.encryptionKey === undefined) ? [keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey')] : [],
    ...volumes ? keyForVolumes(key) : [],
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: logGroupArns(scope, 'TransformJobs'),
      reason: 'The names of log streams are not known before SageMaker makes them.',
    },
    {
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': '/aws/sagemaker/TransformJobs' } },
      reason: 'cloudwatch:PutMetricData knows no resources; the condition names the namespace.',
    },
  ];
}

/** Permissions on the jobs whose names begin with a prefix. No role is passed: a job runs with that of its model. */
export class TransformJobPermissions {
  constructor(private readonly scope: IConstruct, private readonly jobNamePrefix: string, private readonly tagged: boolean) {}

  /** Starting jobs, and whatever else is to be done with them. */
  public start(...more: string[]): Permission {
    const tags = this.tagged ? ['sagemaker:AddTags'] : [];
    return {
      actions: [...new Set([...tags, 'sagemaker:CreateTransformJob', ...more])],
      resources: [sagemakerArn(this.scope, 'transform-job', `${lowerCase(this.jobNamePrefix)}-*`)],
      reason: 'Each job has a name of its own, which is not known before it starts.',
    };
  }

  /**
   * Starting jobs and waiting for their end, as Step Functions does it.
   *
   * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
   */
  public run(): Permission[] {
    return [
      this.start('sagemaker:AddTags', 'sagemaker:DescribeTransformJob', 'sagemaker:ListTags', 'sagemaker:StopTransformJob'),
      {
        actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        resources: [arnOf(this.scope, 'events', 'rule', 'StepFunctionsGetEventsForSageMakerTransformJobsRule')],
      },
    ];
  }
}
