export * from './ml-instance-type';
