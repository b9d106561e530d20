import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Lazy } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { repoWith } from './built';
import { ContainerSource, SageMakerImage, TemplateSourceOptions } from '../../../src';
import { errorOf, expectCompliant, onlyResource, warningsOf } from '../../helper';

const KIT = join(__dirname, '..', '..', '..', 'container-kit');
const DIABETES = join(KIT, 'examples', 'diabetes');
const made: string[] = [];
afterAll(() => made.forEach(d => rmSync(d, { recursive: true })));

function files(contents: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'template-source-'));
  made.push(root);
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** What CodeBuild gets. */
function contextOf(code: string, options?: TemplateSourceOptions) {
  const fixture = repoWith();
  fixture.images.addImage('Model', ContainerSource.fromTemplate(code, options));
  const { directory } = fixture.app.synth();
  const manifest = JSON.parse(readFileSync(join(directory, 'Stack.assets.json'), 'utf8'));
  const [root, ...others] = Object.values<any>(manifest.files).filter(f => f.source.packaging === 'zip').map(f => join(directory, f.source.path))
    .filter(path => readdirSync(path).includes('Dockerfile'));
  expect(others).toEqual([]);
  const names = (below: string) => readdirSync(below, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
    .map(f => join(f.parentPath, f.name).slice(below.length + 1)).filter(n => !n.includes('__pycache__')).sort();
  return { ...fixture, names: () => names(root), text: (name: string) => readFileSync(join(root, name), 'utf8'), kit: names(join(KIT, 'template')) };
}

test('a file becomes the code of the kit, whatever it is called', () => {
  const { names, text, kit } = contextOf(join(files({ 'churn_model.py': 'def predict(): pass' }), 'churn_model.py'));
  expect(names()).toEqual(kit);
  expect(kit).toEqual(expect.arrayContaining(['Dockerfile', 'program/train', 'program/serve', 'program/kit/inference.py', 'code/model.py', 'code/requirements.txt']));
  expect([text('code/model.py'), text('code/requirements.txt')]).toEqual(['def predict(): pass', '']);
  for (const name of kit.filter(n => !n.startsWith('code/'))) {
    expect(text(name)).toBe(readFileSync(join(KIT, 'template', name), 'utf8'));
  }
});

test('a directory goes along with all it holds, but what tools leave there', () => {
  const code = files({ 'model.py': 'import lib.a', 'lib/a.py': 'A', 'requirements.txt': 'joblib', '__pycache__/a.pyc': 'junk', 'notes.md': 'n' });
  const { names, text } = contextOf(code, { exclude: ['*.md'] });
  expect(names().filter(n => n.startsWith('code/'))).toEqual(['code/lib/a.py', 'code/model.py', 'code/requirements.txt']);
  expect(text('code/requirements.txt')).toBe('joblib');
});

test('the packages of a file are named beside it', () => {
  const { text } = contextOf(join(DIABETES, 'model.py'), { requirements: join(DIABETES, 'requirements.txt') });
  expect(text('code/requirements.txt')).toBe(readFileSync(join(DIABETES, 'requirements.txt'), 'utf8'));
});

test('the tag follows from what is in it alone', () => {
  const tagOf = (code: string, options?: TemplateSourceOptions) => {
    const { Content, Build } = contextOf(code, options).build().Properties;
    expect(Content).toMatch(/^[0-9a-f]{64}$/);
    return JSON.stringify([Content, Build]); // which the function hashes
  };
  const one = files({ 'model.py': '1' });
  const before = tagOf(one);
  utimesSync(join(one, 'model.py'), 1, 1);
  expect([tagOf(one), tagOf(files({ 'model.py': '1' })), tagOf(join(one, 'model.py'))]).toEqual([before, before, before]);
  expect(tagOf(files({ 'model.py': '2' }))).not.toBe(before);
  expect(tagOf(one, { platform: Platform.LINUX_ARM64 })).not.toBe(before);
});

test('with another rebuild, unchanged code gets another tag and no layer of the last build', () => {
  const built = (rebuild?: string) => contextOf(files({ 'model.py': '1' }), { rebuild }).build().Properties;
  const [never, october, november] = [undefined, '2026-10', '2026-11'].map(built);
  expect(november.Content).toBe(never.Content);
  expect([never, october, november].map(b => b.Build.Args)).toEqual([undefined, { REBUILD: '2026-10' }, { REBUILD: '2026-11' }]);
  expect(new Set([never, october, november].map(b => b.Tag)).size).toBe(3);
  const lines = contextOf(DIABETES).text('Dockerfile').split('\n');
  expect(lines.indexOf('ARG REBUILD=')).toBeGreaterThan(lines.findIndex(l => l.startsWith('FROM')));
  expect(lines.indexOf('ARG REBUILD=')).toBeLessThan(lines.findIndex(l => l.startsWith('RUN')));
});

test('it is built like a directory, and the packs are content', () => {
  const { stack, images } = repoWith();
  images.addImage('Model', ContainerSource.fromTemplate(DIABETES, { baseImage: SageMakerImage.fromUri('public.ecr.aws/docker/library/python:3.11-slim-bookworm') }));
  const { Build, Registries } = onlyResource(expectCompliant(stack), 'Custom::ContainerImage').Properties;
  expect(Build).toEqual({ Dockerfile: 'Dockerfile', Args: { BASE_IMAGE: 'public.ecr.aws/docker/library/python:3.11-slim-bookworm' }, Platform: 'linux/amd64' });
  expect(Registries).toHaveLength(1);
});

test('it begins with an image of the public gallery, which has no limits as Docker Hub does, whose images are warned of', () => {
  expect(contextOf(DIABETES).text('Dockerfile')).toContain('ARG BASE_IMAGE=public.ecr.aws/docker/library/python:3.12-slim-bookworm\n');
  const { stack, images, template } = repoWith();
  images.addImage('Hub', ContainerSource.fromTemplate(DIABETES, { baseImage: SageMakerImage.fromUri('python:3.11-slim-bookworm') }));
  template();
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/begins with python:3.11-slim-bookworm of Docker Hub.*: name public.ecr.aws\/docker\/library\/python:3.11-slim-bookworm, .*dockerHubLimits/)]);
});

test('it may begin with an image of ECR, which is pulled from exactly its repository', () => {
  const { stack, images } = repoWith();
  const baseImage = SageMakerImage.fromUri('763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.6.0');
  images.addImage('Model', ContainerSource.fromTemplate(DIABETES, { baseImage }));
  const template = expectCompliant(stack);
  expect(onlyResource(template, 'Custom::ContainerImage').Properties.Registries).toEqual([expect.anything(), '763104351884.dkr.ecr.us-east-1.amazonaws.com']);
  expect(JSON.stringify(template.toJSON())).toContain(':ecr:us-east-1:763104351884:repository/pytorch-training');
});

test.each<[string, () => string, TemplateSourceOptions, string]>([
  ['what is not there', () => '/no/such/code', {}, "code must be a file or a directory that is there, seen from where the program runs, got '/no/such/code'"],
  ['a token', () => Lazy.string({ produce: () => 'x' }), {}, 'code must be known at synth'],
  ['a directory without a model', () => files({ 'train.py': '' }), {}, "code must be a directory with a file 'model.py', got '"],
  ['an excluded model', () => files({ 'model.py': '' }), { exclude: ['model.py'] }, "code must be a directory with a file 'model.py', got '"],
  ['another language', () => join(files({ 'model.R': '' }), 'model.R'), {}, "code must be a Python file or a directory, got '"],
  ['packages named twice', () => DIABETES, { requirements: join(DIABETES, 'requirements.txt') }, "requirements cannot be given beside the 'requirements.txt' of the directory"],
  ['packages that are not there', () => join(DIABETES, 'model.py'), { requirements: 'none.txt' }, "requirements must be a file, seen from where the program runs, got 'none.txt'"],
  ['patterns for a file', () => join(DIABETES, 'model.py'), { exclude: ['x'] }, 'exclude is for directories'],
  ['another platform', () => DIABETES, { platform: Platform.custom('windows/amd64') }, 'platform must be one of linux/amd64, linux/arm64, got'],
])('%s is refused', (_, code, options, problem) => {
  const [head, ...problems] = errorOf(() => repoWith().images.addImage('Model', ContainerSource.fromTemplate(code(), options))).split('\n');
  expect(head).toBe("ContainerSource at 'Stack/Images/Model' has 1 problem:");
  expect(problems.map(p => p.slice(4))).toEqual([expect.stringContaining(problem)]);
});
