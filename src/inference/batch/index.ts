export * from './batch-data-capture';
export * from './batch-input';
export * from './batch-transform';
export * from './batch-transform-grants';
export * from './batch-transform-props';
export * from './batch-transform-schedule';
export * from './batch-transform-task-options';
