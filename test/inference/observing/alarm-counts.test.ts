import { readFileSync } from 'fs';
import { join } from 'path';
import { Size } from 'aws-cdk-lib';
import { ArtifactPrefix, Hosting } from '../../../src';
import { hosted, MODEL } from '../hosted';

const PAGE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'inference-endpoint.md'), 'utf8');

test.each<[string, Parameters<typeof hosted>[0]]>([
  ['real-time', Hosting.realTime({ model: MODEL })],
  ['serverless', Hosting.serverless({ model: MODEL })],
  ['asynchronous', a => Hosting.asynchronous({ model: MODEL, input: a.at(ArtifactPrefix.ASYNC_INPUT), output: a.at(ArtifactPrefix.ASYNC_OUTPUT) })],
  ['components', Hosting.components({ components: [{ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1) }] })],
])('the page tells how many alarms an endpoint of the kind %s has, and how many metrics these watch', (kind, hosting) => {
  const { endpoint, template } = hosted(hosting);
  endpoint.addAlarms();
  const alarms = Object.entries(template().findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]: [string, any]) => ({
    added: /Alarms/.test(id),
    metrics: (Properties.Metrics ?? [{ MetricStat: true }]).filter((m: any) => m.MetricStat !== undefined).length,
  }));
  const count = (added: boolean) => {
    const some = alarms.filter(a => a.added === added);
    return `${some.length} (${some.reduce((sum, a) => sum + a.metrics, 0)})`;
  };
  expect(PAGE).toContain(`| ${kind} | ${count(false)} | ${count(true)} |`);
});
