export * from './artifact-bucket-grants';
export * from './artifact-prefix';
export * from './data-set';
export * from './model-artifact';
export * from './model-artifact-bucket';
