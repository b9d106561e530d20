import { IConstruct } from 'constructs';
import { sagemakerArn } from '../../../core/stacks';
import { Permission } from '../../../identity/permission-statement';

const NAMES_REASON = 'SageMaker names tuning jobs of pipelines, and their training jobs, itself.';

/** Starting, watching and stopping tunings, whose names have no beginning that is known, and looking at their trainings. */
export function runTunings(scope: IConstruct): Permission[] {
  return [
    {
      actions: [
        'sagemaker:AddTags', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:DescribeHyperParameterTuningJob',
        'sagemaker:ListTrainingJobsForHyperParameterTuningJob', 'sagemaker:StopHyperParameterTuningJob',
      ],
      resources: [sagemakerArn(scope, 'hyper-parameter-tuning-job', '*')],
      reason: NAMES_REASON,
    },
    { actions: ['sagemaker:AddTags', 'sagemaker:DescribeTrainingJob'], resources: [sagemakerArn(scope, 'training-job', '*')], reason: NAMES_REASON },
  ];
}
