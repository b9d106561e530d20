export * from './definition';
export * from './ml-training-pipeline';
export * from './ml-training-pipeline-props';
export * from './pipeline-grants';
export * from './sagemaker-pipeline';
export * from './steps';
export * from './triggers';
