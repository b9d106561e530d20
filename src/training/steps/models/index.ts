export * from './inference-specification';
export * from './model-metrics';
export * from './model-step';
export * from './model-version-details';
export * from './register-model-step';
export * from './registered-container';
export * from './step-container';
export * from './step-model';
