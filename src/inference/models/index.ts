export * from './container-model';
export * from './inference-model';
export * from './model-package';
