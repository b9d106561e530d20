export * from './pipeline-condition';
export * from './pipeline-execution';
export * from './pipeline-parameter';
export * from './pipeline-variable';
export * from './report-metric';
