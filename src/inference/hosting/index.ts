export * from './asynchronous-hosting-options';
export * from './components-hosting-options';
export * from './hosting';
export * from './real-time-hosting-options';
export * from './serverless-hosting-options';
