export * from './register-model-step';
