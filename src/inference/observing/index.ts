export * from './inference-endpoint-metrics';
