import { IConstruct } from 'constructs';
import { sagemakerArn } from '../../core/stacks';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-pipeline */
export function executionPattern(scope: IConstruct, pipelineName: string, statuses: string[] | undefined) {
  return pattern(scope, pipelineName, 'SageMaker Model Building Pipeline Execution Status Change', { currentPipelineExecutionStatus: statuses });
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-pipeline-step */
export function stepPattern(scope: IConstruct, pipelineName: string, statuses: string[] | undefined, stepNames: string[] | undefined) {
  return pattern(scope, pipelineName, 'SageMaker Model Building Pipeline Execution Step Status Change', { currentStepStatus: statuses, stepName: stepNames });
}

/** By the ARN in any case, since SageMaker may write it in lower case. */
function pattern(scope: IConstruct, pipelineName: string, detailType: string, conditions: Record<string, string[] | undefined>) {
  const arn = sagemakerArn(scope, 'pipeline', pipelineName);
  return {
    'source': ['aws.sagemaker'],
    'detail-type': [detailType],
    'detail': { pipelineArn: [{ 'equals-ignore-case': arn }], ...Object.fromEntries(Object.entries(conditions).filter(([, v]) => v !== undefined)) },
  };
}
