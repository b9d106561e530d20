import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServingStack } from '../../examples/typescript/abalone/serving-stack';
import { TrainingStack } from '../../examples/typescript/abalone/training-stack';
import { TemplateGraph } from '../template-graph';
import { definitionOf } from '../training/definition-of';

/**
 * The sequence of docs/examples/abalone.md on an empty account: deploy Training, push image 1.4.2, upload data and marker (the pipeline runs
 * and registers version 1), approve it, deploy Serving.
 */
const IMAGE_PUSHED = '1.4.2';
const DATA_UPLOADED = 'datasets/abalone/abalone.csv';
const MARKER_UPLOADED = 'datasets/abalone/_SUCCESS';
const VERSION_REGISTERED = 1;

const app = new App();
const training = new TrainingStack(app, 'Training');
const serving = new ServingStack(app, 'Serving', { models: training.models });
const first = Template.fromStack(training).toJSON();
const second = Template.fromStack(serving).toJSON();
const graphs: [string, TemplateGraph][] = [['Training', new TemplateGraph(first)], ['Serving', new TemplateGraph(second)]];
const [[, trainingGraph], [, servingGraph]] = graphs;

/** Every reference as a word in braces; what comes from the first stack is marked, since ids repeat in the second. */
function text(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(text).join(''); }
  if (value['Fn::ImportValue']) { return text(exported(value['Fn::ImportValue'])).replace('{', '{Training:'); }
  if (value['Fn::GetAtt']) { return `{${value['Fn::GetAtt'].join('.')}}`; }
  return `{${value.Ref}}`;
}

function exported(name: string): any {
  return (Object.values(first.Outputs ?? {}) as any[]).find(o => o.Export.Name === name).Value;
}

function isReference(value: any): boolean {
  return typeof value === 'object' && value !== null && ['Ref', 'Fn::Join', 'Fn::GetAtt', 'Fn::ImportValue'].some(k => k in value);
}

/** Whether statements of a policy allow an action on a resource, conditions left aside. */
function allows(policy: any, action: string, resource: string): boolean {
  const matches = (pattern: string) => new RegExp(`^${pattern.split('*').map(p => p.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`).test(resource);
  return policy.Properties.PolicyDocument.Statement.some((s: any) => s.Effect === 'Allow' && [s.Action].flat().includes(action) && [s.Resource].flat().map(text).some(matches));
}

function policyOf(graph: TemplateGraph, role: RegExp): any {
  return graph.ofType('AWS::IAM::ManagedPolicy').find(([, p]) => graph.references(p.Properties.Roles).some(r => role.test(r)))![1];
}

describe.each(graphs)('%s', (name, graph) => {
  test('waits for nothing that waits for it', () => {
    expect(graph.cycles()).toEqual([]);
  });

  test('refers to nothing that is not made', () => {
    expect(graph.dangling(Object.keys((name === 'Training' ? first : second).Parameters ?? {}))).toEqual([]);
  });

  test('makes the policies of a role before its users', () => {
    expect(graph.usersBeforePolicies()).toEqual([]);
  });

  test('gives no physical name twice', () => {
    const names = Object.values(graph.resources).flatMap(r => Object.entries(r.Properties ?? {}).filter(([k, v]) => /^(Endpoint|Pipeline|ModelPackageGroup)Name$/.test(k) && typeof v === 'string').map(([, v]) => v));
    expect(new Set(names).size).toBe(names.length);
  });
});

/** An ARN or a name as long as they come: 63 characters of name in the longest Region. */
const LONG = `arn:aws:sagemaker:ap-southeast-1:111122223333:${'x'.repeat(63)}`;

test.each(graphs)('%s: every managed policy is below the 6144 characters that IAM takes', (_, graph) => {
  for (const [, policy] of graph.ofType('AWS::IAM::ManagedPolicy')) {
    const written = JSON.stringify(policy.Properties.PolicyDocument, (_key, value) => isReference(value) ? text(value).replace(/\{[^}]*\}/g, LONG) : value);
    expect(written.length).toBeLessThan(6144);
  }
});

test('the page of the example names resources by ids that there are', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'examples', 'abalone.md'), 'utf8');
  const named = [...page.matchAll(/resource (Training|Serving) (\w+)\)/g)].map(m => [m[1], m[2]]);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter(([stack, id]) => (stack === 'Training' ? first : second).Resources[id] === undefined)).toEqual([]);
});

test('the first stack needs no image and no object when it is deployed', () => {
  const types = [...new Set(Object.values(trainingGraph.resources).map(r => r.Type))].sort();
  expect(types).toEqual([
    'AWS::ECR::Repository', 'AWS::Events::Rule', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy',
    'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'AWS::SageMaker::ModelPackageGroup', 'AWS::SageMaker::Pipeline', 'AWS::Scheduler::Schedule',
  ]);
});

test('the pipeline comes after the registry that it registers in', () => {
  const [[pipeline]] = trainingGraph.ofType('AWS::SageMaker::Pipeline');
  const [[group]] = trainingGraph.ofType('AWS::SageMaker::ModelPackageGroup');
  expect([...trainingGraph.allBefore(pipeline)]).toContain(group);
});

describe('when the pipeline runs', () => {
  const definition = definitionOf(training);
  const jobs = policyOf(trainingGraph, /JobRole/);
  const starter = policyOf(trainingGraph, /^PipelineRole/);

  test('all its images are the one that was pushed, and its jobs may pull it', () => {
    const images = JSON.stringify(definition).match(/"(ImageUri|TrainingImage|Image)":"([^"]*)"/g)!;
    expect(new Set(images.map(i => i.split('":"')[1]))).toEqual(new Set([`\${ImagesRepository2D0F5B9C.RepositoryUri}:${IMAGE_PUSHED}"`]));
    expect(allows(jobs, 'ecr:BatchGetImage', '{ImagesRepository2D0F5B9C.Arn}')).toBe(true);
  });

  test('its data are those that were uploaded, and its jobs may read them', () => {
    expect(definition.Parameters[0].DefaultValue).toBe('s3://${ArtifactsBucket88671897}/datasets/abalone/');
    expect(allows(jobs, 's3:GetObject', `{ArtifactsBucket88671897.Arn}/${DATA_UPLOADED}`)).toBe(true);
  });

  test('the marker that was uploaded starts it', () => {
    const [[, rule]] = trainingGraph.ofType('AWS::Events::Rule');
    const { bucket, object } = rule.Properties.EventPattern.detail;
    expect(bucket.name).toEqual([{ Ref: 'ArtifactsBucket88671897' }]);
    const [before, after] = object.key[0].wildcard.split('*');
    expect(MARKER_UPLOADED.startsWith(before) && MARKER_UPLOADED.endsWith(after)).toBe(true);
    const { NotificationConfiguration } = trainingGraph.resources.ArtifactsBucket88671897.Properties;
    expect(NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
  });

  test('each step may write where it writes, and read what another has written', () => {
    const uris = [...JSON.stringify(definition).matchAll(/\["s3:\/\/\$\{ArtifactsBucket88671897\}([^"]*)"/g)].map(m => `{ArtifactsBucket88671897.Arn}${m[1]}execution/step/file`);
    expect(uris.length).toBe(5);
    for (const uri of uris) {
      expect([allows(jobs, 's3:PutObject', uri), allows(jobs, 's3:GetObject', uri), allows(starter, 's3:GetObject', uri)]).toEqual([true, true, true]);
    }
  });

  test('the group that it registers in is the one that is made', () => {
    const [[, group]] = trainingGraph.ofType('AWS::SageMaker::ModelPackageGroup');
    const register = definition.Steps[3].Arguments.IfSteps[0];
    expect(register.Arguments.ModelPackageGroupName).toBe(group.Properties.ModelPackageGroupName);
    expect(allows(starter, 'sagemaker:CreateModelPackage', '{ModelsC55D3500.ModelPackageGroupArn}')).toBe(true);
  });

  test('its role may pass the role of the jobs, and that role alone', () => {
    expect(allows(starter, 'iam:PassRole', '{PipelineJobRole3C5C0FEE.Arn}')).toBe(true);
    expect(allows(starter, 'iam:PassRole', '{PipelineRoleB27FAA37.Arn}')).toBe(false);
  });
});

describe('when the second stack is deployed', () => {
  const role = policyOf(servingGraph, /^EndpointRole/);

  test('the first is there', () => {
    expect(serving.dependencies.map(s => s.stackName)).toEqual(['Training']);
  });

  test('the model version that it serves is the one that was registered', () => {
    const [[, model]] = servingGraph.ofType('AWS::SageMaker::Model');
    const [[, group]] = trainingGraph.ofType('AWS::SageMaker::ModelPackageGroup');
    expect(text(model.Properties.PrimaryContainer.ModelPackageName)).toMatch(new RegExp(`:model-package/${group.Properties.ModelPackageGroupName}/${VERSION_REGISTERED}$`));
  });

  test('its role may pull the image and read the artifact of that version', () => {
    const { Values } = definitionOf(training).Steps[1].Arguments.OutputDataConfig.S3OutputPath['Std:Join'];
    const artifact = `${Values[0].replace('s3://${ArtifactsBucket88671897}', '{Training:ArtifactsBucket88671897.Arn}')}execution${Values[2]}/job/output/model.tar.gz`;
    expect(allows(role, 's3:GetObject', artifact)).toBe(true);
    expect(allows(role, 'kms:Decrypt', '{Training:MlEncryptionKey1CDF763F.Arn}')).toBe(true);
    expect(allows(role, 'ecr:BatchGetImage', '{Training:ImagesRepository2D0F5B9C.Arn}')).toBe(true);
  });

  test('its role may not read anything else of the bucket', () => {
    expect(allows(role, 's3:GetObject', `{Training:ArtifactsBucket88671897.Arn}/${DATA_UPLOADED}`)).toBe(false);
  });

  test('the alarm that rolls back is made before the endpoint and watches it', () => {
    const [[endpoint, { Properties }]] = servingGraph.ofType('AWS::SageMaker::Endpoint');
    const [[alarm, watched]] = servingGraph.ofType('AWS::CloudWatch::Alarm');
    expect([...servingGraph.allBefore(endpoint)]).toContain(alarm);
    expect(watched.Properties.Dimensions).toContainEqual({ Name: 'EndpointName', Value: Properties.EndpointName });
  });
});
