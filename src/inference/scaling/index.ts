export * from './backlog-scaling';
export * from './capacity-schedule';
export * from './capacity-steps';
export * from './concurrency-scaling';
export * from './copy-scaling';
export * from './instance-scaling';
export * from './office-hours';
export * from './scaling-options';
