export * from './script-code';
