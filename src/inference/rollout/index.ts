export * from './all-at-once-rollout';
export * from './canary-rollout';
export * from './linear-rollout';
export * from './rolling-rollout';
export * from './rollout';
export * from './rollout-options';
