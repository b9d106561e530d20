import { App, Aspects, CfnParameter, CfnResource, Duration, Size, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SageMakerStartPipelineExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { definitionOf } from './definition-of';
import {
  ComplianceEnforcement, ConditionStep, Dataset, FailStep, JobDefaults, ModelArtifactBucket, ModelRegistry, PipelineParameter, PipelineStep,
  PipelineTrigger, ProcessingInput, ProcessingOutput, ProcessingStep, RegisterModelStep, SageMakerImage, SageMakerPipeline,
  SageMakerPipelineProps, TrainingChannel, TrainingStep,
} from '../../src';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:1');
const process = () => new ProcessingStep('Process', { image, outputs: [ProcessingOutput.of('train')] });

function fixture(steps: PipelineStep[], props: Partial<SageMakerPipelineProps> = {}) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps, ...props });
  return { stack, pipeline, artifacts, template: () => Template.fromStack(stack), definition: () => definitionOf(stack) };
}

/** Statements of the library's policy of a role, by the beginning of its logical id. */
function statements(template: Template, role: string): any[] {
  const [policy] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith(role)).map(([, p]) => p);
  return policy.Properties.PolicyDocument.Statement;
}

test('logical ids are part of the contract', () => {
  expect(Object.keys(fixture([process()]).template().toJSON().Resources).filter(id => id.startsWith('Pipeline'))).toMatchInlineSnapshot(`
[
  "PipelineRoleD68726F7",
  "PipelineRolePolicy09E9FB38",
  "PipelineJobRole1E52ECA1",
  "PipelineJobRolePolicy9B34A611",
  "PipelineC660917D",
]
`);
});

describe('jobs', () => {
  test('are isolated and encrypted unless the pipeline says otherwise', () => {
    const { definition } = fixture([process(), new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://b/c')] })]);
    const [processing, training] = definition().Steps.map((s: any) => s.Arguments);
    expect(processing.NetworkConfig).toEqual({ EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true });
    expect(processing.ProcessingOutputConfig.KmsKeyId).toBe('${MlEncryptionKey1CDF763F.Arn}');
    expect(training).toMatchObject({ EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true });
    expect(training.ResourceConfig.VolumeKmsKeyId).toBe('${MlEncryptionKey1CDF763F.Arn}');
  });

  test('can reach the network if the pipeline says so', () => {
    const jobDefaults = JobDefaults.secure({ networkIsolation: false });
    const { definition } = fixture([process()], { jobDefaults, compliance: { enforcement: ComplianceEnforcement.OFF } });
    expect(definition().Steps[0].Arguments.NetworkConfig).toEqual({ EnableNetworkIsolation: false, EnableInterContainerTrafficEncryption: true });
  });

  test('use a key that is brought along', () => {
    const stack = new Stack(new App(), 'Stack');
    const key = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
    const steps = [new ProcessingStep('Process', { image })];
    new SageMakerPipeline(stack, 'Pipeline', { steps, jobDefaults: JobDefaults.secure({ encryptionKey: key }) });
    expect(definitionOf(stack).Steps[0].Arguments.ProcessingResources.ClusterConfig.VolumeKmsKeyId).toBe(key.keyArn);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 0);
  });
});

describe('roles', () => {
  test('each may be assumed by SageMaker for this account only', () => {
    fixture([process()]).template().allResourcesProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'sagemaker.amazonaws.com' }, Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }) })] },
    });
  });

  test('the starter runs only the kinds of jobs that the steps are', () => {
    const actions = statements(fixture([process()]).template(), 'PipelineRole').flatMap(s => s.Action);
    expect(actions).toContain('sagemaker:CreateProcessingJob');
    expect(actions).not.toContain('sagemaker:CreateTrainingJob');
    expect(actions).not.toContain('sagemaker:CreateModelPackage');
  });

  test('the containers start nothing', () => {
    const actions = statements(fixture([process()]).template(), 'PipelineJobRole').flatMap(s => s.Action);
    expect(actions.filter(a => /^(sagemaker|iam):/.test(a))).toEqual([]);
  });

  test('the containers may read what a URI names, token or not', () => {
    const { template, artifacts, stack } = fixture([new ProcessingStep('Process', { image, inputs: [ProcessingInput.s3('raw', 's3://lake/raw/2024')] })]);
    const read = statements(template(), 'PipelineJobRole').filter(s => ['s3:GetObject', 's3:ListBucket'].includes(s.Action)).map(s => JSON.stringify(s));
    expect(read.join()).toContain(':s3:::lake/raw/2024*');
    expect(read.join()).toContain('"s3:prefix":"raw/2024*"');
    expect(stack.resolve(artifacts.bucket.bucketName)).toEqual({ Ref: 'ArtifactsBucket88671897' });
  });

  test('the containers may read a data set and use its key', () => {
    const stack = new Stack(new App(), 'Stack');
    const key = new Key(stack, 'LakeKey');
    const lake = new Bucket(stack, 'Lake', { encryptionKey: key });
    const steps = [new ProcessingStep('Process', { image, inputs: [ProcessingInput.dataset('raw', Dataset.fromBucket(lake, 'raw/'))] })];
    new SageMakerPipeline(stack, 'Pipeline', { steps });
    const found = statements(Template.fromStack(stack), 'PipelineJobRole');
    expect(found).toContainEqual(expect.objectContaining({ Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['LakeKey09476F72', 'Arn'] } }));
  });

  test('may be brought along, and get what the steps need', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = new Role(stack, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new SageMakerPipeline(stack, 'Pipeline', { steps: [new ProcessingStep('Process', { image })], role, jobRole: role });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Role', 1);
    expect(statements(template, 'PipelinePermissionsOfOwn').flatMap(s => s.Action)).toEqual(expect.arrayContaining(['sagemaker:CreateProcessingJob', 'ecr:BatchGetImage']));
  });

  test('get the permissions boundary of the organisation', () => {
    const { stack, template } = fixture([process()]);
    PermissionsBoundary.of(stack).apply(ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess'));
    template().allResourcesProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
  });
});

describe('CDK at large', () => {
  test('its scheduler target takes the pipeline', () => {
    const { stack, pipeline, template } = fixture([process()]);
    new Schedule(stack, 'Schedule', { schedule: ScheduleExpression.rate(Duration.days(1)), target: new SageMakerStartPipelineExecution(pipeline) });
    template().hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [Match.objectLike({ Action: 'sagemaker:StartPipelineExecution' })] } });
  });

  test('its tags reach the pipeline', () => {
    const { stack, template } = fixture([process()]);
    Tags.of(stack).add('team', 'sea');
    template().hasResourceProperties('AWS::SageMaker::Pipeline', { Tags: [{ Key: 'team', Value: 'sea' }] });
  });

  test('its aspects may change the pipeline', () => {
    const { stack, template } = fixture([process()]);
    Aspects.of(stack).add({ visit: node => { if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::SageMaker::Pipeline') { node.addPropertyOverride('PipelineDisplayName', 'Sea'); } } });
    template().hasResourceProperties('AWS::SageMaker::Pipeline', { PipelineDisplayName: 'Sea' });
  });

  test('who may start it may start nothing else', () => {
    const { stack, pipeline, template } = fixture([process()]);
    pipeline.grants.start(new Role(stack, 'Starter', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    template().hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: stack.resolve(pipeline.pipelineArn) }] } });
  });
});

describe('any key of a step', () => {
  test('can be changed, also to a variable, and removed', () => {
    const step = process();
    step.addOverride('Arguments.NetworkConfig.VpcConfig', { Subnets: [PipelineParameter.text('Subnet').asString()] });
    step.addOverride('CacheConfig.Enabled', true);
    step.addDeletionOverride('Arguments.ProcessingOutputConfig.KmsKeyId');
    const { Steps: [rendered], Parameters } = fixture([step], { compliance: { enforcement: ComplianceEnforcement.OFF } }).definition();
    expect(rendered.Arguments.NetworkConfig).toEqual({ EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true, VpcConfig: { Subnets: [{ Get: 'Parameters.Subnet' }] } });
    expect(rendered.CacheConfig).toEqual({ Enabled: true });
    expect(Object.keys(rendered.Arguments.ProcessingOutputConfig)).toEqual(['Outputs']);
    expect(Parameters).toEqual([{ Name: 'Subnet', Type: 'String' }]);
  });

  test('also after the pipeline was made', () => {
    const step = process();
    const { definition } = fixture([step]);
    step.addOverride('DisplayName', 'Later');
    expect(definition().Steps[0].DisplayName).toBe('Later');
  });
});

test('a step runs after the steps that it is told to', () => {
  const first = process();
  const second = new ProcessingStep('Second', { image }).after(first);
  expect(fixture([first, second]).definition().Steps[1].DependsOn).toEqual(['Process']);
});

describe('bad input is one error', () => {
  test('about names and references', () => {
    const elsewhere = new ProcessingStep('Elsewhere', { image, outputs: [ProcessingOutput.of('x', { destination: 's3://b/x' })] });
    const steps = [
      new ProcessingStep('bad name', { image, inputs: [ProcessingInput.s3('in', elsewhere.output('x'))] }).after(elsewhere),
      new ConditionStep('Twice', { condition: PipelineParameter.number('N').atMost(1), elseSteps: [new FailStep('Twice', { message: ' ' })] }),
    ];
    expect(() => fixture(steps)).toThrow(new Error([
      "SageMakerPipeline at 'Stack/Pipeline' has 5 problems:",
      '  - names of steps must be unique, used twice: Twice',
      "  - step 'bad name' must have a name of 1 to 64 letters, digits, - and _, got 'bad name'",
      "  - step 'Twice'.message must say why, got ' '",
      "  - step 'bad name' uses the output of 'Elsewhere', but the pipeline has no such step; it has: bad name, Twice, Twice",
      "  - step 'bad name' runs after 'Elsewhere', which the pipeline does not have",
    ].join('\n')));
  });

  test('about values of steps', () => {
    const registry = ModelRegistry.fromModelPackageGroupName(new Stack(), 'Models', 'models');
    const steps = [
      new ProcessingStep('Process', {
        image: SageMakerImage.fromUri('has space'),
        entrypoint: ['x'.repeat(257)],
        inputs: [ProcessingInput.s3('a', 's3://b/c', { localPath: 'relative' }), ProcessingInput.s3('a', 's3://b/c')],
        report: { outputName: 'none', path: 'r.json' },
        instanceType: 'm5.large',
        instanceCount: 0,
        volumeSize: Size.mebibytes(512),
        maxRuntime: Duration.days(6),
      }),
      new TrainingStep('Train', { image, channels: [], hyperparameters: { text: 'x'.repeat(2501) }, maxRuntime: Duration.days(29), destination: 's3://b' }),
      new RegisterModelStep('Register', { registry, image, modelArtifact: 's3://b/m', contentTypes: [], instanceTypes: ['m5'], approvalStatus: 'Maybe' }),
    ];
    expect(() => fixture(steps)).toThrow(new Error([
      "SageMakerPipeline at 'Stack/Pipeline' has 15 problems:",
      "  - step 'Process'.image must be 1 to 255 characters without spaces, got 'has space'",
      `  - step 'Process'.entrypoint[0] must be at most 256 characters, got '${'x'.repeat(257)}'`,
      "  - step 'Process'.inputs names must be unique, used twice: a",
      "  - step 'Process'.inputs[0].localPath must begin with '/', got 'relative'",
      "  - step 'Process'.report.outputName must be one of those there are, and there are none, got 'none'",
      "  - step 'Process'.instanceType must look like 'ml.m5.large', got 'm5.large'",
      "  - step 'Process'.instanceCount must be a whole number between 1 and 100, got 0",
      "  - step 'Process'.volumeSize (GiB) must be a whole number between 1 and 16384, got 0.5",
      "  - step 'Process'.maxRuntime (seconds) must be a whole number between 1 and 432000, got 518400",
      "  - step 'Train'.channels must hold 1 to 20 entries, got 0",
      "  - step 'Train'.hyperparameters.text (characters) must be between 0 and 2500, got 2501",
      "  - step 'Train'.maxRuntime (seconds) must be a whole number between 1 and 2419200, got 2505600",
      "  - step 'Register'.contentTypes must hold 1 to 100 entries, got 0",
      "  - step 'Register'.instanceTypes[0] must look like 'ml.m5.large', got 'm5'",
      "  - step 'Register'.approvalStatus must be one of Approved, PendingManualApproval, Rejected, got 'Maybe'",
    ].join('\n')));
  });

  test('about a destination that nothing gives', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => new SageMakerPipeline(stack, 'Pipeline', { steps: [process()], pipelineName: '-', triggers: [PipelineTrigger.onNewData()] })).toThrow(new Error([
      "SageMakerPipeline at 'Stack/Pipeline' has 3 problems:",
      "  - pipelineName must be 1 to 256 letters, digits and dashes, got '-'",
      '  - triggers[0] must be told its data: PipelineTrigger.onNewData({ data })',
      "  - step 'Process' must name where it writes (destination), since the pipeline has no artifacts bucket",
    ].join('\n')));
  });

  test('about a bucket that is none of ours, which languages without types let pass', () => {
    const stack = new Stack(new App(), 'Stack');
    const artifacts: any = new Bucket(stack, 'Plain');
    expect(() => new SageMakerPipeline(stack, 'Pipeline', { artifacts, steps: [process()] })).toThrow('artifacts must be a ModelArtifactBucket, or ModelArtifactBucket.fromBucket(…)');
  });

  test('about no steps at all', () => {
    expect(() => fixture([])).toThrow('steps must hold at least 1 step, got 0');
  });
});

test('tokens pass everywhere', () => {
  const stack = new Stack(new App(), 'Stack');
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const registry = ModelRegistry.fromModelPackageGroupName(stack, 'Models', text('Group'));
  const free = SageMakerImage.fromUri(text('Image'));
  new SageMakerPipeline(stack, 'Pipeline', {
    pipelineName: text('Name'),
    steps: [
      new ProcessingStep('Process', {
        image: free,
        entrypoint: [text('Entry')],
        arguments: [text('Argument')],
        inputs: [ProcessingInput.s3('in', text('In'), { localPath: text('Local') })],
        outputs: [ProcessingOutput.of('out', { destination: text('Out') })],
        instanceType: text('Type'),
        instanceCount: number('Count'),
        volumeSize: Size.gibibytes(number('Volume')),
      }),
      new TrainingStep('Train', { image: free, channels: [TrainingChannel.csv('c', text('Channel'))], hyperparameters: { x: text('Value') }, destination: text('Destination') }),
      new RegisterModelStep('Register', { registry, image: free, modelArtifact: text('Artifact'), contentTypes: [text('Mime')], instanceTypes: [text('Serves')], approvalStatus: text('Status') }),
    ],
  });
  const [pipeline] = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Pipeline'));
  expect(JSON.stringify(pipeline.Properties.PipelineDefinition)).toContain('{"Ref":"Count"},",\\"VolumeSizeInGB\\":",{"Ref":"Volume"}');
});

test('a parameter whose default is no instance type is refused', () => {
  const type = PipelineParameter.text('Type', { defaultValue: 'ml.m5.xlrage' }).asString();
  expect(() => fixture([new ProcessingStep('Process', { image, instanceType: type })])).toThrow(
    "step 'Process'.instanceType (default of the parameter 'Type') must end with a size that there is, 'medium', 'large', 'xlarge' or '2xlarge' for example, got 'ml.m5.xlrage'",
  );
});
