import { endpointRollbackAlarms } from '../../../src/compliance/rules/endpoint-rollback-alarms';

test.each<[string, any, boolean]>([
  ['an alarm', { DeploymentConfig: { AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'a' }] } } }, true],
  ['an empty list of alarms', { DeploymentConfig: { AutoRollbackConfiguration: { Alarms: [] } } }, false],
  ['only a way to roll out', { DeploymentConfig: { BlueGreenUpdatePolicy: {} } }, false],
  ['nothing', {}, false],
])('an endpoint with %s is judged', (_, properties, good) => {
  expect(endpointRollbackAlarms.check(properties, () => undefined, () => [])).toBe(good);
});
