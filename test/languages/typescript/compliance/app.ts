import { writeFileSync } from 'fs';
import { join } from 'path';
import { App, Aspects, IAspect, Size, Stack, Validations } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { Hosting, InferenceEndpoint, InferenceModel, MlSecurityChecks, ModelArtifactBucket, SageMakerImage } from 'cdk-ml-patterns';
import { AwsSolutionsChecks } from 'cdk-nag';

/** An app that CDK does not synthesise by itself when the program ends. */
function badApp(): App {
  return new App({ autoSynth: false, outdir: 'bad.out' });
}

/** Takes in a template of others. */
function included(app: App, name: string): Stack {
  const stack = new Stack(app, 'Included');
  new CfnInclude(stack, 'Template', { templateFile: join(process.env.TEMPLATES!, `${name}.json`) });
  return stack;
}

/** Endpoints of two kinds, of which one has no network isolation, since the service cannot. */
function serving(app: App): Stack {
  const stack = new Stack(app, 'Serving');
  const model = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1') });
  new InferenceEndpoint(stack, 'RealTime', { model });
  new InferenceEndpoint(stack, 'Serverless', { hosting: Hosting.serverless({ model, memorySize: Size.gibibytes(2) }) });
  new ModelArtifactBucket(stack, 'Artifacts');
  return stack;
}

/** What the pack finds: level, rule, place. */
function judged(app: App): string {
  const { violations } = new MlSecurityChecks().validateScope(app);
  return violations.flatMap(v => v.violatingResources.map(r => `${v.severity} ${v.ruleName} ${r.constructPath}`)).sort().join('\n');
}

function judgedTemplate(name: string): string {
  const app = badApp();
  included(app, name);
  return judged(app);
}

/** The reasons of the library are for its own resources only. */
function beside(): string {
  const app = badApp();
  new CfnModel(serving(app), 'Own', { executionRoleArn: 'arn:aws:iam::111122223333:role/own' });
  return judged(app);
}

function enforced(): void {
  const app = badApp();
  new MlSecurityChecks().enforce(app);
  included(app, 'classic');
  app.synth();
}

function weakBucket(): void {
  const app = badApp();
  const artifacts = new ModelArtifactBucket(new Stack(app, 'Weak'), 'Artifacts');
  (artifacts.bucket.node.defaultChild as CfnBucket).addPropertyDeletionOverride('LoggingConfiguration');
  app.synth();
}

function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('this should have failed');
}

/** A pack of the consumer, over the whole app, through all that CDK does with its report. */
function ownPack(): string[] {
  const app = badApp();
  new CfnBucket(serving(app), 'Own');
  const found: string[] = [];
  class Recording extends AwsSolutionsChecks {
    public override validate(context: Parameters<AwsSolutionsChecks['validate']>[0]) {
      const report = super.validate(context);
      found.push(...report.violations.flatMap(v => v.violatingResources.map(r => `${v.ruleName} ${r.constructPath}`)));
      return { ...report, success: true };
    }
  }
  Validations.of(app).addPlugins(new Recording());
  app.synth();
  return found;
}

/** The same by way of the aspects of cdk-nag 2, of which each writes annotations. */
function ownAspects(): string[] {
  const app = badApp();
  new CfnBucket(serving(app), 'Own');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const packs = Object.entries<new () => IAspect>(require('cdk-nag-2')).filter(([name]) => name.endsWith('Checks'));
  mustBe(`${packs.length} packs`, '6 packs');
  packs.forEach(([, Pack]) => Aspects.of(app).add(new Pack()));
  return app.synth().stacks.flatMap(s => s.messages).map(({ id, entry }) => `${String(entry.data).split(': ')[0]} ${id}`);
}

function mustBe(actual: string, expected: string): void {
  if (actual !== expected) { throw new Error(`expected '${expected}', got '${actual}'`); }
}

mustBe(judgedTemplate('hardened'), '');
mustBe(ownPack().sort().join(), 'AwsSolutions-S1 Serving/Own,AwsSolutions-S10 Serving/Own');
const byAspects = ownAspects();
mustBe(byAspects.filter(found => !found.endsWith(' /Serving/Own')).join('\n'), '');
mustBe(byAspects.filter(found => found.startsWith('AwsSolutions')).sort().join(), 'AwsSolutions-S1 /Serving/Own,AwsSolutions-S10 /Serving/Own');
const [weak, wayOut] = messageOf(weakBucket).split('\n  To accept with a reason, an exception for each: ');
mustBe(wayOut.split('\n')[0], "compliance: { exceptions: [{ rule: 'ML-S3[BucketEncryption]', reason: '...' }] }");
writeFileSync('errors.txt', [judgedTemplate('classic'), beside(), messageOf(enforced), weak].join('\n----\n'));

const main = new App();
new MlSecurityChecks().enforce(main);
Validations.of(main).addPlugins(new MlSecurityChecks());
serving(main);
included(main, 'hardened');
main.synth();
