import { App, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlSecurityChecks } from '../../src';
import { ML_RULES } from '../../src/compliance/rules';
import { infoOf } from '../../src/compliance/rules/rule';
import { stackFixture } from '../helper';

function modelIn(scope: Construct, enableNetworkIsolation: boolean, tag = '1'): CfnModel {
  return new CfnModel(scope, 'Model', {
    executionRoleArn: 'arn',
    enableNetworkIsolation,
    primaryContainer: { image: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/a:${tag}` },
    vpcConfig: { subnets: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
  });
}

const report = (app: App) => new MlSecurityChecks().validate({ appConstruct: app } as any);

test('a model made in other ways is found, as an error', () => {
  const { app, stack } = stackFixture();
  modelIn(stack, false);
  expect(report(app)).toEqual({
    success: false,
    violations: [{
      ruleName: 'ML-SM1',
      description: infoOf(ML_RULES[0]),
      severity: 'error',
      violatingResources: [{ constructPath: 'Stack/Model', locations: ['Properties'] }],
    }],
  });
});

test('a warning is reported and passes', () => {
  const { app, stack } = stackFixture();
  modelIn(stack, true, 'latest');
  expect(report(app)).toMatchObject({ success: true, violations: [{ ruleName: 'ML-SM5', severity: 'warning' }] });
});

test('what the consumer acknowledges is no violation, and leaves a trace', () => {
  const { app, stack } = stackFixture();
  Validations.of(modelIn(stack, false)).acknowledge({ id: 'ML-SM1', reason: 'It calls a licence server.' });
  expect(report(app)).toEqual({ success: true, violations: [], metadata: { 'ML-SM1 at Stack/Model': 'It calls a licence server.' } });
});

test('all stacks are judged', () => {
  const { app, stack } = stackFixture();
  modelIn(stack, false);
  modelIn(new Stack(app, 'Other'), false);
  expect(report(app).violations.map(v => v.violatingResources[0].constructPath)).toEqual(['Stack/Model', 'Other/Model']);
});

test('the plug-in names itself and its rules', () => {
  const plugin: IPolicyValidationPlugin = new MlSecurityChecks();
  expect(plugin.name).toBe('MlSecurity');
  expect(plugin.ruleIds).toEqual(ML_RULES.map(r => r.id));
});
