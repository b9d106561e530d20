export * from './artifact-bucket-grants';
export * from './artifact-prefix';
export * from './dataset';
export * from './model-access';
export * from './model-artifact';
export * from './model-artifact-bucket';
export * from './s3-file';
export * from './s3-prefix';
