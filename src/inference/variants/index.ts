export * from './capacity-reservation';
export * from './inference-ami-version';
export * from './instance-settings';
export * from './instance-variant';
export * from './metrics-publishing';
export * from './routing';
export * from './shadow-variant';
