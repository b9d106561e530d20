export * from './invoke-async-task-props';
export * from './invoke-task-props';
