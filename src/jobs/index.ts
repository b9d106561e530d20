export * from './data-capture';
export * from './problem-type';
export * from './text-granularity';
export * from './transform-options';
export * from './transform-split';
export * from './transform-values';
