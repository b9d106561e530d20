import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gzipSync } from 'zlib';
import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  InferenceEndpoint, InferenceModel, ModelArtifact, ModelArtifactBucket, ModelAssetOptions, ModelStep, SageMakerImage, SageMakerPipeline, StepModel,
} from '../../src';
import { errorOf, expectCompliant, onlyResource, statementsOf } from '../helper';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
const made: string[] = [];
afterAll(() => made.forEach(d => rmSync(d, { recursive: true })));

function files(contents: Record<string, string | Buffer>): string {
  const root = mkdtempSync(join(tmpdir(), 'model-asset-'));
  made.push(root);
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const model = () => files({ 'model.json': '{}', 'code/inference.py': 'pass', '__pycache__/x.pyc': 'junk' });
const archive = (name = 'model.tar.gz', content = 'model') => join(files({ [name]: gzipSync(content) }), name);

function assetFixture(path: string, options?: ModelAssetOptions) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const artifact = ModelArtifact.fromAsset(stack, 'Model', path, options);
  const uploaded = () => {
    const { directory } = app.synth();
    const manifest = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8'));
    const [{ source, destinations }] = Object.values<any>(manifest.files).filter(f => !f.source.path.endsWith('.template.json'));
    return { source, file: join(directory, source.path), key: Object.values<any>(destinations)[0].objectKey as string };
  };
  return { app, stack, artifact, uploaded };
}

const BUCKET = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' };
const uri = (key: string) => ({ 'Fn::Join': ['', ['s3://', BUCKET, `/${key}`]] });

test.each(['model.tar.gz', 'churn.v1.tar.gz', 'model.tgz', 'MODEL.TAR.GZ', 'model'])('%s is uploaded as it is, and keeps the whole suffix', name => {
  const path = archive(name);
  const { uploaded, artifact, stack } = assetFixture(path);
  const { source, file, key } = uploaded();
  expect(key).toMatch(/^[0-9a-f]{64}\.tar\.gz$/);
  expect(source.packaging).toBe('file');
  expect(readFileSync(file)).toEqual(readFileSync(path));
  expect(stack.resolve(artifact.uri)).toEqual(uri(key));
});

test('a directory is packed, without what tools leave there', () => {
  const { file, key, source } = assetFixture(model(), { exclude: ['*.md'] }).uploaded();
  expect(key).toMatch(/^[0-9a-f]{64}\.tar\.gz$/);
  expect(source.packaging).toBe('file');
  expect(execFileSync('tar', ['-tzf', file], { encoding: 'utf8' }).trim().split('\n')).toEqual(['code/inference.py', 'model.json']);
});

test('its name follows from what it holds alone', () => {
  const keyOf = (path: string, options?: ModelAssetOptions) => assetFixture(path, options).uploaded().key;
  const one = model();
  const before = keyOf(one);
  utimesSync(join(one, 'model.json'), 1, 1);
  expect([keyOf(one), keyOf(model())]).toEqual([before, before]);
  writeFileSync(join(one, 'model.json'), '{"a":1}');
  expect(keyOf(one)).not.toBe(before);
  expect([keyOf(archive('a.tar.gz')), keyOf(archive('b.tgz'))]).toEqual(Array(2).fill(keyOf(archive())));
  expect(keyOf(archive('a.tar.gz', 'other'))).not.toBe(keyOf(archive()));
});

const read = (key: string) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', BUCKET, `/${key}`]] },
});

test('an endpoint can be made with it at once, and its role reads exactly this object', () => {
  const { stack, artifact, uploaded } = assetFixture(model());
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image, artifact }) });
  const template = expectCompliant(stack); // and without a warning that the artifact cannot be there yet
  const { key } = uploaded();
  expect(onlyResource(template, 'AWS::SageMaker::Model').Properties.PrimaryContainer.ModelDataUrl).toEqual(uri(key));
  const reads = statementsOf(template, 'Endpoint').filter(s => JSON.stringify(s).includes('s3:'));
  expect(reads).toEqual([read(key)]);
  template.resourceCountIs('AWS::Lambda::Function', 0);
});

test('a step of a pipeline takes it by its URI, and its role reads exactly this object', () => {
  const { stack, artifact, uploaded } = assetFixture(archive());
  const create = new ModelStep('Create', { model: StepModel.fromContainer({ image, modelArtifact: artifact.uri }) });
  new SageMakerPipeline(stack, 'Pipeline', { artifacts: new ModelArtifactBucket(stack, 'Artifacts'), steps: [create] });
  const template = expectCompliant(stack);
  const { key } = uploaded();
  const reads = statementsOf(template, '').filter(s => JSON.stringify(s.Resource).includes(key));
  expect(reads).toEqual([read(key)]);
});

test('the key of the bootstrap is asked for if it is named', () => {
  const { stack } = assetFixture(model());
  const bootstrapKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  const artifact = ModelArtifact.fromAsset(stack, 'Other', model(), { bootstrapKey });
  new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image, artifact }) });
  const decrypts = statementsOf(Template.fromStack(stack), 'Endpoint').filter(s => s.Action === 'kms:Decrypt' && s.Resource === bootstrapKey.keyArn);
  expect(JSON.stringify(decrypts.map(s => s.Condition))).toContain('kms:ViaService');
});

test.each<[string, () => string, ModelAssetOptions | undefined, RegExp]>([
  ['a path that is not there', () => '/no/such/model', undefined, /^path must be a file or a directory that is there, seen from where the program runs, got '\/no\/such\/model'$/],
  ['a file that is not gzipped', () => join(files({ 'model.tar.gz': 'text' }), 'model.tar.gz'), undefined, /^path must be a gzipped tar file or a directory, got '.*', which is not gzipped$/],
  ['an empty file', () => join(files({ 'model.tar.gz': '' }), 'model.tar.gz'), undefined, /which is not gzipped$/],
  ['a directory without files', () => files({ '.DS_Store': 'x' }), undefined, /^path must be a directory with at least one file that is not excluded, got '.*'$/],
  ['patterns for a file', () => archive(), { exclude: ['a'] }, /^exclude is for directories$/],
  ['a name that is too long', () => files({ ['x'.repeat(101)]: 'x' }), undefined, /^path must hold no path that an archive cannot, got 'x+'$/],
  ['a token', () => Lazy.string({ produce: () => 'x' }), undefined, /^path must be known at synth$/],
])('%s is refused', (_, path, options, problem) => {
  const [head, ...problems] = errorOf(() => assetFixture(path(), options)).split('\n');
  expect(head).toBe("ModelArtifact at 'Stack/Model' has 1 problem:");
  expect(problems.map(p => p.slice(4))).toEqual([expect.stringMatching(problem)]);
});

test('nothing is packed for stacks that are not deployed', () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  ModelArtifact.fromAsset(new Stack(app, 'Stack'), 'Model', model());
  const staged = readdirSync(app.synth().directory, { recursive: true }).map(String);
  expect(staged.filter(name => name.endsWith('.tar.gz'))).toEqual([]);
});
