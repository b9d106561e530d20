export * from './definition-place';
