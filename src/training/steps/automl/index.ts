export * from './automl-channel';
export * from './automl-step';
export * from './automl-values';
