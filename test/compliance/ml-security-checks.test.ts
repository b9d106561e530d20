import { App, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlSecurityChecks } from '../../src';
import { ML_RULES } from '../../src/compliance/rules';
import { infoOf } from '../../src/compliance/rules/rule';
import { errorOf, stackFixture } from '../helper';
import { sample } from '../sample';

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

test('a part of an app is judged on request', () => {
  const { app, stack } = stackFixture();
  modelIn(stack, false);
  const clean = new Stack(app, 'Clean');
  modelIn(clean, true);
  expect(new MlSecurityChecks().validateScope(stack).violations.map(v => v.ruleName)).toEqual(['ML-SM1']);
  expect(new MlSecurityChecks().validateScope(clean)).toMatchObject({ success: true, violations: [] });
});

test('what the library accepts of its own is accepted, also before a synth', () => {
  expect(new MlSecurityChecks().validateScope(sample().app)).toMatchObject({ success: true, violations: [] });
});

test('enforced, errors of resources made in other ways are one exception of synth, and warnings are warnings of CDK', () => {
  const { app, stack } = stackFixture();
  new MlSecurityChecks().enforce(app);
  modelIn(stack, false, 'latest');
  expect(errorOf(() => app.synth()).split('\n').slice(1)).toEqual([
    '  [] MlSecurity has 1 compliance finding:',
    `  - ML-SM1 at 'Stack/Model': ${infoOf(ML_RULES[0])}`,
    '  To accept one with a reason: Validations.of(construct).acknowledge, with the id of the finding and the reason.',
  ]);
  expect(app.node.metadata.map(m => m.data)).toContainEqual(expect.stringContaining('(Stack/Model)'));
});

test('enforced, it lets the constructs of the library pass, and what the consumer acknowledges', () => {
  const { app } = sample();
  new MlSecurityChecks().enforce(app);
  const own = modelIn(new Stack(app, 'Own'), false);
  Validations.of(own).acknowledge({ id: 'ML-SM1', reason: 'It calls a licence server.' });
  app.synth();
});
