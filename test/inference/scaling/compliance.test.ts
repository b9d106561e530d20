import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { BacklogScaling, CompliancePack, CapacitySteps } from '../../../src';
import { bakeInChecks, sealChecks } from '../../../src/compliance/baked-in';
import { expectCompliant, recordsOf, stackFixture } from '../../helper';

test('nothing that a scaling makes is found by any pack: each alarm has an action', () => {
  const { stack } = stackFixture();
  const endpoint = new CfnEndpoint(stack, 'Endpoint', { endpointConfigName: 'config' });
  const scope = new Construct(stack, 'Scaled');
  bakeInChecks(scope, { packs: Object.values(CompliancePack).filter(pack => pack instanceof CompliancePack) });
  const steps = CapacitySteps.above('Busy', { metric: new Metric({ namespace: 'Own', metricName: 'Queue' }), steps: [{ threshold: 1, change: 1 }] });
  BacklogScaling.onBacklog({ steps: [steps] })._bind({ scope, endpoint, endpointName: 'churn', variantName: 'Blue' });
  sealChecks(scope);
  expectCompliant(stack);
  const [{ packs, resources }] = recordsOf(stack);
  expect(packs.map(p => p.pack)).toEqual(expect.arrayContaining(['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']));
  expect(resources).toBe(6);
});
