export * from './processing-io';
export * from './processing-step';
