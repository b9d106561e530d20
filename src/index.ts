export * from './compliance';
export * from './storage';
