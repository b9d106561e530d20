export * from './transform-step';
