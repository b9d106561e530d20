export * from './problem-type';
