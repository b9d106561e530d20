import { App, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { COMMIT, directory, logicalId, repoWith } from './built';
import { AwsImage, ContainerSource, CustomContainerRepo, SageMakerImage } from '../../../src';
import { errorOf, expectCompliant, statementsOf, warningsOf } from '../../helper';
import { TemplateGraph } from '../../template-graph';

const errorFor = (source: ContainerSource) => errorOf(() => repoWith().images.addImage('Abalone', source));
const buildStatements = (images: any, template: Template) => statementsOf(template, logicalId(images, 'Builds', 'Role', 'Policy', 'Resource'));

describe('an image that the program knows', () => {
  const registry = (image: unknown) => ({ 'Fn::Join': ['', expect.arrayContaining([image])] });

  test('of AWS is copied with the right to pull it, whatever Region the stack is in', () => {
    const { stack, images, template, build } = repoWith();
    images.addImage('Base', ContainerSource.fromImage(AwsImage.xgboost(stack, '1.7-1')));
    expectCompliant(stack);
    expect(build().Properties.Registries[1]).toEqual(registry({ 'Fn::FindInMap': ['MlImagesFrameworks', { Ref: 'AWS::Region' }, 'account'] }));
    expect(JSON.stringify(build().Properties.Build.From)).toContain('/sagemaker-xgboost:1.7-1"');
    expect(JSON.stringify(buildStatements(images, template()))).toContain(':repository/sagemaker-xgboost"');
  });

  test('of another repository is copied from exactly that one', () => {
    const { stack, images, template, build } = repoWith();
    const other = CustomContainerRepo.fromRepository(stack, 'Other', Repository.fromRepositoryArn(stack, 'Shared', 'arn:aws:ecr:eu-central-1:999999999999:repository/shared'));
    images.addImage('Base', ContainerSource.fromImage(other.image('1.2')));
    expect(build().Properties.Registries[1]).toEqual(registry('999999999999.dkr.ecr.eu-central-1.'));
    expect(JSON.stringify(buildStatements(images, template()))).toContain('"arn:aws:ecr:eu-central-1:999999999999:repository/shared"');
  });

  test('that another repository builds is waited for, and keeps its platform', () => {
    const { stack, images, template } = repoWith();
    const built = new CustomContainerRepo(stack, 'Other').addImage('Base', directory({ platform: Platform.LINUX_ARM64 }));
    const copy = images.addImage('Copy', ContainerSource.fromImage(built));
    expect(copy._architecture).toBe('arm64');
    const other = stack.node.findChild('Other') as CustomContainerRepo;
    expect(new TemplateGraph(template().toJSON()).allBefore(logicalId(images, 'Copy', 'Build'))).toContain(logicalId(other, 'Base', 'Build'));
    expect(errorFor(ContainerSource.fromImage(built, { platform: Platform.LINUX_AMD64 })))
      .toContain("platform must be that of the image, which is built for arm64, got 'linux/amd64'");
  });

  test('of a stack in another Region is copied without a word', () => {
    const app = new App();
    const account = '111122223333';
    const there = new CustomContainerRepo(new Stack(app, 'There', { env: { account, region: 'us-east-1' } }), 'Images', { repositoryName: 'there' });
    const here = new Stack(app, 'Here', { env: { account, region: 'eu-west-1' } });
    new CustomContainerRepo(here, 'Images').addImage('Copy', ContainerSource.fromImage(there.addImage('Base', ContainerSource.fromGit('https://github.com/acme/models.git', COMMIT))));
    const [build] = Object.values(Template.fromStack(here).findResources('Custom::ContainerImage'));
    expect(JSON.stringify(build.Properties.Build.From)).toMatch(/:ecr:us-east-1:111122223333:repository\/there.*\/there:c-[0-9a-f]{40}"/);
    expect(here.dependencies.map(s => s.node.id)).toEqual(['There']);
    expect([...warningsOf(there.node.scope as Stack), ...warningsOf(here)]).toEqual([]);
  });

  test.each<[SageMakerImage, string]>([
    [SageMakerImage.fromPrivateRegistry('registry.example.com/churn:1'), 'image must be public or in ECR: builds cannot sign in to another private registry'],
    [SageMakerImage.fromUri(Fn.importValue('Image')), 'image must say in plain text which registry it is in'],
    [SageMakerImage.fromUri('python:latest'), 'image must name a version or a digest'],
    [SageMakerImage.fromUri('999999999999.dkr.ecr.us-east-1.amazonaws.com/x'), 'image must be the name of an image with a tag or a digest'],
    [CustomContainerRepo.fromRepositoryName(repoWith().stack, 'Other', 'other').image('latest'), 'image must name a version or a digest'],
  ])('is refused where it cannot be copied (case %#)', (image, message) => {
    expect(errorFor(ContainerSource.fromImage(image))).toContain(message);
  });
});
