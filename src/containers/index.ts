export * from './container-repo-grants';
export * from './custom-container-repo';
export * from './ml-instance-type';
export * from './private-registry';
export * from './sagemaker-image';
