export * from './instances';
export * from './compliance';
export * from './storage';
export * from './containers';
export * from './jobs';
export * from './registry';
export * from './inference';
export * from './training';
