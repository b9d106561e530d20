import { App, IPolicyValidationContext, Stack, Validations } from 'aws-cdk-lib';
import { CfnBucket, Bucket } from 'aws-cdk-lib/aws-s3';
import {
  AwsSolutionsChecks, HIPAASecurityChecks, NagPack, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks,
} from 'cdk-nag';
import { InferenceEndpoint, InferenceModel, ModelArtifactBucket, SageMakerImage } from '../../src';
import { consumerRole, openFindings, stackFixture } from '../helper';
import { sample } from '../sample';

beforeEach(() => { jest.spyOn(console, 'error').mockReturnValue(); }); // CDK prints the report of every plug-in

/** What the consumer's own pack, registered for the whole app, finds at synth: rule and place. */
function foundByConsumer(app: App, Pack: new () => NagPack = AwsSolutionsChecks): string[] {
  const found: string[] = [];
  class Recording extends (Pack as typeof AwsSolutionsChecks) {
    public validate(context: IPolicyValidationContext) {
      const report = super.validate(context);
      found.push(...report.violations.flatMap(v => v.violatingResources.map(r => `${v.ruleName} ${r.constructPath}`)));
      return { ...report, success: true };
    }
  }
  Validations.of(app).addPlugins(new Recording());
  app.synth();
  return found;
}

function endpointIn(stack: Stack): InferenceEndpoint {
  const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');
  return new InferenceEndpoint(stack, 'Endpoint', { model: InferenceModel.fromContainer({ image }) });
}

test.each([AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks])('the reasons of the library are honoured by the %p of the consumer', Pack => {
  expect(foundByConsumer(sample().app, Pack)).toEqual([]);
});

test('they are honoured even where the checks of the library are switched off', () => {
  expect(foundByConsumer(sample({ context: { 'cdk-ml-patterns:compliance': 'off' } }).app)).toEqual([]);
});

test('they cover nothing of the consumer', () => {
  const { app, stack } = stackFixture();
  new ModelArtifactBucket(stack, 'Artifacts');
  new CfnBucket(stack, 'Own');
  expect(foundByConsumer(app)).toEqual(expect.arrayContaining(['AwsSolutions-S1 Stack/Own', 'AwsSolutions-S10 Stack/Own']));
});

test('what others grant to a role of the library is not judged by the library, but by the pack of the consumer', () => {
  const { app, stack } = stackFixture();
  const endpoint = endpointIn(stack);
  new Bucket(stack, 'Own').grantRead(endpoint.role);
  const found = foundByConsumer(app);
  expect(openFindings(stack)).toEqual([]);
  const granted = found.filter(f => f.includes('Stack/Endpoint'));
  expect(granted.length).toBeGreaterThan(0);
  granted.forEach(f => expect(f).toMatch(/^AwsSolutions-IAM5\[.+\] Stack\/Endpoint\/Role\/GrantedPolicy$/));
});

test('a grant of the library keeps its reason on the way to a role of the library, and has none for a role of the consumer', () => {
  const { app, stack } = stackFixture();
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  artifacts.grants.read(endpointIn(stack));
  artifacts.grants.read(consumerRole(stack));
  expect(foundByConsumer(app)).toEqual([expect.stringMatching(/^AwsSolutions-IAM5\[Resource::<ArtifactsBucket\w+\.Arn>\/\*\] Stack\/Consumer\/DefaultPolicy\/Resource$/)]);
});
