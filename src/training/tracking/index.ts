export * from './metadata-properties';
export * from './mlflow-tracking';
export * from './pipeline-experiment';
