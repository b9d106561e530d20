import { Duration, Fn, Size } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ComponentPlacement, ComponentsHostingOptions, CopyScaling, Hosting, InferenceComponentOptions, InferenceModel, MlInstanceType, ModelArtifactBucket, Rollout, ScaleInPolicy, SageMakerImage } from '../../../src';
import { dependencyCycle, errorOf, expectCompliant, onlyResource, statementsOf } from '../../helper';
import { hosted, MODEL, problemsOf } from '../hosted';

const component = (more: Partial<InferenceComponentOptions> = {}): InferenceComponentOptions =>
  ({ componentName: 'llama', model: MODEL, memorySize: Size.gibibytes(1), ...more });
const POOLS = [MlInstanceType.of('ml.p3.2xlarge'), MlInstanceType.INF2_XLARGE];
const problems = (props: Partial<ComponentsHostingOptions>) => problemsOf(Hosting.components({ components: [component()], ...props }));

test('inference components (terraform-provider-aws#40606): the configuration has the role and no model, the component has the model', () => {
  const hosting = Hosting.components({ components: [component({ accelerators: 1, cpuCores: 2, copyCount: 2 })] });
  const { stack, endpoint, config, properties, template } = hosted(hosting);
  expect(config()).toMatchObject({
    ExecutionRoleArn: stack.resolve(endpoint.role.roleArn),
    EnableNetworkIsolation: true,
    ProductionVariants: [{ VariantName: 'AllTraffic', ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 1, MaxInstanceCount: 1 } }],
  });
  expect(config().ProductionVariants[0].ModelName).toBeUndefined();
  expect(properties('AWS::SageMaker::InferenceComponent')).toEqual({
    InferenceComponentName: expect.stringMatching(/^stack-endpoint-llama-[0-9a-f]{8}$/),
    EndpointName: stack.resolve(endpoint.endpointName),
    VariantName: 'AllTraffic',
    RuntimeConfig: { CopyCount: 2 },
    DeploymentConfig: {
      RollingUpdatePolicy: { MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 }, WaitIntervalInSeconds: 300 },
      AutoRollbackConfiguration: { Alarms: [{ AlarmName: { Ref: expect.stringMatching(/^EndpointllamaErrors/) } }] },
    },
    Specification: {
      ModelName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointllamaModel/), 'ModelName'] },
      ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024, NumberOfAcceleratorDevicesRequired: 1, NumberOfCpuCoresRequired: 2 },
    },
  });
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
  expectCompliant(stack);
});

test('scale to zero has all four parts, and starts with one copy, since 0 is refused (stdapi.ai#43)', () => {
  const scaling = CopyScaling.onConcurrency({ perCopy: 4, minCapacity: 0, maxCapacity: 3 });
  const { config, properties, template } = hosted(Hosting.components({ maxInstanceCount: 2, components: [component({ scaling })] }));
  expect(config().ExecutionRoleArn).toBeDefined();
  expect(config().ProductionVariants[0].ManagedInstanceScaling).toEqual({ Status: 'ENABLED', MinInstanceCount: 0, MaxInstanceCount: 2 });
  expect(properties('AWS::SageMaker::InferenceComponent').RuntimeConfig).toEqual({ CopyCount: 1 });
  expect(properties('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject({ MinCapacity: 0, ScalableDimension: 'sagemaker:inference-component:DesiredCopyCount' });
  const policies = Object.values(template().findResources('AWS::ApplicationAutoScaling::ScalingPolicy')).map(p => p.Properties.PolicyType);
  expect(policies.sort()).toEqual(['StepScaling', 'TargetTrackingScaling']);
  template().hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'NoCapacityInvocationFailures', Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  });
});

test('placement, caching and scale-in, which CDK does not know yet, reach the template', () => {
  const { config, template } = hosted(Hosting.components({
    maxInstanceCount: 3,
    scaleIn: ScaleInPolicy.consolidation({ maximumStepSize: 2, cooldown: Duration.minutes(30) }),
    components: [component({ placement: ComponentPlacement.spread(1), dataCaching: true, containerStartupTimeout: Duration.minutes(10) })],
  }));
  expect(config().ProductionVariants[0].ManagedInstanceScaling.ScaleInPolicy).toEqual({ Strategy: 'CONSOLIDATION', MaximumStepSize: 2, CooldownInMinutes: 30 });
  expect(onlyResource(template(), 'AWS::SageMaker::InferenceComponent').Properties.Specification).toMatchObject({
    SchedulingConfig: { PlacementStrategy: 'SPREAD', AvailabilityZoneBalance: { EnforcementMode: 'PERMISSIVE', MaxImbalance: 1 } },
    DataCacheConfig: { EnableCaching: true },
    StartupParameters: { ContainerStartupHealthCheckTimeoutInSeconds: 600 },
  });
});

test('where instances are of several types, a component has a specification for each, in place of the one', () => {
  const neuron = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:neuron') });
  const { stack, config, template, properties } = hosted(Hosting.components({
    instancePools: POOLS,
    components: [component({
      accelerators: 1,
      dataCaching: true,
      placement: ComponentPlacement.binpack(),
      containerStartupTimeout: Duration.minutes(10),
      specifications: [{
        instanceType: MlInstanceType.INF2_XLARGE,
        model: neuron,
        memorySize: Size.gibibytes(4),
        accelerators: 2,
        dataCaching: false,
        modelDownloadTimeout: Duration.minutes(5),
      }],
    })],
  }));
  expect(config().ProductionVariants[0]).toMatchObject({
    InstancePools: [{ InstanceType: 'ml.p3.2xlarge', Priority: 1 }, { InstanceType: 'ml.inf2.xlarge', Priority: 2 }],
    ManagedInstanceScaling: { Status: 'ENABLED' },
  });
  const { Specification, Specifications } = properties('AWS::SageMaker::InferenceComponent');
  expect(Specification).toBeUndefined();
  expect(Specifications).toEqual([
    {
      InstanceType: 'ml.p3.2xlarge',
      ModelName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointllamaModel[0-9A-F]{8}$/), 'ModelName'] },
      ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024, NumberOfAcceleratorDevicesRequired: 1 },
      StartupParameters: { ContainerStartupHealthCheckTimeoutInSeconds: 600 },
      SchedulingConfig: { PlacementStrategy: 'BINPACK', AvailabilityZoneBalance: { EnforcementMode: 'PERMISSIVE' } },
      DataCacheConfig: { EnableCaching: true },
    },
    {
      InstanceType: 'ml.inf2.xlarge',
      ModelName: { 'Fn::GetAtt': [expect.stringMatching(/^EndpointllamaModelmlinf2xlarge[0-9A-F]{8}$/), 'ModelName'] },
      ComputeResourceRequirements: { MinMemoryRequiredInMb: 4096, NumberOfAcceleratorDevicesRequired: 2 },
      StartupParameters: { ContainerStartupHealthCheckTimeoutInSeconds: 600, ModelDataDownloadTimeoutInSeconds: 300 },
      SchedulingConfig: { PlacementStrategy: 'BINPACK', AvailabilityZoneBalance: { EnforcementMode: 'PERMISSIVE' } },
      DataCacheConfig: { EnableCaching: false },
    },
  ]);
  template().resourceCountIs('AWS::SageMaker::Model', 2);
  expect(dependencyCycle(template().toJSON())).toBeUndefined();
  expectCompliant(stack);
});

test('of a model that no instance type serves, nothing is made; types that say nothing get what the component says', () => {
  const specifications = POOLS.map(instanceType => ({ instanceType, model: MODEL }));
  const { template, properties } = hosted(Hosting.components({ instancePools: POOLS, components: [component({ specifications })] }));
  template().resourceCountIs('AWS::SageMaker::Model', 2);
  expect(properties('AWS::SageMaker::InferenceComponent').Specifications[0].ModelName['Fn::GetAtt'][0]).toMatch(/^EndpointllamaModelmlp32xlarge/);
  const alike = hosted(Hosting.components({ instancePools: POOLS, components: [component()] }));
  const [first, second] = alike.properties('AWS::SageMaker::InferenceComponent').Specifications;
  expect(second).toEqual({ ...first, InstanceType: 'ml.inf2.xlarge' });
  alike.template().resourceCountIs('AWS::SageMaker::Model', 1);
});

test('a pool of one type is one type, and pools may be known at deployment only, but what is different on a type may not', () => {
  const made = (instancePools: MlInstanceType[]) =>
    hosted(Hosting.components({ instancePools, components: [component()] })).properties('AWS::SageMaker::InferenceComponent');
  const one = made([MlInstanceType.M5_LARGE]);
  expect(one.Specification).toBeDefined();
  expect(one.Specifications).toBeUndefined();
  const unknown = MlInstanceType.of(Fn.importValue('Type'));
  const pools = [MlInstanceType.M5_LARGE, unknown];
  expect(made(pools).Specifications).toHaveLength(2);
  expect(problems({ instancePools: pools, components: [component({ specifications: [{ instanceType: unknown }] })] })).toEqual([
    'components[0].specifications[0].instanceType must be known at synth, since it says which pool is meant',
  ]);
});

test('adapters are for endpoints with one instance type', () => {
  const adapters = (a: ModelArtifactBucket) => [{ componentName: 'legal', artifact: a.artifact('legal.tar.gz') }];
  expect(errorOf(() => hosted(a => Hosting.components({ instancePools: POOLS, components: [component({ adapters: adapters(a) })] })))).toContain(
    'components[0].adapters need one instance type, since SageMaker loads them on endpoints with one only: give instanceType');
});

test('the image of a component fits the types that serve it', () => {
  const arm = InferenceModel.fromContainer({ image: SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:arm').builtFor(Platform.LINUX_ARM64) });
  const instancePools = [MlInstanceType.M5_LARGE, MlInstanceType.of('ml.c7g.large')];
  const arms = component({ specifications: [{ instanceType: instancePools[1], model: arm }] });
  expect(problems({ instancePools, components: [arms] })).toEqual([]);
  const both = component({ model: arm, specifications: [{ instanceType: instancePools[0], model: arm }] });
  expect(problems({ instancePools, components: [both] })).toEqual([
    expect.stringMatching(/^components\[0\]\.specifications\[0\]\.model.*ml\.m5\.large/),
  ]);
});

test('callers ask for a component by the name that it has in the account', () => {
  const { endpoint, properties } = hosted(Hosting.components({ components: [component()] }));
  expect(endpoint.inferenceComponentName('llama')).toBe(properties('AWS::SageMaker::InferenceComponent').InferenceComponentName);
  expect(errorOf(() => endpoint.inferenceComponentName('lama'))).toContain("inference component must be one of llama, got 'lama'");
});

test('a new version of a component rolls copy by copy, as the rollout says it, and the role may look at exactly its alarm and write its logs', () => {
  const hosting = Hosting.components({ instanceCount: 4, components: [component()] });
  const { template, properties } = hosted(hosting, { rollout: Rollout.rolling({ batchPercent: 25, interval: Duration.minutes(10) }) });
  expect(properties('AWS::SageMaker::InferenceComponent').DeploymentConfig.RollingUpdatePolicy).toEqual({
    MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 25 }, WaitIntervalInSeconds: 600,
  });
  const statements = statementsOf(template(), 'EndpointRolePolicy');
  const text = (action: string) => JSON.stringify(statements.filter(s => [s.Action].flat().includes(action)).map(s => s.Resource));
  expect(text('logs:PutLogEvents')).toContain(`/aws/sagemaker/InferenceComponents/${properties('AWS::SageMaker::InferenceComponent').InferenceComponentName}`);
  expect(text('cloudwatch:DescribeAlarms')).toContain('EndpointllamaErrors');
});

test('the configuration waits for the policy of the role, since no model of its own does', () => {
  const { template } = hosted(Hosting.components({ components: [component()] }));
  expect(onlyResource(template(), 'AWS::SageMaker::EndpointConfig').DependsOn).toContainEqual(expect.stringMatching(/^EndpointRolePolicy/));
});

test('there are as many instances at first as must stay, and as many at most', () => {
  const { config } = hosted(Hosting.components({ minInstanceCount: 2, components: [component()] }));
  expect(config().ProductionVariants[0]).toMatchObject({
    InitialInstanceCount: 2, ManagedInstanceScaling: { MinInstanceCount: 2, MaxInstanceCount: 2 },
  });
  expect(problems({ instanceCount: 1, minInstanceCount: 2, maxInstanceCount: 4 })).toEqual(['minInstanceCount must be at most instanceCount, which is 1, got 2']);
});

test('a component of an endpoint that gets another name is another component', () => {
  const made = (endpointName?: string) => {
    const { template, endpoint } = hosted(Hosting.components({ components: [component()] }), { endpointName });
    const [[id, resource]] = Object.entries(template().findResources('AWS::SageMaker::InferenceComponent'));
    expect(endpoint.inferenceComponentName('llama')).toBe(resource.Properties.InferenceComponentName);
    return [id, resource.Properties.InferenceComponentName];
  };
  const all = [made(), made('one'), made('two')];
  expect(new Set(all.map(([id]) => id)).size).toBe(3);
  expect(new Set(all.map(([, name]) => name)).size).toBe(3);
});

test('an adapter lives in the copies of its component and waits for it', () => {
  const { artifacts, template } = hosted(a => Hosting.components({
    components: [component({ adapters: [{ componentName: 'legal', artifact: a.artifact('models/legal.tar.gz') }] })],
  }));
  expect(artifacts).toBeDefined();
  const [, adapter] = Object.values(template().findResources('AWS::SageMaker::InferenceComponent'));
  expect(adapter.Properties.Specification.BaseInferenceComponentName).toMatch(/^stack-endpoint-llama-/);
  expect(adapter.Properties.RuntimeConfig).toBeUndefined();
  expect(adapter.DependsOn).toEqual([expect.stringMatching(/^EndpointllamaComponent/)]);
});

test.each<[string, Partial<ComponentsHostingOptions>, string[]]>([
  ['no component', { components: [] }, ['components must hold 1 to 9007199254740991 entries, got 0']],
  ['one name twice', { components: [component(), component()] }, ['componentName must be unique, used twice: llama']],
  ['no copy', { components: [component({ copyCount: 0 })] }, ['components[0].copyCount must be a whole number of at least 1, got 0']],
  ['what is different on a type, where there is one type', { components: [component({ specifications: [{ instanceType: MlInstanceType.M5_LARGE }] })] }, [
    'components[0].specifications need instancePools of two or more types: with one type, write it all to the component',
  ]],
  ['what is different on a type that is none of the pools', {
    instancePools: POOLS, components: [component({ specifications: [{ instanceType: MlInstanceType.M5_LARGE }] })],
  }, [
    "components[0].specifications[0].instanceType must be one of ml.p3.2xlarge, ml.inf2.xlarge, got 'ml.m5.large'",
  ]],
  ['one type twice', {
    instancePools: POOLS, components: [component({ specifications: [{ instanceType: POOLS[0] }, { instanceType: POOLS[0] }] })],
  }, [
    'components[0].specifications.instanceType must be unique, used twice: ml.p3.2xlarge',
  ]],
  ['less than the least on a type', {
    instancePools: POOLS,
    components: [component({
      specifications: [
        { instanceType: POOLS[1], memorySize: Size.mebibytes(64), cpuCores: 0.1, accelerators: 0, modelDownloadTimeout: Duration.seconds(1) },
      ],
    })],
  }, [
    'components[0].specifications[0].memorySize (MiB) must be a whole number of at least 128, got 64',
    expect.stringMatching(/^components\[0\]\.specifications\[0\]\.cpuCores must be between 0\.25 and .*, got 0\.1$/),
    expect.stringMatching(/^components\[0\]\.specifications\[0\]\.accelerators must be between 1 and .*, got 0$/),
    'components[0].specifications[0].modelDownloadTimeout (seconds) must be a whole number between 60 and 3600, got 1',
  ]],
  ['more memory on a type than no copy may exceed', {
    instancePools: POOLS,
    components: [component({ maxMemorySize: Size.gibibytes(2), specifications: [{ instanceType: POOLS[1], memorySize: Size.gibibytes(4) }] })],
  }, ['components[0].specifications[0].memorySize (MiB) must be at most components[0].maxMemorySize, which is 2048, got 4096']],
  ['more least than most', { minInstanceCount: 3, maxInstanceCount: 2 }, ['minInstanceCount must be at most maxInstanceCount, which is 2, got 3']],
  ['too little memory', { components: [component({ memorySize: Size.mebibytes(64) })] }, [
    'components[0].memorySize (MiB) must be a whole number of at least 128, got 64',
  ]],
])('%s is refused in words', (_, props, expected) => {
  expect(problems(props)).toEqual(expected);
});
