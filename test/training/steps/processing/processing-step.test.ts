import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Duration } from 'aws-cdk-lib';
import { ComplianceEnforcement, JobDefaults, PipelineExecution, ProcessingInput, ProcessingOutput, ProcessingStep, ProcessingStepProps, SageMakerImage, ScriptCode } from '../../../../src';
import { errorOf, expectCompliant, statementsOf, warningsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { checking } from '../checks/fixture';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/p:1');

const made: string[] = [];
afterAll(() => made.forEach(d => rmSync(d, { recursive: true })));

/** A directory with a script and what it requires. */
function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'code-'));
  made.push(path);
  writeFileSync(join(path, 'prepare.py'), 'print(1)\n');
  writeFileSync(join(path, 'requirements.txt'), 'pandas\n');
  return path;
}

const fixture = (props: Partial<ProcessingStepProps> = {}, jobDefaults?: JobDefaults, enforcement?: ComplianceEnforcement) =>
  checking(() => [new ProcessingStep('Prep', { image, ...props })], { jobDefaults, compliance: { enforcement } });

const readsOf = (fixed: ReturnType<typeof fixture>, role: string) =>
  statementsOf(fixed.template(), role).filter(s => [s.Action].flat().includes('s3:GetObject')).map(s => JSON.stringify(s.Resource));

test('code of the user is brought in and run; its arguments follow', () => {
  const code = ScriptCode.fromDirectory(directory(), { entryPoint: 'prepare.py' });
  const fixed = fixture({ code, arguments: ['--n', '1'], inputs: [ProcessingInput.s3('raw', 's3://lake/raw/')] });
  expectCompliant(fixed.stack);
  const { AppSpecification, ProcessingInputs } = definitionOf(fixed.stack).Steps[0].Arguments;
  const [raw, input] = ProcessingInputs;
  expect(raw.InputName).toBe('raw');
  expect(input).toMatchObject({ InputName: 'code', AppManaged: false, S3Input: { LocalPath: '/opt/ml/processing/input/code', S3DataType: 'S3Prefix', S3InputMode: 'File' } });
  expect(input.S3Input.S3Uri).toMatch(/^s3:\/\/cdk-hnb659fds-assets-111122223333-eu-west-1\/[0-9a-f]{64}\.gz$/);
  expect(AppSpecification.ContainerEntrypoint).toEqual(code._command('/opt/ml/processing/input/code'));
  expect(AppSpecification.ContainerArguments).toEqual(['--n', '1']);
  expect(readsOf(fixed, 'PipelineJobRolePolicy')).toContainEqual(expect.stringContaining(input.S3Input.S3Uri.slice('s3://'.length)));
});

test('packages cannot be installed without a network', () => {
  const code = ScriptCode.fromDirectory(directory(), { entryPoint: 'prepare.py', requirements: 'requirements.txt' });
  expect(warningsOf(fixture({ code }).stack)).toEqual([expect.stringMatching(/^The code of step 'Prep' asks for packages.*cdk-ml-patterns:requirementsNeedNetwork/)]);
  const jobDefaults = JobDefaults.secure({ networkIsolation: false });
  expect(warningsOf(fixture({ code, jobDefaults }, undefined, ComplianceEnforcement.OFF).stack)).toEqual([]);
  expect(warningsOf(fixture({ code }, JobDefaults.none(), ComplianceEnforcement.OFF).stack)).toEqual([]);
});

test('several reports, each read by its name', () => {
  const outputs = [ProcessingOutput.of('a'), ProcessingOutput.of('b')];
  const step = new ProcessingStep('Eval', {
    image, outputs, report: { outputName: 'a', path: 'a.json' }, moreReports: [{ outputName: 'b', path: 'x/b.json', reportName: 'Bias' }],
  });
  const next = new ProcessingStep('Next', { image, arguments: [step.metric('m.auc').asString(), step.metricOf('Bias', 'm.dpl').asString()] });
  const { Steps } = definitionOf(checking(() => [step, next]).stack);
  expect(Steps[0].PropertyFiles).toEqual([
    { PropertyFileName: 'Report', OutputName: 'a', FilePath: 'a.json' }, { PropertyFileName: 'Bias', OutputName: 'b', FilePath: 'x/b.json' },
  ]);
  const read = (file: string, Path: string) =>
    ({ 'Std:Join': { On: '', Values: [{ 'Std:JsonGet': { PropertyFile: { Get: `Steps.Eval.PropertyFiles.${file}` }, Path } }] } });
  expect(Steps[1].Arguments.AppSpecification.ContainerArguments).toEqual([read('Report', 'm.auc'), read('Bias', 'm.dpl')]);
  expect(() => step.metricOf('Bais', 'm')).toThrow("Step 'Eval' has no report 'Bais'; it has: Report, Bias");
  expect(() => step.output('c')).toThrow("Step 'Eval' has no output 'c'; it has: a, b");
  expect(() => next.metric('m')).toThrow("Step 'Next' has no report to read the metric 'm' from");
});

test('without a main report, the first of the others is read', () => {
  const step = new ProcessingStep('Eval', { image, outputs: [ProcessingOutput.of('a')], moreReports: [{ outputName: 'a', path: 'a.json', reportName: 'Only' }] });
  expect(step.metric('m')._expression).toEqual({ 'Std:JsonGet': { PropertyFile: { Get: 'Steps.Eval.PropertyFiles.Only' }, Path: 'm' } });
});

test.each<[string, string, string]>([
  ['a place that is known', 's3://lake/reports/', ':s3:::lake/reports/a.json"'],
  ['a place of each execution', `s3://lake/reports/${PipelineExecution.ID.asString()}`, ':s3:::lake/reports/*"'],
])('the pipeline reads a report in %s', (_, destination, resource) => {
  const fixed = fixture({ outputs: [ProcessingOutput.of('a', { destination })], report: { outputName: 'a', path: 'a.json' } });
  expectCompliant(fixed.stack);
  expect(readsOf(fixed, 'PipelineRolePolicy')).toContainEqual(expect.stringContaining(resource));
});

test('the pipeline reads nothing else of a step, and no report below its own prefix apart', () => {
  const own = fixture({ outputs: [ProcessingOutput.of('a')], report: { outputName: 'a', path: 'a.json' } });
  expect(readsOf(own, 'PipelineRolePolicy')).toHaveLength(1);
  const none = fixture({ outputs: [ProcessingOutput.of('a', { destination: 's3://lake/a' })] });
  expect(readsOf(none, 'PipelineRolePolicy').join()).not.toContain('lake');
});

test('tags of the job', () => {
  expect(definitionOf(fixture({ tags: { b: '2', a: '1' } }).stack).Steps[0].Arguments.Tags).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }]);
});

test('all that is wrong comes at once', () => {
  const outputs = [ProcessingOutput.of('a')];
  expect(errorOf(() => fixture({
    code: ScriptCode.fromDirectory('/not/there', { entryPoint: 'x.py' }),
    entrypoint: [],
    arguments: Array(101).fill('x'),
    inputs: [ProcessingInput.s3('code', 's3://lake/x', { gzipped: true }), ...Array.from({ length: 9 }, (_, i) => ProcessingInput.s3(`i${i}`, 's3://lake/x'))],
    outputs,
    report: { outputName: 'b', path: 'a.json' },
    moreReports: [{ outputName: 'a', path: 'a.txt' }, { outputName: 'a', path: 'a.json', reportName: 'has space' }],
    maxRuntime: Duration.days(6),
  }))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 12 problems:",
    "  - step 'Prep'.entrypoint must hold 1 to 100 entries, got 0",
    "  - step 'Prep'.arguments must hold 1 to 100 entries, got 101",
    "  - step 'Prep'.code must be a directory that is there, got '/not/there'",
    "  - step 'Prep'.entrypoint must be left out, since code says what runs",
    "  - step 'Prep'.inputs must hold 0 to 10 entries, got 11",
    "  - step 'Prep'.inputs names must be unique, used twice: code",
    "  - step 'Prep'.reports names must be unique, used twice: Report",
    "  - step 'Prep'.inputs[0].gzipped needs pipe",
    "  - step 'Prep'.report.outputName must be one of a, got 'b'",
    "  - step 'Prep'.moreReports[0].path must be a relative path to a .json file, without '..', got 'a.txt'",
    "  - step 'Prep'.moreReports[1].reportName must be 1 to 64 letters, digits, - and _, got 'has space'",
    "  - step 'Prep'.maxRuntime (seconds) must be a whole number between 1 and 432000, got 518400",
  ].join('\n'));
});
