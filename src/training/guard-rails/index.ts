export * from './pipeline-guard-rails';
