export * from './instance-type-changes';
