export * from './component-adapter';
export * from './component-placement';
export * from './component-specification';
export * from './inference-component-options';
export * from './scale-in-policy';
