export * from './container-model';
export * from './container-options';
export * from './inference-model';
export * from './model-package';
export * from './model-package-arn';
export * from './multi-model';
export * from './packaged-model';
