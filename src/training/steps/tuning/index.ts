export * from './hyperparameter-range';
export * from './tuning-objective';
export * from './tuning-step';
export * from './tuning-step-props';
export * from './tuning-strategy';
export * from './tuning-training-job';
export * from './tuning-warm-start';
