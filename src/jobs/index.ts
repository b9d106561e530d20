export * from './data-capture';
export * from './transform-options';
export * from './transform-split';
export * from './transform-values';
