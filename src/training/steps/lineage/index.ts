export * from './lineage-entity';
export * from './lineage-options';
export * from './lineage-step';
