export * from './new-data-trigger';
export * from './pipeline-trigger';
