export * from './hosting';
export * from './real-time-hosting';
