export * from './emr-cluster-options';
export * from './emr-instances';
export * from './emr-serverless-application';
export * from './emr-serverless-job';
export * from './emr-serverless-step';
export * from './emr-step';
export * from './emr-step-cluster';
