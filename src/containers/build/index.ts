export * from './container-build-options';
export * from './container-source';
export * from './git-source';
export * from './image-build-options';
export * from './registry-source';
export * from './template-source';
