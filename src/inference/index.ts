export * from './hosting';
export * from './inference-endpoint';
export * from './inference-endpoint-grants';
export * from './inference-endpoint-props';
export * from './models';
export * from './observing';
export * from './rollout';
export * from './scaling-guard';
