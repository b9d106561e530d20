export * from './endpoint-config-step';
export * from './endpoint-step';
export * from './inference-component-step';
export * from './step-async-inference';
export * from './step-variant';
export * from './transient-endpoint';
