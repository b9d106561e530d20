import { IModelRegistry } from './model-registry';

/** Whether a version may be deployed. */
export type Approval = 'Approved' | 'PendingManualApproval' | 'Rejected';

/**
 * Events of versions that are complete and have this status; SageMaker also sends events of versions that it is still making.
 *
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-model-package
 */
export function versionPattern(registries: IModelRegistry[], approval: Approval) {
  return {
    'source': ['aws.sagemaker'],
    'detail-type': ['SageMaker Model Package State Change'],
    'detail': {
      ModelPackageGroupName: registries.map(r => r.modelPackageGroupName),
      ModelPackageStatus: ['Completed'],
      ModelApprovalStatus: [approval],
    },
  };
}
