export * from './mlflow-tracking';
export * from './pipeline-experiment';
