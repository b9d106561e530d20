export * from './training-channel';
export * from './training-step';
