export * from './athena-query';
export * from './processing-input';
export * from './processing-output';
export * from './processing-report';
export * from './processing-step';
export * from './processing-step-props';
export * from './query-options';
export * from './redshift-query';
