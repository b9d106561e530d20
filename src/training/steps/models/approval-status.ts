/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html */
export const APPROVAL_STATUSES = ['Approved', 'PendingManualApproval', 'Rejected'];

/** Somebody looks at a model before it is deployed, unless told otherwise. */
export const DEFAULT_APPROVAL_STATUS = 'PendingManualApproval';
