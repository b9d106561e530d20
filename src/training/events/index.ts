export * from './pipeline-events';
export * from './pipeline-metrics';
export * from './pipeline-notifications';
export * from './pipeline-target';
