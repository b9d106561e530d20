import { execFileSync, spawnSync } from 'child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScriptCode, ScriptCodeOptions } from '../../../../src';
import { Problems } from '../../../../src/core/problems';

const made: string[] = [];
afterAll(() => made.forEach(d => rmSync(d, { recursive: true })));

function temporary(): string {
  made.push(mkdtempSync(join(tmpdir(), 'script-code-')));
  return made.at(-1)!;
}

const LONG = `${'deep/'.repeat(25)}module.py`;

function directory(): string {
  const root = temporary();
  const files = {
    'train.py': 'print(1)', 'lib/a.py': 'A', [LONG]: 'L', 'requirements.txt': 'x', 'wheels/x.whl': 'w', '__pycache__/a.pyc': 'junk', 'notes.md': 'n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

function archiveOf(code: ScriptCode) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const placed = code._place(stack);
  const again = code._place(stack);
  const { files } = JSON.parse(readFileSync(join(app.synth().directory, 'Stack.assets.json'), 'utf8'));
  const found = Object.values<any>(files).filter(f => f.source.path.endsWith('.tar.gz'));
  const [{ source, destinations }] = found;
  const [{ objectKey: key }] = Object.values<any>(destinations);
  return { stack, placed, again, file: join(app.outdir, source.path), count: found.length, key };
}

function problemsOf(code: ScriptCode): string {
  const problems = new Problems();
  code._check('code', problems);
  try { problems.throwIfAny(new Stack(), 'X'); } catch (e) { return (e as Error).message; }
  return '';
}

test('a directory becomes one archive that tar can unpack, with the program that runs it', () => {
  const { placed, file, count, key, stack } = archiveOf(ScriptCode.fromDirectory(directory(), { entryPoint: 'train.py', exclude: ['*.md'] }));
  expect(execFileSync('tar', ['-tzf', file]).toString().trim().split('\n')).toEqual(
    [LONG, 'lib/a.py', 'requirements.txt', 'train.py', 'wheels/x.whl', 'cdk_ml_run_script.py'],
  );
  expect(execFileSync('tar', ['-xzOf', file, LONG]).toString()).toBe('L');
  expect(count).toBe(1);
  expect(placed.fileName).toBe(key);
  expect(stack.resolve(placed.uri)).toEqual({ 'Fn::Sub': expect.stringMatching(new RegExp(`^s3://cdk-hnb659fds-assets-.*/${key}$`)) });
});

test('the archive is the same whenever and wherever it is made, and another if a file is', () => {
  const root = directory();
  const code = () => archiveOf(ScriptCode.fromDirectory(root, { entryPoint: 'train.py' }));
  const first = code();
  const bytes = readFileSync(first.file);
  utimesSync(join(root, 'train.py'), 1, 1);
  writeFileSync(join(root, '__pycache__', 'b.pyc'), 'more junk');
  const copy = temporary();
  cpSync(root, copy, { recursive: true });
  expect(readFileSync(code().file).equals(bytes)).toBe(true);
  expect(archiveOf(ScriptCode.fromDirectory(copy, { entryPoint: 'train.py' })).key).toBe(first.key);
  writeFileSync(join(root, 'lib', 'a.py'), 'B');
  expect(code().key).not.toBe(first.key);
});

test('one script alone', () => {
  const { file } = archiveOf(ScriptCode.fromFile(join(directory(), 'train.py')));
  expect(execFileSync('tar', ['-tzf', file]).toString()).toBe('train.py\ncdk_ml_run_script.py\n');
});

test('it may be read by its key and no other, with the key of the bootstrap if that is needed', () => {
  const stack = new Stack(new App(), 'Stack');
  const root = directory();
  const bootstrapKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/boot');
  const actions = (options: Partial<ScriptCodeOptions> = {}) => ScriptCode.fromDirectory(root, { entryPoint: 'train.py', ...options })._place(stack).permissions;
  expect(actions().map(p => p.actions)).toEqual([['s3:GetObject'], ['s3:ListBucket']]);
  expect(JSON.stringify(stack.resolve(actions()[0].resources))).toMatch(/[0-9a-f]{64}\.gz"/);
  expect(actions({ bootstrapKey }).map(p => p.actions)).toEqual([['s3:GetObject'], ['s3:ListBucket'], ['kms:Decrypt']]);
});

test('links are followed, one to a directory around it once', () => {
  const root = directory();
  symlinkSync(join(root, 'lib'), join(root, 'linked'));
  symlinkSync(root, join(root, 'lib', 'around'));
  const names = execFileSync('tar', ['-tzf', archiveOf(ScriptCode.fromDirectory(root, { entryPoint: 'train.py' })).file]).toString();
  expect(names).toContain('linked/a.py\n');
  expect(names).not.toContain('around');
});

test.each<[string, Partial<ScriptCodeOptions>, RegExp]>([
  ['another script', { entryPoint: 'tran.py' }, /code.entryPoint must be in '.*', as a path with '\/', and not excluded, got 'tran.py', which is not there$/],
  ['an excluded script', { exclude: ['*.py'] }, /code.entryPoint must be in .*, got 'train.py', which is excluded$/],
  ['a script that tools leave', { entryPoint: '__pycache__/a.pyc' }, /got '__pycache__\/a.pyc', which is excluded$/],
  ['a script that is written in another way', { entryPoint: './train.py' }, /got '.\/train.py', which is 'train.py'$/],
  ['a script with a path of Windows', { entryPoint: 'lib\\a.py' }, /got 'lib\\a.py', which is 'lib\/a.py'$/],
  ['a directory as a script', { entryPoint: 'lib' }, /got 'lib', which is no file in it$/],
  ['a file as wheels', { requirements: 'requirements.txt', wheels: 'train.py' }, /code.wheels must be in .*, got 'train.py', which is no directory with files in it$/],
  ['no list of packages', { requirements: 'r.txt' }, /code.requirements must be in/],
  ['no wheels', { requirements: 'requirements.txt', wheels: 'whls' }, /code.wheels must be in/],
  ['wheels alone', { wheels: 'wheels' }, /code.wheels needs requirements/],
])('what is not there is found at synth: %s', (_, options, message) => {
  expect(problemsOf(ScriptCode.fromDirectory(directory(), { entryPoint: 'train.py', ...options }))).toMatch(message);
});

test('a directory that is not there, a file as a directory, a name that is taken', () => {
  const root = directory();
  expect(problemsOf(ScriptCode.fromDirectory(root, { entryPoint: 'train.py', requirements: 'requirements.txt', wheels: 'wheels/' }))).toBe('');
  expect(problemsOf(ScriptCode.fromDirectory('nowhere', { entryPoint: 'train.py' }))).toMatch(/code must be a directory that is there, got '.*\/nowhere'/);
  expect(problemsOf(ScriptCode.fromFile(root))).toMatch(/code must be a file that is there/);
  writeFileSync(join(root, 'cdk_ml_run_script.py'), '');
  expect(problemsOf(ScriptCode.fromDirectory(root, { entryPoint: 'train.py' }))).toMatch(/must not hold a file 'cdk_ml_run_script.py'/);
});

test('a path that no archive can hold is said', () => {
  const root = directory();
  writeFileSync(join(root, `${'x'.repeat(101)}.py`), '');
  expect(problemsOf(ScriptCode.fromDirectory(root, { entryPoint: 'train.py' }))).toMatch(/code must hold no path that an archive cannot, got 'x+\.py'/);
});

/** Runs the words of a command in a place that stands for /opt/ml. */
function run(words: string[], configs: Record<string, unknown>, script: string, more: string[] = []) {
  const [root, source] = [temporary(), temporary()];
  writeFileSync(join(source, 'train.py'), script);
  writeFileSync(join(source, 'train.sh'), script);
  const channel = join(root, 'input', 'data', 'code');
  mkdirSync(channel, { recursive: true });
  cpSync(archiveOf(ScriptCode.fromDirectory(source, { entryPoint: 'train.py' })).file, join(channel, 'archive'));
  for (const [name, value] of Object.entries(configs)) {
    mkdirSync(join(root, 'input', 'config'), { recursive: true });
    writeFileSync(join(root, 'input', 'config', `${name}.json`), JSON.stringify(value));
  }
  const [program, ...rest] = [...words, ...more].map(w => w.replace(/\/opt\/ml/g, root));
  const { stdout, stderr, status } = spawnSync(program, rest, { env: { PATH: process.env.PATH, ML_ROOT: root } });
  expect(readdirSync(join(root, 'code')).length).toBeGreaterThan(2);
  expect(existsSync(join(root, 'code', 'train.py'))).toBe(true);
  return { stdout: stdout.toString(), stderr: stderr.toString(), status };
}

const TRAINING = {
  hyperparameters: { 'num-round': '50', 'objective': 'reg:linear', 'name': '"quoted"', 'x': '1', 'sagemaker_program': '"train.py"' },
  inputdataconfig: { train: {}, code: {} },
  resourceconfig: { current_host: 'algo-2', hosts: ['algo-2', 'algo-1'], current_instance_type: 'ml.m5.large' },
};

test('a training script gets what the SDK gives it', () => {
  const words = ScriptCode.fromDirectory('anywhere', { entryPoint: 'train.py' })._command('/opt/ml/input/data/code');
  expect(Math.max(...words.map(w => w.length))).toBeLessThanOrEqual(256);
  const script = 'import json,os,sys\nprint(json.dumps([sys.argv[1:], {k: v for k, v in os.environ.items() if k.startswith("SM_")}]))\nsys.exit(3)';
  const { stdout, status } = run(words, TRAINING, script, ['--given', '1']);
  const [argv, env] = JSON.parse(stdout);
  expect(status).toBe(3);
  expect(argv).toEqual(['--given', '1', '--name', 'quoted', '--num-round', '50', '--objective', 'reg:linear', '-x', '1']);
  expect(env).toMatchObject({
    SM_CHANNEL_TRAIN: expect.stringMatching(/\/input\/data\/train$/),
    SM_CHANNELS: '["train"]',
    SM_MODEL_DIR: expect.stringMatching(/\/model$/),
    SM_HP_NUM_ROUND: '50',
    SM_HPS: '{"name": "quoted", "num-round": 50, "objective": "reg:linear", "x": 1}',
    SM_HOSTS: '["algo-1", "algo-2"]',
    SM_CURRENT_HOST: 'algo-2',
    SM_CURRENT_HOST_RANK: '1',
    SM_HOST_COUNT: '2',
    SM_NUM_GPUS: expect.any(String),
  });
  expect(env.SM_CHANNEL_CODE).toBeUndefined();
});

test('a script of a processing job gets its arguments, and a shell script runs too', () => {
  const words = ScriptCode.fromDirectory('anywhere', { entryPoint: 'train.sh' })._command('/opt/ml/input/data/code');
  expect(run(words, {}, 'echo "$0 $* ${SM_MODEL_DIR:-none}"; pwd', ['--input-data', 's3://a b']).stdout).toMatch(/^train.sh --input-data s3:\/\/a b none\n.*\/code\n$/);
});

test('packages are installed first, without a network if the wheels go along', () => {
  const words = ScriptCode.fromDirectory('anywhere', { entryPoint: 'train.py', requirements: 'r.txt', wheels: 'w' })._command('/opt/ml/input/data/code');
  expect(words.slice(4)).toEqual(['python3', 'cdk_ml_run_script.py', '--requirements', 'r.txt', '--wheels', 'w', 'train.py']);
  const { stdout, stderr, status } = run(words, {}, 'print("ran")');
  expect(stderr).toMatch(/r\.txt/);
  expect(stdout).not.toMatch(/ran/);
  expect(status).not.toBe(0);
});
