import { Duration } from 'aws-cdk-lib';
import { SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import {
  AutoMLChannel, AutoMLStep, ClarifyCheck, ClarifyCheckStep, ClarifyCheckType, ClarifyExplanation, ClarifyField, JobDefaults,
  ModelRegistry, PipelineGuardRails, PipelineParameter, PipelineStep, PipelineTrigger,
  ProcessingStep, ProcessingStepProps, RegisterModelStep, SageMakerPipeline, SageMakerPipelineProps,
  TrainingChannel, TrainingStep, TrainingStepProps, TransformStep,
} from '../../../src';
import { railsOf } from '../../../src/training/guard-rails/rails';
import { errorOf, expectCompliant, stackFixture, statementFor, statementsOf } from '../../helper';
import { trainingPipelineOf } from '../happy-path/training-pipeline-of';
import { image } from '../triggers/fixture';

const train = (props: Partial<TrainingStepProps> = {}) => new TrainingStep('Train', { image, channels: [TrainingChannel.s3('a', 's3://b/a')], destination: 's3://b/m', ...props });
const process = (props: Partial<ProcessingStepProps> = {}) => new ProcessingStep('Process', { image, ...props });
const transform = () => new TransformStep('Transform', { modelName: 'm', input: 's3://b/in', destination: 's3://b/out' });
const register = (scope: Construct, approvalStatus?: string) => new RegisterModelStep('Register', {
  registry: ModelRegistry.fromModelPackageGroupName(scope, 'Models', 'churn'), image, modelArtifact: 's3://b/m.tar.gz', contentTypes: ['a/b'], instanceTypes: ['ml.m5.large'], approvalStatus,
});

const HOURLY = ScheduleExpression.rate(Duration.hours(1));

type Of<T> = (scope: Construct) => T;

function railed(rails: Of<PipelineGuardRails>, steps: Of<PipelineStep[]>, props: Of<Partial<SageMakerPipelineProps>> = () => ({})) {
  const fixture = stackFixture({ stack: { env: { account: '111122223333', region: 'eu-west-1' } } });
  const { stack } = fixture;
  const pipeline = new SageMakerPipeline(stack, 'Pipeline', { steps: steps(stack), guardRails: rails(stack), ...props(stack) });
  return { ...fixture, pipeline, statement: (action: string) => statementFor(statementsOf(fixture.template(), 'PipelineRole'), action) };
}

const subnetOf = (scope: Construct, id = 'subnet-1') => Subnet.fromSubnetId(scope, id, id);
const groupOf = (scope: Construct, id = 'sg-1') => SecurityGroup.fromSecurityGroupId(scope, id, id);
const keyOf = (scope: Construct, id = 'a') => Key.fromKeyArn(scope, `Key${id}`, `arn:aws:kms:eu-west-1:111122223333:key/${id}`);
const all = (scope: Construct): PipelineGuardRails => ({
  instanceTypes: ['ml.m5.*', 'ml.c5.xlarge'],
  subnets: [subnetOf(scope)],
  securityGroups: [groupOf(scope)],
  volumeKeys: [keyOf(scope)],
  outputKeys: [keyOf(scope, 'b')],
  requireNetworkIsolation: true,
  requireTrafficEncryption: true,
  maxRuntime: Duration.hours(2),
  maxKeepAlive: Duration.minutes(10),
  forbidRemoteDebug: true,
  requireManualApproval: true,
});

describe('what IAM is told', () => {
  const tokens = (rails: PipelineGuardRails, action: string) => railsOf(rails).filter(r => r.actions.includes(action)).map(r => r.conditions);

  test('of a training: every rail', () => {
    const { stack } = stackFixture();
    expect(stack.resolve(tokens(all(stack), 'sagemaker:CreateTrainingJob'))).toEqual([
      { 'ForAllValues:StringLike': { 'sagemaker:InstanceTypes': ['ml.m5.*', 'ml.c5.xlarge'] }, 'Null': { 'sagemaker:InstanceTypes': 'false' } },
      { 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': ['subnet-1'] }, 'Null': { 'sagemaker:VpcSubnets': 'false' } },
      { 'ForAllValues:StringEquals': { 'sagemaker:VpcSecurityGroupIds': ['sg-1'] }, 'Null': { 'sagemaker:VpcSecurityGroupIds': 'false' } },
      { ArnEquals: { 'sagemaker:VolumeKmsKey': ['arn:aws:kms:eu-west-1:111122223333:key/a'] } },
      { ArnEquals: { 'sagemaker:OutputKmsKey': ['arn:aws:kms:eu-west-1:111122223333:key/b'] } },
      { Bool: { 'sagemaker:NetworkIsolation': 'true' } },
      { Bool: { 'sagemaker:InterContainerTrafficEncryption': 'true' } },
      { NumericLessThanEquals: { 'sagemaker:MaxRuntimeInSeconds': '7200' } },
      { NumericLessThanEqualsIfExists: { 'sagemaker:KeepAlivePeriod': '600' } },
      { BoolIfExists: { 'sagemaker:EnableRemoteDebug': 'false' } },
    ]);
  });

  test.each<[string, string[]]>([
    ['TransformJob', ['InstanceTypes', 'VolumeKmsKey', 'OutputKmsKey']],
    ['AutoMLJob', ['VpcSubnets', 'VpcSecurityGroupIds', 'VolumeKmsKey', 'OutputKmsKey', 'InterContainerTrafficEncryption']],
    ['Model', ['VpcSubnets', 'VpcSecurityGroupIds', 'NetworkIsolation']],
    ['EndpointConfig', ['InstanceTypes']],
    ['ModelPackage', ['ModelApprovalStatus']],
  ])('of a %s: only keys that it has', (kind, keys) => {
    const conditions = tokens(all(stackFixture().stack), `sagemaker:Create${kind}`);
    expect(conditions.map(c => Object.keys(Object.values(c)[0])[0].replace('sagemaker:', ''))).toEqual(keys);
  });

  test('one action has all its conditions in one statement, and the others none', () => {
    const { statement } = railed(() => ({ instanceTypes: ['ml.m5.*'], requireNetworkIsolation: true }), () => [train()]);
    expect(statement('sagemaker:CreateTrainingJob')).toEqual({
      Effect: 'Allow',
      Action: 'sagemaker:CreateTrainingJob',
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sagemaker:eu-west-1:111122223333:training-job/pipelines-*']] },
      Condition: { 'ForAllValues:StringLike': { 'sagemaker:InstanceTypes': ['ml.m5.*'] }, 'Null': { 'sagemaker:InstanceTypes': 'false' }, 'Bool': { 'sagemaker:NetworkIsolation': 'true' } },
    });
    expect(statement('sagemaker:StopTrainingJob')).not.toHaveProperty('Condition');
  });

  test('of a role that is brought along, too', () => {
    const { template } = railed(() => ({ requireManualApproval: true }), s => [register(s)],
      s => ({ role: new Role(s, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }) }));
    expect(statementFor(statementsOf(template(), 'PipelinePermissionsOfOwn'), 'sagemaker:CreateModelPackage').Condition)
      .toEqual({ StringEquals: { 'sagemaker:ModelApprovalStatus': ['PendingManualApproval', 'Rejected'] } });
  });

  test('without rails: nothing', () => {
    expect(railed(() => ({}), () => [train()]).statement('sagemaker:CreateTrainingJob').Action).toContain('sagemaker:StopTrainingJob');
  });

  test('is clean', () => {
    expectCompliant(railed(() => ({ instanceTypes: ['ml.m5.*'], requireNetworkIsolation: true, maxRuntime: Duration.days(1) }), () => [train()]).stack);
  });
});

/** Keys of each action, from AWS's service authorization reference. */
const COMMON = ['InterContainerTrafficEncryption', 'OutputKmsKey', 'VolumeKmsKey', 'VpcSecurityGroupIds', 'VpcSubnets'];
const KNOWN: Record<string, string[]> = {
  AutoMLJob: COMMON,
  AutoMLJobV2: COMMON,
  EndpointConfig: ['AcceleratorTypes', 'InstanceTypes', 'ModelArn', 'NetworkIsolation', 'VolumeKmsKey', 'VpcSecurityGroupIds', 'VpcSubnets'],
  HyperParameterTuningJob: [...COMMON, 'InstanceTypes', 'MaxRuntimeInSeconds', 'NetworkIsolation'],
  Model: ['NetworkIsolation', 'VpcSecurityGroupIds', 'VpcSubnets'],
  ModelPackage: ['ModelApprovalStatus'],
  ProcessingJob: [...COMMON, 'InstanceTypes', 'MaxRuntimeInSeconds', 'NetworkIsolation'],
  TrainingJob: [...COMMON, 'EnableRemoteDebug', 'InstanceTypes', 'KeepAlivePeriod', 'MaxRuntimeInSeconds', 'NetworkIsolation'],
  TransformJob: ['InstanceTypes', 'ModelArn', 'OutputKmsKey', 'VolumeKmsKey'],
};

test('every action knows the keys of its rails', () => {
  const rails = railsOf(all(stackFixture().stack));
  const used = rails.flatMap(r => r.actions.flatMap(a => Object.values(r.conditions).flatMap(c => Object.keys(c)).map(k => `${a.slice(16)} ${k.slice(10)}`)));
  expect(used.filter(u => !KNOWN[u.split(' ')[0]].includes(u.split(' ')[1]))).toEqual([]);
  expect(new Set(rails.map(r => r.name))).toEqual(new Set(Object.keys(all(stackFixture().stack))));
});

describe('a step that breaks a rail as it is written stops synth', () => {
  const bare = () => ({ jobDefaults: JobDefaults.none() });
  const vpc = (scope: Construct) => ({
    jobDefaults: JobDefaults.secure({
      vpc: Vpc.fromVpcAttributes(scope, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }), securityGroups: [groupOf(scope, 'sg-2')],
    }),
  });
  const keyed = (scope: Construct) => ({ jobDefaults: JobDefaults.secure({ encryptionKey: keyOf(scope, 'other') }) });
  const type = PipelineParameter.text('Type', { defaultValue: 'ml.p4d.24xlarge' });

  test.each<[string, Of<PipelineGuardRails>, Of<PipelineStep[]>, Of<Partial<SageMakerPipelineProps>> | undefined, string]>([
    ['type', () => ({ instanceTypes: ['ml.m5.*'] }), () => [train({ instanceType: 'ml.m50.large' })], undefined,
      "step 'Train'.instanceType must be one of ml.m5.* (guardRails.instanceTypes), got ml.m50.large"],
    ['default of a parameter', () => ({ instanceTypes: ['ml.m5.*'] }), () => [train({ instanceType: type.asString() })], undefined,
      "step 'Train'.instanceType (default of the parameter 'Type') must be one of ml.m5.* (guardRails.instanceTypes), got ml.p4d.24xlarge"],
    ['value that a parameter allows', () => ({ instanceTypes: ['ml.m5.*'] }),
      () => [train({ instanceType: PipelineParameter.text('T', { defaultValue: 'ml.m5.large', allowedValues: ['ml.m5.large', 'ml.p4d.24xlarge'] }).asString() })], undefined,
      "step 'Train'.instanceType (allowed by the parameter 'T') must be one of ml.m5.* (guardRails.instanceTypes), got ml.p4d.24xlarge"],
    ['type of a transform', () => ({ instanceTypes: ['ml.c5.*'] }), () => [transform()], undefined,
      "step 'Transform'.instanceType must be one of ml.c5.* (guardRails.instanceTypes), got ml.m5.large"],
    ['no VPC', s => ({ subnets: [subnetOf(s)] }), () => [train()], undefined, "step 'Train' must have jobDefaults.vpcSubnets, one of subnet-1 (guardRails.subnets)"],
    ['subnet', s => ({ subnets: [subnetOf(s)] }), () => [process()], vpc, "step 'Process'.jobDefaults.vpcSubnets must be one of subnet-1 (guardRails.subnets), got subnet-2"],
    ['group', s => ({ securityGroups: [groupOf(s)] }), () => [train()], vpc, "step 'Train'.jobDefaults.securityGroups must be one of sg-1 (guardRails.securityGroups), got sg-2"],
    ['key', s => ({ volumeKeys: [keyOf(s)] }), () => [train()], keyed,
      "step 'Train'.jobDefaults.encryptionKey (of volumes) must be one of arn:aws:kms:eu-west-1:111122223333:key/a (guardRails.volumeKeys), got arn:aws:kms:eu-west-1:111122223333:key/other"],
    ['no key of the output', s => ({ outputKeys: [keyOf(s)] }), () => [train()], bare,
      "step 'Train' must have jobDefaults.encryptionKey (of output), one of arn:aws:kms:eu-west-1:111122223333:key/a (guardRails.outputKeys)"],
    ['isolation', () => ({ requireNetworkIsolation: true }), () => [train()], () => ({ jobDefaults: JobDefaults.secure({ networkIsolation: false }) }),
      "step 'Train'.jobDefaults.networkIsolation must be true (guardRails.requireNetworkIsolation), got false"],
    ['traffic', () => ({ requireTrafficEncryption: true }), () => [process()], bare, "step 'Process' must have jobDefaults.interContainerTrafficEncryption, true (guardRails.requireTrafficEncryption)"],
    ['runtime', () => ({ maxRuntime: Duration.hours(1) }), () => [train({ maxRuntime: Duration.hours(2) })], undefined,
      "step 'Train'.maxRuntime must be at most 3600 seconds (guardRails.maxRuntime), got 7200 seconds"],
    ['no runtime', () => ({ maxRuntime: Duration.hours(1) }), () => [process()], undefined, "step 'Process' must have maxRuntime, at most 3600 seconds (guardRails.maxRuntime)"],
    ['approval', () => ({ requireManualApproval: true }), s => [register(s, 'Approved')], undefined,
      "step 'Register'.approvalStatus must be one of PendingManualApproval, Rejected (guardRails.requireManualApproval), got Approved"],
  ])('%s', (_, rails, steps, props, problem) => {
    expect(errorOf(railed(rails, steps, props).template)).toContain(`[Stack/Pipeline] ${problem}`);
  });

  describe('which cannot name the key that it is given', () => {
    const DISKS = "step 'Train' must run on instances without disks of their own, since SageMaker takes no key for those (guardRails.volumeKeys), got ml.g5.xlarge";
    const OUTPUTS = "step 'Process' must have outputs, since a job without any names no key for them (guardRails.outputKeys)";
    const NO_KEY = 'must have jobDefaults.encryptionKey';
    const g5 = () => [train({ instanceType: 'ml.g5.xlarge' })];

    test.each<[string, Of<PipelineGuardRails>, Of<PipelineStep[]>, string]>([
      ['for disks of its own', s => ({ volumeKeys: [keyOf(s)] }), g5, DISKS],
      ['for disks of its own by default', s => ({ volumeKeys: [keyOf(s)] }),
        () => [train({ instanceType: PipelineParameter.text('T', { defaultValue: 'ml.g5.xlarge', allowedValues: ['ml.g5.xlarge', 'ml.m5.large'] }).asString() })], DISKS],
      ['without outputs', s => ({ outputKeys: [keyOf(s)] }), () => [process()], OUTPUTS],
    ])('%s', (_, rails, steps, problem) => {
      const error = errorOf(railed(rails, steps, keyed).template);
      expect(error).toContain(`[Stack/Pipeline] ${problem}`);
      expect(error).not.toContain(NO_KEY);
    });

    test.each<[string, Of<PipelineGuardRails>, Of<PipelineStep[]>, string]>([
      ['disks', s => ({ volumeKeys: [keyOf(s)] }), g5, DISKS],
      ['outputs', s => ({ outputKeys: [keyOf(s)] }), () => [process()], OUTPUTS],
    ])('nor is it given one: both are said of %s', (_, rails, steps, problem) => {
      const error = errorOf(railed(rails, steps, bare).template);
      expect(error).toContain(problem);
      expect(error).toContain(NO_KEY);
    });

    test('by an override: the key is asked for', () => {
      const step = train();
      const { template } = railed(s => ({ volumeKeys: [keyOf(s)] }), () => [step], keyed);
      step.addDeletionOverride('Arguments.ResourceConfig.VolumeKmsKeyId');
      expect(errorOf(template)).toContain(`step 'Train' ${NO_KEY} (of volumes), one of`);
    });
  });

  test.each<[string, unknown, PipelineGuardRails, string]>([
    ['ResourceConfig.KeepAlivePeriodInSeconds', 601, { maxKeepAlive: Duration.minutes(10) }, 'keepAlivePeriod must be at most 600 seconds (guardRails.maxKeepAlive), got 601 seconds'],
    ['RemoteDebugConfig.EnableRemoteDebug', true, { forbidRemoteDebug: true }, 'RemoteDebugConfig.EnableRemoteDebug must be false (guardRails.forbidRemoteDebug), got true'],
    ['ResourceConfig.InstanceGroups', [{ InstanceType: 'ml.m5.large' }, { InstanceType: 'ml.p5.48xlarge' }], { instanceTypes: ['ml.m5.*'] },
      'instanceType must be one of ml.m5.* (guardRails.instanceTypes), got ml.p5.48xlarge'],
  ])('also by an override that comes later: %s', (path, value, rails, problem) => {
    const step = train();
    const { template } = railed(() => rails, () => [step]);
    step.addOverride(`Arguments.${path}`, value);
    expect(errorOf(template)).toContain(`step 'Train'.${problem}`);
  });

  test.each<[string, PipelineTrigger, string | undefined]>([
    ['a type that is not allowed', PipelineTrigger.onSchedule(HOURLY, { parameters: { Type: 'ml.p5.48xlarge' } }),
      "[Stack/Pipeline] triggers[0] starts executions in which step 'Train'.instanceType (parameter 'Type') must be one of ml.m5.* (guardRails.instanceTypes), got ml.p5.48xlarge"],
    ['the same in an event', PipelineTrigger.onEvent({ source: ['my.app'] }, { parameters: { Type: 'ml.p5.48xlarge' } }), "triggers[0] starts executions in which step 'Train'.instanceType"],
    ['too long a time', PipelineTrigger.onSchedule(HOURLY, { parameters: { Seconds: '3601' } }),
      "triggers[0] starts executions in which step 'Train'.maxRuntime (parameter 'Seconds') must be at most 3600 seconds (guardRails.maxRuntime), got 3601 seconds"],
    ['what is allowed', PipelineTrigger.onSchedule(HOURLY, { parameters: { Type: 'ml.m5.large', Seconds: '60' } }), undefined],
    ['what only the event tells', PipelineTrigger.onEvent({ source: ['my.app'] }, { parameters: { Type: '$.detail.type' } }), undefined],
  ])('so does a trigger that passes %s', (_, trigger, problem) => {
    for (const later of [false, true]) {
      const step = train({ instanceType: PipelineParameter.text('Type', { defaultValue: 'ml.m5.xlarge' }).asString() });
      step.addOverride('Arguments.StoppingCondition.MaxRuntimeInSeconds', PipelineParameter.integer('Seconds', { defaultValue: 60 }).asNumber());
      const { pipeline, template } = railed(() => ({ instanceTypes: ['ml.m5.*'], maxRuntime: Duration.hours(1) }), () => [step], () => ({ triggers: later ? [] : [trigger] }));
      if (later) { pipeline.addTrigger(trigger); }
      if (problem === undefined) { expect(template).not.toThrow(); } else { expect(errorOf(template)).toContain(problem); }
    }
  });

  test('a trigger of a MlTrainingPipeline, too', () => {
    const { stack, template } = stackFixture();
    trainingPipelineOf(stack, () => ({
      guardRails: { instanceTypes: ['ml.m5.*'] }, triggers: [PipelineTrigger.onSchedule(HOURLY, { parameters: { ProcessingInstanceType: 'ml.c5.large' } })],
    }));
    const error = errorOf(template);
    expect(error).toContain("triggers[0] starts executions in which step 'Process'.instanceType (parameter 'ProcessingInstanceType') must be one of ml.m5.* (guardRails.instanceTypes), got ml.c5.large");
    expect(error).not.toContain("in which step 'Train'");
  });

  test('a key that the app makes is known to be another', () => {
    const run = railed(s => ({ volumeKeys: [new Key(s, 'Allowed')] }), () => [train()], s => ({ jobDefaults: JobDefaults.secure({ encryptionKey: new Key(s, 'Used') }) }));
    expect(errorOf(run.template)).toContain("step 'Train'.jobDefaults.encryptionKey (of volumes) must be one of Stack/Allowed/Resource (guardRails.volumeKeys), got Stack/Used/Resource");
  });
});

test.each<[string, Of<PipelineGuardRails>, Of<PipelineStep[]>, Of<Partial<SageMakerPipelineProps>>]>([
  ['what a rail allows', () => ({ instanceTypes: ['ml.m?.*'], maxRuntime: Duration.days(1), maxKeepAlive: Duration.minutes(1), forbidRemoteDebug: true, requireManualApproval: true }),
    s => [train(), process({ maxRuntime: Duration.hours(1) }), register(s)], () => ({})],
  ['what is not known yet', () => ({ instanceTypes: ['ml.m5.*'] }), () => [train({ instanceType: PipelineParameter.text('Type').asString() })], () => ({})],
  ['a rail that holds for other kinds', s => ({ subnets: [subnetOf(s)], requireNetworkIsolation: true, maxRuntime: Duration.hours(1) }), () => [transform()], () => ({})],
  ['the key that is asked for, made by the app', s => ({ volumeKeys: [s.node.findChild('Used') as Key] }), () => [train()],
    s => ({ jobDefaults: JobDefaults.secure({ encryptionKey: s.node.findChild('Used') as Key }) })],
])('%s passes', (_, rails, steps, props) => {
  expect(railed(s => rails(s), s => { new Key(s, 'Used'); return steps(s); }, props).template).not.toThrow();
});

describe('what jobs make by themselves', () => {
  const asking = (modelInstanceType?: string) => new ClarifyCheckStep('Check', {
    dataset: 's3://lake/train/',
    destination: 's3://lake/out/',
    check: ClarifyCheck.modelExplainability({ modelName: 'churn', modelInstanceType, label: ClarifyField.named('y'), explanation: ClarifyExplanation.partialDependence({ features: [ClarifyField.named('age')] }) }),
  });
  const rails = () => ({ instanceTypes: ['ml.m5.xlarge'], maxRuntime: Duration.hours(1) });
  const condition = { 'ForAllValues:StringLike': { 'sagemaker:InstanceTypes': ['ml.m5.xlarge'] } };

  test.each([[undefined, 'ml.m5.large'], ['ml.p4d.24xlarge', 'ml.p4d.24xlarge']])('the endpoint of Clarify with type %p is refused at synth', (type, found) => {
    expect(errorOf(railed(() => ({ instanceTypes: ['ml.m5.xlarge'] }), () => [asking(type)]).template))
      .toContain(`step 'Check'.check.modelInstanceType must be one of ml.m5.xlarge (guardRails.instanceTypes), got ${found}`);
  });

  test('and by IAM', () => {
    const check = new ClarifyCheckStep('Check', {
      dataset: 's3://lake/train/',
      destination: 's3://lake/out/',
      maxRuntime: Duration.minutes(1),
      instanceType: 'ml.m5.xlarge',
      check: ClarifyCheck.fromFile(ClarifyCheckType.MODEL_BIAS, 's3://lake/analysis_config.json', { modelName: 'churn' }),
    });
    const { template } = railed(rails, () => [check]);
    expect(statementFor(statementsOf(template(), 'PipelineJobRole'), 'sagemaker:CreateEndpointConfig').Condition).toEqual(condition);
    expect(statementFor(statementsOf(template(), 'PipelineJobRole'), 'sagemaker:DeleteEndpointConfig')).not.toHaveProperty('Condition');
  });

  test('the models and endpoints of Autopilot too, by the role of its step', () => {
    const search = (role?: Role) => new AutoMLStep('Search', { channels: [AutoMLChannel.training('s3://lake/a/', { targetAttributeName: 'y' })], destination: 's3://lake/out/', role });
    const statements = statementsOf(railed(() => ({ ...rails(), requireNetworkIsolation: true }), () => [search()]).template(), 'PipelineJobRole');
    expect(statementFor(statements, 'sagemaker:CreateEndpointConfig').Condition).toEqual(condition);
    expect(statementFor(statements, 'sagemaker:CreateModel').Condition).toEqual({ Bool: { 'sagemaker:NetworkIsolation': 'true' } });
    const own = railed(rails, s => [search(new Role(s, 'Own', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }))]);
    expect(statementFor(statementsOf(own.template(), 'PipelinePermissionsOfOwn'), 'sagemaker:CreateEndpointConfig').Condition).toEqual(condition);
  });
});

test('a MlTrainingPipeline can keep all of them', () => {
  const { stack, template } = stackFixture();
  const maxRuntime = Duration.hours(1);
  trainingPipelineOf(stack, ({ processing, training, evaluation }) => ({
    processing: { ...processing, maxRuntime },
    training: { ...training, maxRuntime },
    evaluation: { ...evaluation, maxRuntime },
    guardRails: { maxRuntime, instanceTypes: ['ml.m5.xlarge'], requireManualApproval: true },
  }));
  expect(template).not.toThrow();
});

test('rails that are none are refused', () => {
  const rails = { instanceTypes: ['m5.large'], subnets: [], maxRuntime: Duration.days(29), maxKeepAlive: Duration.hours(7) };
  expect(errorOf(() => railed(() => rails, () => [train()]))).toBe([
    "SageMakerPipeline at 'Stack/Pipeline' has 4 problems:",
    '  - guardRails.subnets must hold 1 to 100 entries, got 0',
    "  - guardRails.instanceTypes[0] must begin with 'ml.', and may hold * and ?, got 'm5.large'",
    '  - guardRails.maxRuntime (seconds) must be a whole number between 1 and 2419200, got 2505600',
    '  - guardRails.maxKeepAlive (seconds) must be a whole number between 0 and 21600, got 25200',
  ].join('\n'));
});

test('a MlTrainingPipeline has them', () => {
  const { stack, template } = stackFixture();
  trainingPipelineOf(stack, ({ registration }) => ({ registration: { ...registration, approvalStatus: 'Approved' }, guardRails: { requireManualApproval: true } }));
  expect(errorOf(template)).toContain("step 'Register'.approvalStatus (default of the parameter 'ModelApprovalStatus') must be one of PendingManualApproval, Rejected (guardRails.requireManualApproval), got Approved");
});
