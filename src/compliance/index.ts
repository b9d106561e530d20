export * from './compliance-options';
export * from './compliance-pack';
export * from './ml-security-checks';
