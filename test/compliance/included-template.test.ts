import { join } from 'path';
import { IPolicyValidationContext, Validations } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { MlSecurityChecks } from '../../src';
import { stackFixture } from '../helper';

/** A template of others, taken in and judged by the pack as a consumer registers it: rule and logical id of what is found. */
function judged(name: string): string[] {
  const found: string[] = [];
  class Recording extends MlSecurityChecks {
    public validate(context: IPolicyValidationContext) {
      const report = super.validate(context);
      found.push(...report.violations.flatMap(v => v.violatingResources.map(r => `${v.severity} ${v.ruleName} ${r.constructPath!.split('/').at(-1)}`)));
      return { ...report, success: true };
    }
  }
  const { app, stack } = stackFixture();
  new CfnInclude(stack, 'Included', { templateFile: join(__dirname, 'templates', `${name}.json`) });
  Validations.of(app).addPlugins(new Recording());
  app.synth();
  return found;
}

beforeEach(() => { jest.spyOn(console, 'error').mockReturnValue(); }); // CDK prints the report of every plug-in

test('the faults of the classic template of an endpoint are named', () => {
  expect(judged('classic').sort()).toEqual([
    'error ML-IAM1[*] ExecutionRole',
    'error ML-IAM3 ExecutionRole',
    'error ML-S3[BucketEncryption] ModelBucket',
    'error ML-S3[DenyInsecureTransport] ModelBucket',
    'error ML-S3[LoggingConfiguration] ModelBucket',
    'error ML-S3[PublicAccessBlockConfiguration] ModelBucket',
    'error ML-S3[VersioningConfiguration] ModelBucket',
    'error ML-SM1 Model',
    'error ML-SM8 EndpointConfig',
    'warning ML-IAM2 ExecutionRole',
    'warning ML-SM12 Endpoint',
    'warning ML-SM2 Model',
    'warning ML-SM5 Model',
    'warning ML-SM7[AllTraffic] EndpointConfig',
  ]);
});

test('the hardened one is clean', () => {
  expect(judged('hardened')).toEqual([]);
});

test('where the pack is registered for an app, the classic one ends the program with an error, and says why', () => {
  const { app, stack } = stackFixture();
  new CfnInclude(stack, 'Included', { templateFile: join(__dirname, 'templates', 'classic.json') });
  Validations.of(app).addPlugins(new MlSecurityChecks());
  const before = process.exitCode;
  let thrown = '';
  try {
    app.synth();
  } catch (e) {
    thrown = (e as Error).message; // later versions of CDK throw instead
  }
  const failed = thrown !== '' || process.exitCode === 1;
  process.exitCode = before;
  expect(failed).toBe(true);
  expect(thrown + jest.mocked(console.error).mock.calls.join()).toContain('A role of SageMaker may do too much');
});
