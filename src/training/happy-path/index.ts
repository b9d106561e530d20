export * from './training-pipeline-processing';
export * from './training-pipeline-training';
export * from './training-pipeline-evaluation';
export * from './training-pipeline-registration';
