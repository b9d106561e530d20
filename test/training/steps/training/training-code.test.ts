import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { fixture } from './fixture';
import { ComplianceEnforcement, JobDefaults, ScriptCode, ScriptCodeOptions, TrainingChannel, TrainingDistribution, TrainingInputMode, TrainingStepProps } from '../../../../src';
import { errorOf, expectCompliant, warningsOf } from '../../../helper';

const root = mkdtempSync(join(tmpdir(), 'training-code-'));
beforeAll(() => {
  mkdirSync(join(root, 'wheels'));
  ['train.py', 'requirements.txt', 'wheels/a.whl'].forEach(name => writeFileSync(join(root, name), name));
});
afterAll(() => rmSync(root, { recursive: true }));

const code = (options: Partial<ScriptCodeOptions> = {}) => ScriptCode.fromDirectory(root, { entryPoint: 'train.py', ...options });
const warned = (props: Partial<TrainingStepProps>, jobDefaults?: JobDefaults, enforcement?: ComplianceEnforcement) => {
  const { stack } = fixture(props, jobDefaults, undefined, enforcement);
  Template.fromStack(stack);
  return warningsOf(stack);
};

test('code is one more channel, and a command unpacks and runs it', () => {
  const { argumentsOf, stack } = fixture({ code: code(), arguments: ['--x', '1'], hyperparameters: { eta: '0.2' } });
  const { InputDataConfig, AlgorithmSpecification, HyperParameters } = argumentsOf();
  expect(InputDataConfig[1]).toEqual({
    ChannelName: 'code',
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: expect.stringMatching(/^s3:\/\/cdk-hnb659fds-assets-111122223333-eu-west-1\/[0-9a-f]{64}\.gz$/), S3DataDistributionType: 'FullyReplicated' } },
  });
  expect(AlgorithmSpecification.ContainerEntrypoint).toEqual([
    '/bin/sh', '-c', '[ ! -L /opt/ml/code ] || rm /opt/ml/code; mkdir -p /opt/ml/code && tar -xzf /opt/ml/input/data/code/* -C /opt/ml/code && cd /opt/ml/code && exec "$@"',
    'sh', 'python3', 'cdk_ml_run_script.py', 'train.py',
  ]);
  expect(AlgorithmSpecification.ContainerArguments).toEqual(['--x', '1']);
  expect(HyperParameters).toEqual({ eta: '0.2' });
  expectCompliant(stack);
});

test('the toolkit of the image is told as version 2 of the SDK tells it for a job without network', () => {
  const { argumentsOf } = fixture({ code: code({ exclude: ['requirements.txt'] }), trainingToolkit: true, distribution: TrainingDistribution.torchDistributed() });
  const { AlgorithmSpecification, HyperParameters, InputDataConfig } = argumentsOf();
  const archive = InputDataConfig[1].DataSource.S3DataSource.S3Uri.split('/').at(-1);
  expect(HyperParameters).toEqual({
    sagemaker_container_log_level: '20',
    sagemaker_program: '"train.py"',
    sagemaker_region: '"eu-west-1"',
    sagemaker_submit_directory: `"/opt/ml/input/data/code/${archive}"`,
    sagemaker_torch_distributed_enabled: 'true',
  });
  expect(AlgorithmSpecification.ContainerEntrypoint).toBeUndefined();
});

test('code is copied, however the data comes', () => {
  expect(fixture({ code: code(), inputMode: TrainingInputMode.PIPE }).argumentsOf().InputDataConfig[1].InputMode).toBe('File');
});

test('the containers may read this archive and no other object of the bootstrap', () => {
  const { statements } = fixture({ code: code() });
  const reads = statements('PipelineJobRole').filter(s => JSON.stringify(s.Resource).includes('cdk-hnb659fds-assets'));
  expect(reads.map(s => s.Action)).toEqual(['s3:GetObject', 's3:ListBucket']);
  expect(JSON.stringify(reads[0].Resource)).toMatch(/assets-111122223333-eu-west-1\/[0-9a-f]{64}\.gz/);
  expect(reads[1].Condition).toEqual({ StringEquals: { 's3:prefix': expect.stringMatching(/^[0-9a-f]{64}\.gz$/) } });
  expect(JSON.stringify(statements('PipelineRole'))).not.toContain('cdk-hnb659fds-assets');
});

test('packages that must be loaded are warned of where there is no network', () => {
  expect(warned({ code: code({ requirements: 'requirements.txt' }) })).toEqual([expect.stringMatching(/^The code of step 'Train' asks for packages.*give wheels.*requirementsNeedNetwork/)]);
  expect(warned({ code: code(), trainingToolkit: true })).toEqual([expect.stringMatching(/leave out requirements.txt/)]);
  expect(warned({ code: code() })).toEqual([]);
  expect(warned({ code: code({ requirements: 'requirements.txt', wheels: 'wheels' }) })).toEqual([]);
  expect(warned({ code: code({ requirements: 'requirements.txt' }) }, JobDefaults.secure({ networkIsolation: false }), ComplianceEnforcement.OFF)).toEqual([]);
});

test.each<[string, () => Partial<TrainingStepProps>, string]>([
  ['an entrypoint too', () => ({ code: code(), entrypoint: ['train'] }), "step 'Train' must have code or an entrypoint, not both"],
  ['a channel of the name', () => ({ code: code(), channels: [TrainingChannel.s3('code', 's3://a/b')] }), "step 'Train'.channels names must be unique, used twice: code"],
  ['a distribution without toolkit', () => ({ code: code(), distribution: TrainingDistribution.mpi() }), "step 'Train'.distribution of code needs trainingToolkit: true"],
  ['what the toolkit is told', () => ({ code: code(), trainingToolkit: true, hyperparameters: { sagemaker_program: 'x' } }), 'hyperparameters.sagemaker_program is said by code'],
  ['no such script', () => ({ code: code({ entryPoint: 'x.py' }) }), "step 'Train'.code.entryPoint must be in '"],
  ['no such directory', () => ({ code: ScriptCode.fromDirectory('nowhere', { entryPoint: 'x.py' }) }), "step 'Train'.code must be a directory that is there, got '"],
])('limits: %s', (_, props, message) => {
  expect(errorOf(() => fixture(props()))).toContain(message);
});
