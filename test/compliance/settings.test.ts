import { Construct } from 'constructs';
import { ComplianceEnforcement, ComplianceLevel, ComplianceOptions, CompliancePack } from '../../src';
import { complianceSettings } from '../../src/compliance/settings';
import { Problems } from '../../src/core/problems';
import { errorOf, stackFixture } from '../helper';

const KEY = 'cdk-ml-patterns:compliance';

function settings(context: Record<string, unknown> = {}, options: ComplianceOptions = {}) {
  const { stack } = stackFixture({ context });
  const problems = new Problems();
  const found = complianceSettings(stack, options, problems);
  problems.throwIfAny(new Construct(stack, 'Sample'));
  return { ...found, packs: found.packs.map(p => p.packName) };
}

const DEFAULTS = { packs: ['MlSecurity', 'AwsSolutions'], enforcement: 'fail', level: 'error', report: false };

test('where nothing is said, two packs stop synth on errors', () => {
  expect(settings()).toEqual(DEFAULTS);
});

test.each<[string, Record<string, unknown>, object]>([
  ['enforcement', { [KEY]: 'report' }, { enforcement: 'report' }],
  ['the level', { [`${KEY}Level`]: 'warning' }, { level: 'warning' }],
  ['whether evidence is written', { [`${KEY}Report`]: 'true' }, { report: true }],
  ['the same, as cdk.json says it', { [`${KEY}Report`]: true }, { report: true }],
  ['one pack', { [`${KEY}Packs`]: 'HIPAA.Security' }, { packs: ['HIPAA.Security'] }],
  ['several packs', { [`${KEY}Packs`]: 'PCI.DSS.321, MlSecurity' }, { packs: ['MlSecurity', 'PCI.DSS.321'] }],
  ['a list of packs', { [`${KEY}Packs`]: ['NIST.800.53.R5', 'NIST.800.53.R4', 'Serverless'] }, { packs: ['NIST.800.53.R4', 'NIST.800.53.R5', 'Serverless'] }],
])('the context decides %s', (_, context, expected) => {
  expect(settings(context)).toEqual({ ...DEFAULTS, ...expected });
});

test('props win over the context', () => {
  const context = { [KEY]: 'off', [`${KEY}Level`]: 'warning', [`${KEY}Packs`]: 'HIPAA.Security' };
  const options = { enforcement: ComplianceEnforcement.REPORT, level: ComplianceLevel.ERROR, packs: [CompliancePack.ML_SECURITY] };
  expect(settings(context, options)).toEqual({ packs: ['MlSecurity'], enforcement: 'report', level: 'error', report: false });
});

test('the context of a construct counts for what is below', () => {
  const { stack } = stackFixture();
  const [inside, outside] = [new Construct(stack, 'Inside'), new Construct(stack, 'Outside')];
  inside.node.setContext(KEY, 'off');
  const enforcement = (scope: Construct) => complianceSettings(new Construct(scope, 'C'), {}, new Problems()).enforcement;
  expect([enforcement(inside), enforcement(outside)]).toEqual(['off', 'fail']);
});

test('one finding is accepted once, with one reason', () => {
  const exceptions = ['ML-SM1', 'Annotation::ML-SM1', 'ML-SM7[A]', 'ML-SM7[B]'].map(rule => ({ rule, reason: 'Agreed with them.' }));
  expect(errorOf(() => settings({}, { exceptions }))).toBe("Construct at 'Stack/Sample' has 1 problem:\n  - rules of compliance.exceptions must be unique, used twice: ML-SM1");
});

test('all bad values are told at once, with what is allowed', () => {
  const context = { [KEY]: 'fial', [`${KEY}Level`]: 'info', [`${KEY}Packs`]: 'Hipaa,MlSecurity' };
  const options = { exceptions: [{ rule: '', reason: 'because' }, { rule: 'ML-SM1', reason: 'a good reason' }, { rule: 'ML-SM5', reason: '          ' }] };
  expect(errorOf(() => settings(context, options))).toBe([
    "Construct at 'Stack/Sample' has 6 problems:",
    "  - compliance.exceptions[0].rule must name a finding, got ''",
    "  - compliance.exceptions[0].reason must say why in at least 10 characters, got 'because'",
    "  - compliance.exceptions[2].reason must say why in at least 10 characters, got '          '",
    "  - context cdk-ml-patterns:compliancePacks must be one of MlSecurity, AwsSolutions, HIPAA.Security, NIST.800.53.R4, NIST.800.53.R5, PCI.DSS.321, Serverless, got 'Hipaa'",
    "  - context cdk-ml-patterns:compliance must be one of fail, report, off, got 'fial'",
    "  - context cdk-ml-patterns:complianceLevel must be one of error, warning, got 'info'",
  ].join('\n'));
});

test.each([true, false, 7])('the context value %s is no enforcement', value => {
  expect(errorOf(() => settings({ [KEY]: value }))).toContain(`context ${KEY} must be one of fail, report, off, got '${value}'`);
});

test.each(['cdk-ml-patterns:complianc', 'cdk-ml-patterns:compliancepacks', 'CDK-ML-Patterns:compliance', 'cdk-ml-patterns:localDisks'])('the context key %s is an error that names those there are', key => {
  expect(errorOf(() => settings({ [key]: 'off' }))).toBe([
    "Construct at 'Stack/Sample' has 1 problem:",
    `  - context ${key} is no key of the library, which knows ${['', 'Packs', 'Level', 'Report'].map(s => KEY + s).join(', ')}`,
  ].join('\n'));
});

test('context of others is not looked at', () => {
  expect(settings({ 'cdk-ml-patterns-demo:complianc': 'off', '@aws-cdk/core:x': true })).toEqual(DEFAULTS);
});

test('evidence is asked for by an app or a stage; said below it, it would do nothing', () => {
  const { stack } = stackFixture();
  stack.node.setContext(`${KEY}Report`, true);
  const problems = new Problems();
  const sample = new Construct(stack, 'Sample');
  complianceSettings(sample, {}, problems);
  expect(errorOf(() => problems.throwIfAny(sample))).toContain(`context ${KEY}Report must be set on an app or a stage, not below it`);
});

test('what the types rule out, programs in JavaScript are told, too', () => {
  const options: any = { enforcement: 'of', level: 'info', packs: [], exceptions: [{ rule: 'ML-SM1' }, { reason: 'a good reason' }] };
  expect(errorOf(() => settings({}, options))).toBe([
    "Construct at 'Stack/Sample' has 5 problems:",
    "  - compliance.exceptions[0].reason must say why in at least 10 characters, got ''",
    "  - compliance.exceptions[1].rule must name a finding, got ''",
    "  - compliance.enforcement must be one of fail, report, off, got 'of'",
    "  - compliance.level must be one of error, warning, got 'info'",
    '  - compliance.packs must hold at least 1 pack, got none: ComplianceEnforcement.OFF says that nothing is checked',
  ].join('\n'));
});

test('a pack that is named twice judges once', () => {
  expect(settings({}, { packs: [CompliancePack.SERVERLESS, CompliancePack.ML_SECURITY, CompliancePack.SERVERLESS] }).packs).toEqual(['Serverless', 'MlSecurity']);
});
