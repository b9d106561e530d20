import { IRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { PipelineExecution } from './definition/pipeline-execution';
import { PipelineParameter } from './definition/pipeline-parameter';
import { textParts } from './definition/render';
import { PipelineExperiment } from './tracking/pipeline-experiment';
import { sagemakerArn } from '../core/stacks';
import { lowerCase } from '../core/tokens';
import { Permission } from '../identity/permission-statement';

const TRIALS_REASON = 'SageMaker names trials and their components after executions, which are not known at synth.';
const EXPERIMENT_REASON = 'Each execution may name another experiment.';

/** What the role of any pipeline needs, whatever its steps: its experiment, and passing the roles of its jobs. */
export function pipelinePermissions(scope: IConstruct, pipelineName: string, jobRoles: IRole[], experiment?: PipelineExperiment): Permission[] {
  return [
    ...jobRoles.length === 0 ? [] : [{
      actions: ['iam:PassRole'], resources: jobRoles.map(r => r.roleArn), conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }],
    ...experimentPermissions(scope, experimentNames(pipelineName, experiment)),
  ];
}

function experimentPermissions(scope: IConstruct, names: string[]): Permission[] {
  if (names.length === 0) { return []; }
  const experiments = names.map(name => sagemakerArn(scope, 'experiment', lowerCase(name)));
  const trials = ['experiment-trial', 'experiment-trial-component'].map(resource => sagemakerArn(scope, resource, '*'));
  return [
    {
      actions: ['sagemaker:AddTags', 'sagemaker:CreateExperiment', 'sagemaker:DescribeExperiment'],
      resources: experiments,
      reason: names.some(name => name.endsWith('*')) ? EXPERIMENT_REASON : undefined,
    },
    {
      actions: [
        'sagemaker:AddTags', 'sagemaker:AssociateTrialComponent', 'sagemaker:CreateTrial', 'sagemaker:CreateTrialComponent', 'sagemaker:DescribeTrial',
        'sagemaker:DescribeTrialComponent', 'sagemaker:UpdateTrialComponent',
      ],
      resources: [...experiments, ...trials],
      reason: TRIALS_REASON,
    },
  ];
}

/** The experiments that executions may name; what is not known at synth is `*`. */
function experimentNames(pipelineName: string, experiment: PipelineExperiment | undefined): string[] {
  if (experiment === undefined) { return [pipelineName]; }
  if (experiment._experimentName === undefined) { return []; }
  const [first, ...others] = textParts(experiment._experimentName).map(p => p === PipelineExecution.PIPELINE_NAME ? pipelineName : p);
  if (first instanceof PipelineParameter && others.length === 0 && first._allowedValues !== undefined) { return first._allowedValues; }
  const known = typeof first === 'string' ? first : '';
  return [typeof first === 'string' && others.length === 0 ? known : `${known}*`];
}
