import { IRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { sagemakerArn } from '../core/arns';
import { lowerCase } from '../core/tokens';
import { Permission } from '../identity/permission-statement';

const TRIALS_REASON = 'SageMaker names trials and their components after executions, which are not known at synth.';

/** What the role of any pipeline needs, whatever its steps: its experiment, and passing the roles of its jobs. */
export function pipelinePermissions(scope: IConstruct, pipelineName: string, jobRoles: IRole[]): Permission[] {
  const trials = ['experiment-trial/*', 'experiment-trial-component/*'].map(r => sagemakerArn(scope, ...r.split('/') as [string, string]));
  return [
    { actions: ['iam:PassRole'], resources: jobRoles.map(r => r.roleArn), conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } } },
    {
      actions: ['sagemaker:AddTags', 'sagemaker:CreateExperiment', 'sagemaker:DescribeExperiment'],
      resources: [sagemakerArn(scope, 'experiment', lowerCase(pipelineName))],
    },
    {
      actions: [
        'sagemaker:AddTags', 'sagemaker:AssociateTrialComponent', 'sagemaker:CreateTrial', 'sagemaker:CreateTrialComponent', 'sagemaker:DescribeTrial',
        'sagemaker:DescribeTrialComponent', 'sagemaker:UpdateTrialComponent',
      ],
      resources: [sagemakerArn(scope, 'experiment', lowerCase(pipelineName)), ...trials],
      reason: TRIALS_REASON,
    },
  ];
}
