export * from './component-metrics';
export * from './endpoint-alarms';
export * from './endpoint-alarms-options';
export * from './inference-endpoint-metrics';
export * from './standard-alarm';
