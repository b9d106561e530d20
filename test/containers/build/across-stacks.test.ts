import { join } from 'path';
import { App, CfnParameter, CfnResource, NestedStack, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { COMMIT, DIRECTORY, directory, logicalId, repoWith } from './built';
import {
  AwsImage, ContainerSource, CustomContainerRepo, DefinitionPlace, InferenceEndpoint, InferenceModel, ModelArtifactBucket, ProcessingOutput,
  ProcessingStep, SageMakerImage, SageMakerPipeline,
} from '../../../src';
import { errorOf, expectCompliant, onlyResource, warningsOf } from '../../helper';

const URL = 'https://github.com/acme/models.git';
const git = (commit: string) => ContainerSource.fromGit(URL, commit);
const OTHER = COMMIT.replace(/a/g, 'b');

interface Case {
  readonly building?: StackProps;
  readonly serving?: StackProps;
  readonly repositoryName?: string;
  readonly build?: (images: CustomContainerRepo, stack: Stack) => SageMakerImage;
  readonly use?: (scope: Stack, image: SageMakerImage) => unknown;
}

const names = (scope: Stack, image: SageMakerImage) => new CfnResource(scope, 'User', { type: 'X::Y::Z', properties: { Image: image.imageUri } });

function twoStacks({ building, serving, repositoryName, build, use = names }: Case = {}) {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const stack = new Stack(app, 'Building', building);
  const images = new CustomContainerRepo(stack, 'Images', { repositoryName });
  const image = build?.(images, stack) ?? images.addImage('Abalone', directory());
  const user = new Stack(app, 'Serving', serving);
  use(user, image);
  return { app, stack, images, user };
}

function templatesOf(of: Case) {
  const { app, stack, images, user } = twoStacks(of);
  const assembly = app.synth();
  const built = Template.fromStack(stack).toJSON();
  return { assembly, stack, images, user, built, used: Template.fromStack(user).toJSON() };
}

const imageOf = (template: any) => template.Resources.User.Properties.Image;
const tagsOf = (template: any) => Object.values<any>(template.Resources).filter(r => r.Type === 'Custom::ContainerImage').map(r => r.Properties.Tag);

test('another stack names the image by its tag, and imports the address of the repository only', () => {
  const { built, used, images } = templatesOf({});
  const [tag] = tagsOf(built);
  const [, [address, rest]] = imageOf(used)['Fn::Join'];
  expect(rest).toBe(`:${tag}`);
  expect(address).toEqual({ 'Fn::ImportValue': expect.stringContaining('RepositoryUri') });
  const exported = Object.values<any>(built.Outputs).map(o => o.Value);
  expect(exported).toEqual([{ 'Fn::GetAtt': [logicalId(images, 'Repository', 'Resource'), 'RepositoryUri'] }]);
});

test('another source changes no export, which CloudFormation would refuse, but the tag that the other stack names', () => {
  const [before, after] = [COMMIT, OTHER].map(commit => templatesOf({ build: images => images.addImage('Abalone', git(commit)) }));
  expect(after.built.Outputs).toEqual(before.built.Outputs);
  expect(imageOf(after.used)).not.toEqual(imageOf(before.used));
  expect(tagsOf(after.built)).not.toEqual(tagsOf(before.built));
});

test('an endpoint elsewhere is clean, its role pulls from the repository, and still no export changes with the source', () => {
  const [before, after] = [COMMIT, OTHER].map(commit => templatesOf({
    build: images => images.addImage('Abalone', git(commit)),
    use: (scope, image) => new InferenceEndpoint(scope, 'Endpoint', { model: InferenceModel.fromContainer({ image }) }),
  }));
  expect(after.built.Outputs).toEqual(before.built.Outputs);
  expectCompliant(after.user);
  const configs = [before, after].map(({ used }) => Object.keys(Template.fromJSON(used).findResources('AWS::SageMaker::EndpointConfig')));
  const models = [before, after].map(({ used }) => JSON.stringify(Template.fromJSON(used).findResources('AWS::SageMaker::Model')));
  expect(configs[0]).toHaveLength(1);
  expect(models[0]).not.toEqual(models[1]);
});

test('the stack that uses the image is deployed after the one that builds it', () => {
  const { assembly, stack, user } = templatesOf({});
  expect(user.dependencies).toEqual([stack]);
  expect(assembly.getStackByName('Serving').dependencies.map(d => d.id)).toContain('Building');
  expect(assembly.stacks.map(s => s.id)).toEqual(['Building', 'Serving']);
});

test('a nested stack gets the digest, since values pass freely to it', () => {
  const app = new App();
  const stack = new Stack(app, 'Building');
  const images = new CustomContainerRepo(stack, 'Images');
  const image = images.addImage('Abalone', directory());
  const nested = new NestedStack(stack, 'Nested');
  names(nested, image);
  const parameters = Object.values<any>(onlyResource(Template.fromStack(stack), 'AWS::CloudFormation::Stack').Properties.Parameters);
  expect(parameters).toEqual([{ 'Fn::GetAtt': [logicalId(images, 'Abalone', 'Build'), 'ImageUri'] }]);
});

test('a definition that lies in a bucket names the image in the same way', () => {
  const pipeline = (scope: Stack, image: SageMakerImage) => {
    const artifacts = new ModelArtifactBucket(scope, 'Artifacts');
    const steps = [new ProcessingStep('Prepare', { image, outputs: [ProcessingOutput.of('train')] })];
    new SageMakerPipeline(scope, 'User', { artifacts, steps, definition: DefinitionPlace.bucket(artifacts.bucket) });
  };
  const [before, after] = [COMMIT, OTHER].map(commit => templatesOf({ build: images => images.addImage('Abalone', git(commit)), use: pipeline }));
  const key = (template: any) => JSON.stringify(Object.values<any>(template.Resources).find(r => r.Type === 'AWS::SageMaker::Pipeline')!.Properties.PipelineDefinition);
  expect(key(after.used)).not.toEqual(key(before.used));
  expect(JSON.stringify(before.used)).toContain(tagsOf(before.built)[0]);
  expect(JSON.stringify(before.used)).not.toContain('"ImageUri"');
});

describe('what an image is made from', () => {
  test('may depend on the Region by a table of the template', () => {
    const build = (version: string) => (images: CustomContainerRepo, stack: Stack) => {
      const base = AwsImage.xgboost(stack, version);
      return images.addImage('Abalone', directory({ baseImages: [base], buildArgs: { BASE: base.imageUri } }));
    };
    const [before, after] = ['1.7-1', '1.5-1'].map(version => tagsOf(templatesOf({ build: build(version) }).built)[0]);
    expect(before).toMatch(/^c-[0-9a-f]{40}$/);
    expect(after).not.toBe(before);
  });

  describe('an image of AWS', () => {
    const tagIn = (region: string | undefined, image: (scope: Stack) => SageMakerImage, how: (base: SageMakerImage) => ContainerSource) => {
      const env = region === undefined ? undefined : { account: '111122223333', region };
      const { stack, images, template } = repoWith(undefined, { stack: { env } });
      images.addImage('Abalone', how(image(stack)));
      return onlyResource(template(), 'Custom::ContainerImage').Properties.Tag;
    };
    const HOW: [string, (base: SageMakerImage) => ContainerSource][] = [
      ['a Dockerfile', base => directory({ baseImages: [base], buildArgs: { BASE: base.imageUri } })],
      ['the container kit', baseImage => ContainerSource.fromTemplate(join(DIRECTORY, 'train.py'), { baseImage })],
      ['a copy', base => ContainerSource.fromImage(base)],
    ];

    test.each(HOW)('counts by its name and tag for %s, not by the account that a Region has it in', (_, how) => {
      const xgboost = (version: string) => (scope: Stack) => AwsImage.xgboost(scope, version);
      const tags = ['eu-west-1', 'us-east-1', undefined].map(region => tagIn(region, xgboost('1.7-1'), how));
      expect([...new Set(tags)]).toEqual([expect.stringMatching(/^c-[0-9a-f]{40}$/)]);
      expect(tagIn('eu-west-1', xgboost('1.5-1'), how)).not.toBe(tags[0]);
    });

    test.each(HOW)('from accounts of the program counts by these for %s', (_, how) => {
      const of = (account: string) => (scope: Stack) => AwsImage.of(scope, 'x', '1', { 'eu-west-1': account });
      expect(tagIn('eu-west-1', of('111122223333'), how)).not.toBe(tagIn('eu-west-1', of('444455556666'), how));
    });
  });

  test('may be another image that is built, whose content is then part of it', () => {
    const build = (commit: string) => (images: CustomContainerRepo) => {
      const base = images.addImage('Base', git(commit));
      return images.addImage('Abalone', directory({ baseImages: [base], buildArgs: { BASE: base.imageUri } }));
    };
    const [before, after] = [COMMIT, OTHER].map(commit => templatesOf({ build: build(commit) }));
    expect(tagsOf(before.built)).toHaveLength(2);
    expect(tagsOf(after.built)[1]).not.toBe(tagsOf(before.built)[1]);
    expect(after.built.Outputs).toEqual(before.built.Outputs);
  });

  test('may be known at deployment only, as long as no other stack uses it: the function then makes the tag', () => {
    const build = (images: CustomContainerRepo, stack: Stack) => images.addImage('Abalone', git(new CfnParameter(stack, 'Commit').valueAsString));
    expect(tagsOf(templatesOf({ build, use: () => undefined }).built)).toEqual([undefined]);
    expect(errorOf(() => templatesOf({ build }))).toContain("[Building/Images/Abalone] stack 'Serving' uses the image, so its content must be known at synth, "
      + "but its source is only known at deployment: give what is known at synth, or use the image in stack 'Building' only");
  });

  test('is named part by part where it is not known, also within a text', () => {
    const build = (images: CustomContainerRepo, stack: Stack) => {
      const base = images.addImage('Base', git(new CfnParameter(stack, 'Commit').valueAsString));
      return images.addImage('Abalone', ContainerSource.fromDirectory(DIRECTORY, { baseImages: [base], buildArgs: { BASE: `${base.imageUri}`, V: `v${new CfnParameter(stack, 'V').valueAsString}` } }));
    };
    expect(errorOf(() => templatesOf({ build }))).toContain('but buildArgs.BASE, buildArgs.V are only known at deployment');
  });
});

describe('another environment', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };

  test('of another account takes a repository with a name', () => {
    const { built, used, user, stack } = templatesOf({ building: { env }, serving: { env: { ...env, account: '444455556666' } }, repositoryName: 'churn' });
    expect(JSON.stringify(imageOf(used))).toContain(':ecr:eu-west-1:111122223333:repository/churn');
    expect(JSON.stringify(imageOf(used))).toContain(`/churn:${tagsOf(built)[0]}`);
    expect(user.dependencies).toEqual([stack]);
    expect(errorOf(() => templatesOf({ building: { env }, serving: { env: { ...env, account: '444455556666' } } }))).toContain(
      "[Building/Images/Abalone] stack 'Serving' in aws://444455556666/eu-west-1 uses the image, which is in aws://111122223333/eu-west-1, where CloudFormation makes up the name of the "
      + "repository 'Building/Images/Repository': give it a repositoryName (which replaces a repository that was deployed without)");
  });

  test('of another Region takes a repository with a name, too', () => {
    const problem = "stack 'Serving' in aws://111122223333/us-east-1 uses the image, which is in aws://111122223333/eu-west-1, where CloudFormation makes up the name of the repository";
    const elsewhere = { building: { env }, serving: { env: { ...env, region: 'us-east-1' } } };
    expect(errorOf(() => templatesOf(elsewhere))).toContain(problem);
    const error = errorOf(() => templatesOf({ ...elsewhere, use: (scope, image) => new InferenceEndpoint(scope, 'Endpoint', { model: InferenceModel.fromContainer({ image }) }) }));
    expect(error).toMatch(/^InferenceEndpoint at 'Serving\/Endpoint' has 1 problem:\n/);
    expect(error).toContain(problem);
    expect(error).toContain('SageMaker runs images of its own Region only, so copy it there with addImage and ContainerSource.fromImage');
    const train = (scope: Stack, image: SageMakerImage) => new SageMakerPipeline(scope, 'Train', { steps: [new ProcessingStep('S', { image })] });
    expect(errorOf(() => templatesOf({ ...elsewhere, use: train }))).toContain(problem);
  });

  test('of another Region is warned of, since SageMaker runs no image from there', () => {
    const { stack } = templatesOf({ building: { env }, serving: { env: { ...env, region: 'us-east-1' } }, repositoryName: 'churn' });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/Stack 'Serving' in us-east-1 uses the image, which is in eu-west-1.*imageOfOtherRegion/)]);
  });
});
