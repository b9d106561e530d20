import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { App, Stack } from 'aws-cdk-lib';
import { DiabetesStack } from '../../examples/typescript/diabetes/diabetes-stack';
import { expectCompliant } from '../helper';
import { TemplateGraph } from '../template-graph';
import { definitionOf } from '../training/definition-of';

/**
 * The sequence of docs/examples/diabetes.md on an empty account: bootstrap, `cdk deploy` (which uploads the assets, then makes the stack), then data
 * and marker are uploaded.
 */
const EXAMPLES = join(__dirname, '..', '..', 'examples');
const DATA_UPLOADED = 'datasets/diabetes/diabetes.csv';
const MARKER_UPLOADED = 'datasets/diabetes/_SUCCESS';
const ASSETS = 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}';

const out = mkdtempSync(join(tmpdir(), 'diabetes-'));
const here = process.cwd();
let stack: Stack;
let graph: TemplateGraph;
/** Objects that are uploaded before the stack is made, as names of files by object key. */
let uploaded: Record<string, string>;

beforeAll(() => {
  process.chdir(join(EXAMPLES, 'typescript', 'diabetes')); // the code is named as seen from there
  const app = new App({ outdir: out });
  stack = new DiabetesStack(app, 'Diabetes');
  graph = new TemplateGraph(expectCompliant(stack).toJSON());
  const assembly = app.synth();
  const { files } = JSON.parse(readFileSync(join(out, 'Diabetes.assets.json'), 'utf8'));
  const destinations = Object.values<any>(files)
    .flatMap(f => Object.values<any>(f.destinations).map(d => ({ ...d, file: join(out, f.source.path) })));
  uploaded = Object.fromEntries(destinations.filter(d => d.bucketName === ASSETS).map(d => [d.objectKey, d.file]));
  expect(assembly.getStackArtifact('Diabetes').dependencies.map(d => d.id)).toContain('Diabetes.assets');
});
afterAll(() => {
  process.chdir(here);
  rmSync(out, { recursive: true });
});

function text(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]); }
  if (value['Fn::GetAtt']) { return `{${value['Fn::GetAtt'].join('.')}}`; }
  return value['Fn::Sub'] ?? `{${value.Ref}}`;
}

function allows(policy: string, action: string, resource: string): boolean {
  const matches = (pattern: string) => new RegExp(`^${pattern.split('*').map(p => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(resource);
  return graph.resources[policy].Properties.PolicyDocument.Statement
    .some((s: any) => s.Effect === 'Allow' && [s.Action].flat().includes(action) && [s.Resource].flat().map(text).some(matches));
}

/** The policies that a resource waits for. */
const policiesBefore = (id: string) => [...graph.allBefore(id)].filter(b => graph.resources[b].Type === 'AWS::IAM::ManagedPolicy');
const policyOf = (role: string) => graph.ofType('AWS::IAM::ManagedPolicy').find(([, p]) => text(p.Properties.Roles[0]) === `{${role}}`)![0];
const builds = () => graph.ofType('Custom::ContainerImage');
const keyIn = (uri: string) => Object.keys(uploaded).find(key => uri.endsWith(`${ASSETS}/${key}`))!;

const KIT_IMAGE = '{ImagesKitBuild40A590A0.ImageUri}';
const SPLIT_IMAGE = '{ImagesSplitBuild940E2BCB.ImageUri}';
const REPOSITORY = '{ImagesRepository2D0F5B9C.Arn}';

test('nothing waits for itself, or for what is not made, or comes before the policies that it works with', () => {
  expect([graph.cycles(), graph.dangling(['BootstrapVersion']), graph.usersBeforePolicies()]).toEqual([[], [], []]);
});

test('no physical name is given twice', () => {
  const names = Object.values(graph.resources).flatMap(r => Object.entries<any>(r.Properties ?? {}).filter(([k, v]) => k.endsWith('Name') && typeof v === 'string').map(([k, v]) => `${k} ${v}`));
  expect(names.filter(n => /^(Endpoint|Pipeline|ModelPackageGroup)Name /.test(n))).toHaveLength(3);
  expect(new Set(names).size).toBe(names.length);
});

test('builds find the object that they build, which holds a Dockerfile', () => {
  expect(builds()).toHaveLength(2);
  for (const [id, { Properties }] of builds()) {
    const key = keyIn(text(Properties.Source.Location));
    expect(readdirSync(uploaded[key])).toContain('Dockerfile');
    expect(policiesBefore(id).some(p => allows(p, 's3:GetObject', `arn:{AWS::Partition}:s3:::${ASSETS}/${key}`))).toBe(true);
  }
});

test('builds wait for repository, project, the rule that tells how they end, and the rights to build, to push and to start', () => {
  for (const [id] of builds()) {
    const before = [...graph.allBefore(id)];
    expect(before.map(b => graph.resources[b].Type)).toEqual(expect.arrayContaining([
      'AWS::ECR::Repository', 'AWS::CodeBuild::Project', 'AWS::Events::Rule', 'AWS::Lambda::Permission', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::KMS::Key',
    ]));
    const policies = policiesBefore(id);
    expect(policies.some(p => allows(p, 'ecr:PutImage', REPOSITORY))).toBe(true);
    expect(policies.some(p => allows(p, 'codebuild:StartBuild', '{ImagesBuildsAmd64A1CD67E0.Arn}'))).toBe(true);
    expect(policies.some(p => allows(p, 'ecr:DescribeImages', REPOSITORY))).toBe(true);
  }
});

describe('the endpoint', () => {
  const modelId = 'EndpointModel0F230181';
  const endpointId = 'EndpointRealTimeD05C090E';

  test('waits for the image that it runs, and may pull it', () => {
    expect(text(graph.resources[modelId].Properties.PrimaryContainer.Image)).toBe(KIT_IMAGE);
    expect([...graph.allBefore(endpointId)]).toEqual(expect.arrayContaining([modelId, 'ImagesKitBuild40A590A0']));
    expect(policiesBefore(modelId).some(p => allows(p, 'ecr:BatchGetImage', REPOSITORY))).toBe(true);
  });

  test('finds the first model, which was uploaded, and may read it alone', () => {
    const uri = text(graph.resources[modelId].Properties.PrimaryContainer.ModelDataUrl);
    const key = keyIn(uri);
    expect(gunzipSync(readFileSync(uploaded[key])).subarray(0, 100).toString()).toMatch(/^model\.json\0/);
    const policy = policyOf('EndpointRole47E61C54');
    expect(policiesBefore(modelId)).toContain(policy);
    const may = (object: string) => allows(policy, 's3:GetObject', `arn:{AWS::Partition}:s3:::${ASSETS}/${object}`);
    expect(Object.keys(uploaded).filter(may)).toEqual([key]);
  });

  test('waits for the alarm that rolls it back', () => {
    expect([...graph.allBefore(endpointId)]).toContain(graph.ofType('AWS::CloudWatch::Alarm')[0][0]);
  });
});

describe('the pipeline', () => {
  test('waits for both images, and its jobs may pull them', () => {
    const [[id]] = graph.ofType('AWS::SageMaker::Pipeline');
    const [process, train, evaluate, check] = definitionOf(stack).Steps;
    const plain = (image: string) => image.replace(/^\$/, '');
    expect([process, evaluate].map(s => plain(s.Arguments.AppSpecification.ImageUri))).toEqual([SPLIT_IMAGE, KIT_IMAGE]);
    expect(plain(train.Arguments.AlgorithmSpecification.TrainingImage)).toBe(KIT_IMAGE);
    expect(plain(check.Arguments.IfSteps[0].Arguments.InferenceSpecification.Containers[0].Image)).toBe(KIT_IMAGE);
    expect([...graph.allBefore(id)]).toEqual(expect.arrayContaining(builds().map(([b]) => b)));
    expect(allows(policyOf('PipelineJobRole3C5C0FEE'), 'ecr:BatchGetImage', REPOSITORY)).toBe(true);
  });

  test('is started by the marker that is uploaded, and its jobs may read the data', () => {
    const [rule] = graph.ofType('AWS::Events::Rule').map(([, r]) => r.Properties.EventPattern).filter(p => p.source.includes('aws.s3'));
    expect(rule.detail.bucket.name).toEqual([{ Ref: 'ArtifactsBucket88671897' }]);
    const [before, after] = rule.detail.object.key[0].wildcard.split('*');
    expect(MARKER_UPLOADED.startsWith(before) && MARKER_UPLOADED.endsWith(after)).toBe(true);
    expect(allows(policyOf('PipelineJobRole3C5C0FEE'), 's3:GetObject', `{ArtifactsBucket88671897.Arn}/${DATA_UPLOADED}`)).toBe(true);
  });

  test('registers in the group that is made before it', () => {
    const [[id]] = graph.ofType('AWS::SageMaker::Pipeline');
    const [[group, { Properties }]] = graph.ofType('AWS::SageMaker::ModelPackageGroup');
    expect([...graph.allBefore(id)]).toContain(group);
    expect(definitionOf(stack).Steps[3].Arguments.IfSteps[0].Arguments.ModelPackageGroupName).toBe(Properties.ModelPackageGroupName);
  });
});

test('all languages hold the same code, Dockerfile and model', () => {
  const held = (language: string) => ['code', 'split', 'first-model'].flatMap(folder => {
    const at = join(EXAMPLES, language, 'diabetes', folder);
    return readdirSync(at).filter(n => n !== '__pycache__').sort().map(name => [folder, name, readFileSync(join(at, name), 'utf8')]);
  });
  ['python', 'java', 'go'].forEach(language => expect(held(language)).toEqual(held('typescript')));
});

test('the page of the example names resources by ids that there are', () => {
  const page = readFileSync(join(EXAMPLES, '..', 'docs', 'examples', 'diabetes.md'), 'utf8');
  const named = [...page.matchAll(/resource (\w+)\)/g)].map(m => m[1]);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter(id => graph.resources[id] === undefined)).toEqual([]);
  [DATA_UPLOADED, MARKER_UPLOADED].forEach(key => expect(page).toContain(key));
});
