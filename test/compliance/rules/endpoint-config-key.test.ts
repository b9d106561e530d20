import { endpointConfigKey } from '../../../src/compliance/rules/endpoint-config-key';

const serverless = { ServerlessConfig: {} };
const instances = { InstanceType: 'ml.m5.large' };

test.each<[string, any, boolean]>([
  ['a key', { KmsKeyId: 'arn', ProductionVariants: [instances] }, true],
  ['a key known at deployment', { KmsKeyId: { Ref: 'Key' }, ProductionVariants: [instances] }, true],
  ['no key', { ProductionVariants: [instances] }, false],
  ['no key and no volumes', { ProductionVariants: [serverless] }, true],
  ['no key and some volumes', { ProductionVariants: [serverless, instances] }, false],
])('an endpoint configuration with %s is judged', (_, properties, good) => {
  expect(endpointConfigKey.check(properties, () => undefined, () => [])).toBe(good);
});
