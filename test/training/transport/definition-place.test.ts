import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnParameter, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionPlace, ModelArtifactBucket, PipelineStep, ProcessingOutput, ProcessingStep, RawStep, SageMakerPipeline } from '../../../src';
import { errorOf, expectCompliant, statementsOf, warningsOf } from '../../helper';
import { definitionOf } from '../definition-of';
import { image } from '../triggers/fixture';

function placed(steps: (stack: Stack) => PipelineStep[], bucketed = true, before: (stack: Stack) => void = () => undefined) {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  before(stack);
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const definition = bucketed ? DefinitionPlace.bucket(artifacts.bucket) : undefined;
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: steps(stack), definition });
  return { app, stack, pipeline, artifacts, template: () => Template.fromStack(stack) };
}

const process = (command = 'run') => new ProcessingStep('Process', { image, entrypoint: [command], outputs: [ProcessingOutput.of('train')] });
const only = (template: Template, type: string): any => Object.values(template.findResources(type))[0];
const keyOf = (fixture: ReturnType<typeof placed>) => only(fixture.template(), 'AWS::SageMaker::Pipeline').Properties.PipelineDefinition.PipelineDefinitionS3Location.Key;

/** The file as it is uploaded, and with the values of the markers filled in as the function does it. */
function uploaded({ app, template }: ReturnType<typeof placed>) {
  const { SourceMarkers: [markers], SourceMarkersConfig } = only(template(), 'Custom::CDKBucketDeployment').Properties;
  const { directory } = app.synth();
  const [asset] = readdirSync(directory).filter(d => d.startsWith('asset.') && !/\.(zip|json)$/.test(d)).map(d => join(directory, d)).filter(d => readdirSync(d).length === 1 && !readdirSync(d)[0].includes('.'));
  const [name] = readdirSync(asset);
  const [file] = readdirSync(join(asset, name));
  const text = readFileSync(join(asset, name, file), 'utf8');
  const text2 = Object.entries<any>(markers).reduce((t, [marker, value]) => t.split(marker).join(value.Ref ? `\${${value.Ref}}` : `\${${value['Fn::GetAtt']}}`), text);
  return { path: `${name}/${file}`, text, filled: text2, config: SourceMarkersConfig };
}

describe('a definition in a bucket', () => {
  test('is written below definitions/, under a key made of its content, before the pipeline', () => {
    const fixture = placed(() => [process()]);
    const { template, artifacts, stack } = fixture;
    expect(keyOf(fixture)).toMatch(/^definitions\/stack-pipeline-[0-9a-f]{8}\/[0-9a-f]{32}\.json$/);
    template().hasResourceProperties('Custom::CDKBucketDeployment', {
      DestinationBucketName: stack.resolve(artifacts.bucket.bucketName), DestinationBucketKeyPrefix: 'definitions', Prune: false, RetainOnDelete: true,
    });
    const { DependsOn, Properties } = only(template(), 'AWS::SageMaker::Pipeline');
    expect(Properties.PipelineDefinition.PipelineDefinitionS3Location.Bucket).toEqual(stack.resolve(artifacts.bucket.bucketName));
    expect(DependsOn).toContainEqual(expect.stringMatching(/^PipelineDefinitionCustomResource/));
    expect(`definitions/${uploaded(fixture).path}`).toBe(keyOf(fixture));
  });

  test('says the same as one in the template, tokens of texts, numbers and all', () => {
    const steps = (stack: Stack) => [new ProcessingStep('Process', {
      image,
      entrypoint: ['say "hello"', new CfnParameter(stack, 'Word').valueAsString],
      outputs: [ProcessingOutput.of('train')],
      instanceCount: new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber,
      volumeSize: Size.gibibytes(new CfnParameter(stack, 'Volume', { type: 'Number' }).valueAsNumber),
    })];
    const { text, filled, config } = uploaded(placed(steps));
    expect(text).toMatch(/"InstanceCount":<<marker:0xbaba:\d+>>/);
    expect(config).toEqual([{ jsonEscape: true }]);
    // in the place of a number stands a name here, which is no JSON
    expect(filled).toContain('"InstanceCount":${Count},"VolumeSizeInGB":${Volume}');
    const quoted = (t: string) => JSON.parse(t.replace(/:(\$\{\w+\})/g, ':"$1"'));
    const inline = placed(steps, false);
    const [{ Properties }] = Object.values<any>(inline.template().findResources('AWS::SageMaker::Pipeline'));
    const body = Properties.PipelineDefinition.PipelineDefinitionBody['Fn::Join'][1]
      .map((p: any) => typeof p === 'string' ? p : p.Ref ? `\${${p.Ref}}` : `\${${p['Fn::GetAtt']}}`).join('');
    const names = (t: any) => JSON.parse(JSON.stringify(t).replace(/stack-pipeline-[0-9a-f]{8}/g, 'name'));
    expect(names(quoted(filled))).toEqual(names(quoted(body)));
  });

  test('has another key when it says something else, and only then', () => {
    const key = keyOf(placed(() => [process()]));
    expect(keyOf(placed(() => [process('other')]))).not.toBe(key);
    expect(keyOf(placed(() => [process()]))).toBe(key);
    const unrelated = (stack: Stack) => { new Bucket(stack, 'Other').bucketArn.toString(); new CfnParameter(stack, 'Unused').valueAsString.toString(); };
    expect(keyOf(placed(() => [process()], true, unrelated))).toBe(key);
  });

  test('has another key when a reference points to something else', () => {
    const of = (id: string) => keyOf(placed(stack => [process(new CfnParameter(stack, id).valueAsString)]));
    expect(of('A')).not.toBe(of('B'));
  });

  test('may use what another stack makes', () => {
    const app = new App();
    const other = new Stack(app, 'Other');
    const stack = new Stack(app, 'Stack');
    const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
    new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [process(new Bucket(other, 'B').bucketName)], definition: DefinitionPlace.bucket(artifacts.bucket) });
    const { SourceMarkers: [markers] } = only(Template.fromStack(stack), 'Custom::CDKBucketDeployment').Properties;
    expect(Object.values(markers)).toContainEqual({ 'Fn::ImportValue': expect.stringContaining('Other:ExportsOutputRefB') });
  });

  test('is written by a function that may reach nothing else in the bucket', () => {
    const { template, stack, artifacts } = placed(() => [process()]);
    const bucketArn = stack.resolve(artifacts.bucket.bucketArn);
    const resources = statementsOf(template(), 'CustomCDKBucketDeployment').filter(s => JSON.stringify(s.Resource).includes('ArtifactsBucket')).flatMap(s => s.Resource);
    expect(resources).toEqual([bucketArn, { 'Fn::Join': ['', [bucketArn, '/definitions/*']] }]);
  });

  test('cannot change any more', () => {
    const step = process();
    const { template } = placed(() => [step]);
    step.addOverride('Arguments.Environment', { A: 'b' });
    expect(errorOf(template)).toContain('[Stack/Pipeline] a step was changed after the pipeline was made, which a definition in a bucket does not show: change it before');
  });

  test('is clean, and CDK\'s own part is not judged as ours', () => {
    expectCompliant(placed(() => [process()]).stack);
  });

  test('is warned of if it is larger than SageMaker says it takes', () => {
    const { stack, template } = placed(() => Array.from({ length: 110 }, (_, i) => large(10_000, i)));
    template();
    expect(warningsOf(stack).filter(w => w.includes('cdk-ml-patterns:definitionSize'))).toHaveLength(1);
  });
});

/** A step whose arguments have so many characters. */
function large(characters: number, i: number): PipelineStep {
  return new RawStep(`Large${i}`, { stepType: 'Query', arguments: { text: 'x'.repeat(characters) } });
}

describe('a definition in the template', () => {
  test('that does not fit names the other way', () => {
    expect(errorOf(placed(() => Array.from({ length: 100 }, (_, i) => large(10_000, i)), false).template))
      .toMatch(/\[Stack\/Pipeline\] the definition takes about 10[01]\d\d\d\d characters of the template, which holds 1000000: put it into a bucket, with definition: DefinitionPlace\.bucket\(…\)/);
  });

  test('that fits stays there', () => {
    expect(definitionOf(placed(() => Array.from({ length: 98 }, (_, i) => large(10_000, i)), false).stack).Steps).toHaveLength(98);
  });

  test('may be asked for', () => {
    const stack = new Stack(new App(), 'Stack');
    new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image })], definition: DefinitionPlace.inline() });
    Template.fromStack(stack).hasResourceProperties('AWS::SageMaker::Pipeline', { PipelineDefinition: { PipelineDefinitionBody: Match.anyValue() } });
  });
});
