export * from './aws-image';
