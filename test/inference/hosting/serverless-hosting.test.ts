import { Size, Token } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Hosting, ServerlessHostingOptions } from '../../../src';
import { expectCompliant, openFindings, recordsOf, stackFixture } from '../../helper';
import { hosted, MODEL, problemsOf } from '../hosted';

const problems = (props: Partial<ServerlessHostingOptions>) => problemsOf(Hosting.serverless({ model: MODEL, ...props }));

test('serverless endpoints (aws-cdk#23148): memory and concurrency instead of instances, clean, and under a name of their kind', () => {
  const hosting = Hosting.serverless({ model: MODEL, memorySize: Size.gibibytes(4), maxConcurrency: 20, provisionedConcurrency: 2 });
  const { stack, config, properties } = hosted(hosting);
  expect(config().ProductionVariants).toEqual([{
    VariantName: 'AllTraffic',
    ModelName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointModel/), 'ModelName'] },
    InitialVariantWeight: 1,
    ServerlessConfig: { MemorySizeInMB: 4096, MaxConcurrency: 20, ProvisionedConcurrency: 2 },
  }]);
  expect(properties('AWS::SageMaker::Endpoint').EndpointName).toMatch(/^stack-endpoint-serverless-/);
  expectCompliant(stack);
});

test('the container has a network, since serverless inference knows no isolation, and the check says why it accepts that', () => {
  const { app, stack, properties } = hosted(Hosting.serverless({ model: MODEL }));
  expect(properties('AWS::SageMaker::Model').EnableNetworkIsolation).toBe(false);
  app.synth();
  expect(openFindings(stack)).toEqual([]);
  const accepted = recordsOf(stack).flatMap(r => r.packs).flatMap(p => p.findings).filter(f => f.rule === 'ML-SM1');
  expect(accepted.map(f => f.reason)).toEqual([expect.stringContaining('neither network isolation')]);
});

test('memory that is known at deployment passes, in MiB as SageMaker counts it', () => {
  const memorySize = Size.mebibytes(Token.asNumber({ Ref: 'Memory' }));
  expect(hosted(Hosting.serverless({ model: MODEL, memorySize })).config().ProductionVariants[0].ServerlessConfig.MemorySizeInMB).toEqual({ Ref: 'Memory' });
});

test('what serverless inference cannot do is one line', () => {
  const { stack } = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const vpc = new Vpc(stack, 'Vpc');
  expect(problemsOf(Hosting.serverless({ model: MODEL }), { vpc, networkIsolation: true })).toEqual([
    'a serverless endpoint does not support vpc, networkIsolation: leave them out, or take Hosting.realTime',
  ]);
  expect(problemsOf(Hosting.serverless({ model: MODEL }), { networkIsolation: false })).toEqual([]);
});

test.each<[Partial<ServerlessHostingOptions>, string[]]>([
  [{ memorySize: Size.gibibytes(7) }, ['memorySize (GiB) must be a whole number between 1 and 6, got 7']],
  [{ memorySize: Size.mebibytes(1536) }, ['memorySize (GiB) must be a whole number between 1 and 6, got 1.5']],
  [{ maxConcurrency: 0 }, ['maxConcurrency must be a whole number between 1 and 200, got 0']],
  [{ maxConcurrency: 201 }, ['maxConcurrency must be a whole number between 1 and 200, got 201']],
  [{ maxConcurrency: 3, provisionedConcurrency: 4 }, ['provisionedConcurrency must be at most maxConcurrency, which is 3, got 4']],
  [{ provisionedConcurrency: 6 }, ['provisionedConcurrency must be at most maxConcurrency, which is 5, got 6']],
])('%j is refused in words', (props, expected) => {
  expect(problems(props)).toEqual(expected);
});
