export * from './container-model';
export * from './hosting';
export * from './inference-endpoint';
export * from './inference-endpoint-grants';
export * from './inference-endpoint-metrics';
export * from './inference-model';
export * from './model-package';
export * from './real-time-hosting';
