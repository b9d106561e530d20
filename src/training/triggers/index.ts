export * from './input-object';
export * from './new-data-trigger';
export * from './pipeline-trigger';
export * from './schedule-trigger';
export * from './trigger-options';
