import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { pullPermissions } from '../../../containers/pull-permissions';
import { logGroupArns, sagemakerArn } from '../../../core/stacks';
import { keyForVolumes, keyThrough } from '../../../identity/key-permissions';
import { Permission } from '../../../identity/permission-statement';
import { metricPermission } from '../../../identity/watching-permissions';
import { readUri, writeUri } from '../../definition/s3-uri';
import { StepContext } from '../step-context';

const NAMES_REASON = 'Autopilot makes models and endpoints to explain its candidates, and names them by itself.';

/**
 * What the role of an AutoML job needs: Autopilot runs jobs of AWS's own images with it, and makes models and endpoints.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-autopilot-perms
 */
export function autoMLPermissions(context: StepContext, reads: string[], destination?: string): Permission[] {
  const { scope, jobRoleArn, protection: { key, permissions = [] } } = context;
  const verbs = ['Create', 'Delete', 'Describe'];
  return [
    ...reads.flatMap(uri => readUri(scope, uri)),
    ...destination === undefined ? [] : [...readUri(scope, destination), ...writeUri(scope, destination)],
    { actions: ['iam:PassRole'], resources: [jobRoleArn], conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } } },
    {
      actions: [...['Endpoint', 'EndpointConfig', 'Model'].flatMap(kind => verbs.map(verb => `sagemaker:${verb}${kind}`)), 'sagemaker:InvokeEndpoint', 'sagemaker:ListTags'],
      resources: ['endpoint', 'endpoint-config', 'model'].map(kind => sagemakerArn(scope, kind, '*')),
      reason: NAMES_REASON,
    },
    ...pullFromAws(scope),
    {
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: ['ProcessingJobs', 'TrainingJobs', 'TransformJobs', 'Endpoints/*'].flatMap(group => logGroupArns(scope, group)),
      reason: 'The names of log streams and of the endpoints of Autopilot are not known before SageMaker makes them.',
    },
    metricPermission('AWS/SageMaker', '/aws/sagemaker/Endpoints', '/aws/sagemaker/ProcessingJobs', '/aws/sagemaker/TrainingJobs', '/aws/sagemaker/TransformJobs'),
    ...key === undefined ? [] : [keyThrough(key, 's3', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'), ...keyForVolumes(key)],
    ...permissions,
  ];
}

/** Pulling the images of Autopilot, which are in accounts of AWS. */
export function pullFromAws(scope: IConstruct): Permission[] {
  const { partition, region, account } = Stack.of(scope);
  const [signIn, pull] = pullPermissions(`arn:${partition}:ecr:${region}:*:repository/*`);
  return [signIn, {
    ...pull,
    conditions: { StringNotEquals: { 'aws:ResourceAccount': account } },
    reason: 'AWS does not tell the repositories of Autopilot; the condition leaves out those of this account.',
  }];
}
