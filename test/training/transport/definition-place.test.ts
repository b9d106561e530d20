import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnParameter, CfnResource, Lazy, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  ComplianceException, ContainerSource, CustomContainerRepo, DataPerimeter, DefinitionPlace, JobDefaults, ModelArtifactBucket,
  PipelineStep, ProcessingOutput, ProcessingStep, RawStep,
  SageMakerPipeline,
} from '../../../src';
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
  const { SourceMarkers: [markers], SourceMarkersConfig, DestinationBucketKeyPrefix: prefix } = only(template(), 'Custom::CDKBucketDeployment').Properties;
  const { directory } = app.synth();
  const [asset] = readdirSync(directory).filter(d => d.startsWith('asset.') && !/\.(zip|json)$/.test(d)).map(d => join(directory, d)).filter(d => readdirSync(d).join() === 'definition.json');
  const text = readFileSync(join(asset, 'definition.json'), 'utf8');
  const text2 = Object.entries<any>(markers).reduce((t, [marker, value]) => t.split(marker).join(value.Ref ? `\${${value.Ref}}` : `\${${value['Fn::GetAtt']}}`), text);
  return { key: `${prefix}/definition.json`, text, filled: text2, config: SourceMarkersConfig };
}

describe('a definition in a bucket', () => {
  test('is written below definitions/, under a key made of its content, before the pipeline', () => {
    const fixture = placed(() => [process()]);
    const { template, artifacts, stack } = fixture;
    expect(keyOf(fixture)).toMatch(/^definitions\/stack-pipeline-[0-9a-f]{8}\/[0-9a-f]{32}\/definition\.json$/);
    template().hasResourceProperties('Custom::CDKBucketDeployment', {
      DestinationBucketName: stack.resolve(artifacts.bucket.bucketName), Prune: false, RetainOnDelete: true,
    });
    const { DependsOn, Properties } = only(template(), 'AWS::SageMaker::Pipeline');
    expect(Properties.PipelineDefinition.PipelineDefinitionS3Location.Bucket).toEqual(stack.resolve(artifacts.bucket.bucketName));
    expect(DependsOn).toContainEqual(expect.stringMatching(/^PipelineDefinitionCustomResource/));
    expect(uploaded(fixture).key).toBe(keyOf(fixture));
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

  describe('has another key when what a reference points to has other properties', () => {
    const role = (roleName: string) => (stack: Stack) => {
      const jobs = new Role(stack, 'Jobs', { roleName, assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      return [new ProcessingStep('Process', { image, role: jobs })];
    };
    const built = (python: string) => (stack: Stack) => {
      const images = new CustomContainerRepo(stack, 'Images');
      return [new ProcessingStep('Process', { image: images.addImage('Image', ContainerSource.fromRegistry(`public.ecr.aws/docker/library/python:${python}`)) })];
    };
    const elsewhere = (displayName: string) => (stack: Stack) => {
      const other = new Stack(stack.node.root, 'Other');
      return [process(new CfnResource(other, 'R', { type: 'My::Own::Thing', properties: { displayName } }).ref)];
    };
    const inLazy = (displayName: string) => (stack: Stack) => {
      const resource = new CfnResource(stack, 'R', { type: 'My::Own::Thing', properties: { displayName } });
      return [process(Lazy.string({ produce: () => `the ${resource.ref}` }))];
    };
    const parameter = (defaultValue: string) => (stack: Stack) => [process(new CfnParameter(stack, 'P', { default: defaultValue }).valueAsString)];

    test.each([
      ['a role of another name', role], ['an image of another source', built], ['a resource of another stack', elsewhere], ['inside of another token', inLazy], ['a parameter', parameter],
    ])('%s', (_, steps) => {
      expect(keyOf(placed(steps('3.12')))).not.toBe(keyOf(placed(steps('3.13'))));
      expect(keyOf(placed(steps('3.12')))).toBe(keyOf(placed(steps('3.12'))));
    });

    test('a change that comes after the pipeline counts, and is no mistake', () => {
      const of = (later: boolean) => {
        const fixture = placed(stack => [process(new CfnResource(stack, 'R', { type: 'My::Own::Thing', properties: {} }).ref)]);
        if (later) { (fixture.stack.node.findChild('R') as CfnResource).addPropertyOverride('Name', 'x'); }
        return keyOf(fixture);
      };
      expect(of(true)).not.toBe(of(false));
    });

    test('and the bucket has the same tag', () => {
      const tags = (steps: (stack: Stack) => PipelineStep[]) => only(placed(steps).template(), 'AWS::S3::Bucket').Properties.Tags;
      expect(tags(role('a'))).toEqual(tags(role('b')));
    });
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

describe('a bucket with a perimeter', () => {
  const pipeline = (perimeter: (stack: Stack) => DataPerimeter, imported = false) => {
    const stack = new Stack(new App(), 'Stack');
    const artifacts = new ModelArtifactBucket(stack, 'Artifacts', { perimeter: perimeter(stack) });
    const bucket = imported ? ModelArtifactBucket.fromBucket(stack, 'Same', artifacts.bucket, artifacts.encryptionKey).bucket : artifacts.bucket;
    return new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [process()], definition: DefinitionPlace.bucket(bucket) });
  };
  const onlyByEndpoint = (stack: Stack): DataPerimeter => ({ vpcEndpoints: [InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'S3', { vpcEndpointId: 'vpce-1', port: 443 })] });

  test.each([false, true])('of VPC endpoints is refused, since the function that uploads is behind none (brought: %p)', brought => {
    expect(errorOf(() => pipeline(onlyByEndpoint, brought))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 1 problem:",
      '  - definition cannot be in a bucket with perimeter.vpcEndpoints, since the function that uploads it is in no network: take DefinitionPlace.inline(), or another bucket',
    ].join('\n'));
  });

  test('of an organisation is not: the function belongs to it', () => {
    expect(() => pipeline(() => ({ organizationId: 'o-a1b2c3d4e5' }))).not.toThrow();
  });
});

test('steps of a definition in a bucket are judged as those in the template', () => {
  const weak = (exceptions?: ComplianceException[]) => {
    const stack = new Stack(new App(), 'Stack');
    const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
    new SageMakerPipeline(stack, 'Pipeline', {
      artifacts,
      steps: [process()],
      definition: DefinitionPlace.bucket(artifacts.bucket),
      jobDefaults: JobDefaults.secure({ networkIsolation: false }),
      compliance: { exceptions },
    });
    return Template.fromStack(stack);
  };
  expect(errorOf(() => weak())).toContain("ML-SM13[Process] at 'Stack/Pipeline/Resource'");
  expect(() => weak([{ rule: 'ML-SM13[Process]', reason: 'It asks a licence server' }])).not.toThrow();
});
