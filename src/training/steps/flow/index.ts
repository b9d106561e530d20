export * from './condition-step';
export * from './fail-step';
