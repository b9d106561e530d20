import { readFileSync } from 'fs';
import { join } from 'path';
import { ACCEPTED, AcceptedKind, bareRule, inPacks } from '../../src/compliance/accepted-kinds';
import { filesBelow } from '../source-files';

const ROOT = join(__dirname, '..', '..');
const KINDS = Object.entries<AcceptedKind>(ACCEPTED);

test('the library makes six kinds of exception, of these rules: another one is a decision, not a line of code', () => {
  expect(Object.fromEntries(KINDS.map(([name, { rules }]) => [name, rules.join(' ')]))).toEqual({
    unknownNames: 'IAM5 ML-IAM1',
    serviceCannot: 'ML-SM1 ML-SM2 ML-SM13 ML-SM15',
    endOfChain: 'SQS3 SQSRedrivePolicy EventBusDLQ S3BucketDefaultLockEnabled S3BucketReplicationEnabled S3DefaultEncryptionKMS',
    ruleCannotSee: 'ECR1 CodeBuildProjectSourceRepoUrl CloudWatchAlarmAction',
    deploymentHelpers: 'L1 LambdaConcurrency LambdaDLQ LambdaInsideVPC LambdaTracing EventBusDLQ SF1 SF2 StepFunctionStateMachineXray',
    costsChosen: 'ML-SM7 S3BucketDefaultLockEnabled S3BucketReplicationEnabled',
  });
  expect(KINDS.length).toBeLessThanOrEqual(6);
});

test('docs/compliance.md lists every kind with its rules, reason and end, and no other', () => {
  const rows = KINDS.map(([name, { why, until, rules }]) => `| ${name} | ${rules.map(r => `\`${r}\``).join(' ')} | ${why} | ${until} |`);
  const page = readFileSync(join(ROOT, 'docs', 'compliance.md'), 'utf8').split('\n');
  const start = page.indexOf('| kind | rules | why | until |');
  const end = page.findIndex((line, i) => i > start && line === '');
  expect(page.slice(start + 2, end)).toEqual(rows);
  expect(page.join('\n')).toContain(`groups of ${KINDS.flatMap(([, { rules }]) => rules).length} rules in all`);
  expect(KINDS.filter(([, { until }]) => until === '')).toEqual([]);
});

test('only the files of the excuses write what packs accept, and each kind is used', () => {
  const files = filesBelow(join(ROOT, 'src'), /\.ts$/).map(file => ({ file, text: readFileSync(file, 'utf8') }));
  const writing = files.filter(({ text }) => /ACKNOWLEDGED_RULES_METADATA_KEY|\.acknowledge\(|rules_to_suppress/.test(text.replace(/\/\*\*[\s\S]*?\*\//g, '')));
  expect(writing.map(({ file }) => file.slice(ROOT.length + 1))).toEqual(['src/compliance/excuses.ts', 'src/compliance/nag-metadata.ts']);
  const used = new Set(files.flatMap(({ text }) => [...text.matchAll(/\b(?:accept|excuse)\([\w.() ]+(?:as \w+)?, '(\w+)'/g)].map(m => m[1])));
  expect([...used].sort()).toEqual(KINDS.map(([name]) => name).sort());
});

test('the packs of cdk-nag know the rules under these ids', () => {
  const ids = (pack: string) => readFileSync(require.resolve(`cdk-nag/lib/packs/${pack}.js`), 'utf8');
  const sources: Record<string, string> = {
    'HIPAA.Security': ids('hipaa-security'),
    'NIST.800.53.R4': ids('nist-800-53-r4'),
    'NIST.800.53.R5': ids('nist-800-53-r5'),
    'PCI.DSS.321': ids('pci-dss-321'),
    'Serverless': ids('serverless'),
  };
  const rules = ['CloudWatchAlarmAction', 'CodeBuildProjectSourceRepoUrl', 'LambdaConcurrency', 'LambdaDLQ', 'LambdaInsideVPC', 'LambdaTracing',
    'S3BucketDefaultLockEnabled', 'S3BucketReplicationEnabled', 'S3DefaultEncryptionKMS'] as const;
  for (const rule of rules) {
    expect(inPacks(rule)).toEqual(Object.keys(sources).filter(pack => sources[pack].includes(`.${rule}`)).map(pack => `${pack}-${rule}`));
  }
});

test.each([
  ['AwsSolutions-IAM5[Resource::<B.Arn>/a-b/*]', 'IAM5'], ['NIST.800.53.R5-LambdaDLQ', 'LambdaDLQ'], ['ML-SM7[Blue]', 'ML-SM7'], ['ML-S3', 'ML-S3'],
])('%s is an id of the rule %s', (id, rule) => {
  expect(bareRule(id)).toBe(rule);
});

