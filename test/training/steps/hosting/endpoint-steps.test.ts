import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  ArtifactPrefix, CaptureMode, DataCapture, EndpointConfigStep, EndpointConfigStepProps, EndpointStep, InferenceComponentStep,
  InferenceComponentStepProps, JobDefaults, ModelArtifactBucket, ModelStep, PipelineExecution, PipelineParameter, PipelineStep, SageMakerImage,
  SageMakerPipeline, StepModel, StepVariant,
} from '../../../../src';
import { errorOf, expectCompliant, statementsOf, warningsOf } from '../../../helper';
import { definitionOf } from '../../definition-of';
import { strictFaults } from '../../strict';

const image = SageMakerImage.fromUri('111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1.4.2');

function pipeline(steps: (stack: Stack, artifacts: ModelArtifactBucket) => PipelineStep[], jobDefaults?: JobDefaults) {
  const stack = new Stack(new App(), 'Stack');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new SageMakerPipeline(stack, 'Pipeline', { steps: steps(stack, artifacts), jobDefaults });
  return stack;
}

const withConfig = (props: Partial<EndpointConfigStepProps>, jobDefaults?: JobDefaults) =>
  pipeline(() => [new EndpointConfigStep('Config', { variants: [StepVariant.instances('churn')], ...props })], jobDefaults);

/** Places on which the role of the pipeline may do something. */
const places = (stack: Stack, action: string, policy = 'PipelineRolePolicy') =>
  statementsOf(Template.fromStack(stack), policy).filter(s => [s.Action].flat().includes(action)).flatMap(s => JSON.stringify(s.Resource));

/** The schema wants names and roles as they will be. */
const faults = (stack: Stack) => strictFaults(JSON.parse(JSON.stringify(definitionOf(stack)).replace(/"\$\{\w+\.Arn\}"/g, '"arn:aws:iam::111122223333:role/Jobs"')));

describe('a configuration', () => {
  test('has a name of each execution, and the key of the jobs', () => {
    const stack = withConfig({});
    expect(definitionOf(stack).Steps[0].Arguments).toEqual({
      EndpointConfigName: { 'Std:Join': { On: '', Values: [expect.stringMatching(/^stack-pipeline-config-[0-9a-f]{8}-$/), { Get: 'Execution.PipelineExecutionId' }] } },
      ProductionVariants: [{ VariantName: 'AllTraffic', ModelName: 'churn', InitialVariantWeight: 1, InitialInstanceCount: 1, InstanceType: 'ml.m5.large' }],
      KmsKeyId: '${MlEncryptionKey1CDF763F.Arn}',
    });
    expect(places(stack, 'sagemaker:CreateEndpointConfig')).toEqual([expect.stringMatching(/:endpoint-config\/stack-pipeline-config-[0-9a-f]{8}-\*"/)]);
    expectCompliant(stack);
  });

  test('with a name that is known is one that may be made', () => {
    expect(places(withConfig({ endpointConfigName: 'Churn-1' }), 'sagemaker:CreateEndpointConfig')).toEqual([expect.stringMatching(/:endpoint-config\/churn-1"/)]);
  });

  test('with a name that is a parameter may be any', () => {
    const name = PipelineParameter.text('Name', { defaultValue: 'a' }).asString();
    expect(places(withConfig({ endpointConfigName: name }), 'sagemaker:CreateEndpointConfig')).toEqual([expect.stringMatching(/:endpoint-config\/\*"/)]);
  });

  test('of everything an instance may have, and a shadow', () => {
    const stack = withConfig({
      variants: [
        StepVariant.instances('churn', {
          variantName: 'a',
          weight: 0,
          instanceType: 'ml.c5.xlarge',
          instanceCount: 2,
          volumeSize: Size.gibibytes(100),
          containerStartupTimeout: Duration.minutes(5),
          modelDownloadTimeout: Duration.minutes(10),
        }),
      ],
      shadowVariants: [StepVariant.instances('next', { variantName: 'b' })],
      tags: { team: 'ml' },
    });
    expect(definitionOf(stack).Steps[0].Arguments).toMatchObject({
      ProductionVariants: [{
        VariantName: 'a',
        InitialVariantWeight: 0,
        InstanceType: 'ml.c5.xlarge',
        InitialInstanceCount: 2,
        VolumeSizeInGB: 100,
        ContainerStartupHealthCheckTimeoutInSeconds: 300,
        ModelDataDownloadTimeoutInSeconds: 600,
      }],
      ShadowProductionVariants: [{ VariantName: 'b', ModelName: 'next' }],
      Tags: [{ Key: 'team', Value: 'ml' }],
    });
    expect(faults(stack)).toEqual([]);
  });

  test('without instances', () => {
    const variants = [StepVariant.serverless('churn', { memorySize: Size.gibibytes(4), maxConcurrency: 20, provisionedConcurrency: 2 })];
    const { ProductionVariants, KmsKeyId } = definitionOf(withConfig({ variants })).Steps[0].Arguments;
    expect(ProductionVariants).toEqual([{
      VariantName: 'AllTraffic', ModelName: 'churn', InitialVariantWeight: 1, ServerlessConfig: { MemorySizeInMB: 4096, MaxConcurrency: 20, ProvisionedConcurrency: 2 },
    }]);
    expect(KmsKeyId).toBeUndefined();
  });

  test('for components runs with the role and the network of jobs', () => {
    const variants = [StepVariant.components({ instanceType: 'ml.m5.2xlarge', minInstanceCount: 0, maxInstanceCount: 4 })];
    const stack = withConfig({ variants });
    expect(definitionOf(stack).Steps[0].Arguments).toMatchObject({
      ProductionVariants: [{
        VariantName: 'AllTraffic',
        InstanceType: 'ml.m5.2xlarge',
        InitialInstanceCount: 1,
        ManagedInstanceScaling: { Status: 'ENABLED', MinInstanceCount: 0, MaxInstanceCount: 4 },
      }],
      ExecutionRoleArn: expect.stringContaining('PipelineJobRole'),
      EnableNetworkIsolation: true,
    });
    expect(faults(stack)).toEqual([]);
  });

  test('has no key if a variant has disks of its own', () => {
    const stack = withConfig({ variants: [StepVariant.instances('m', { instanceType: 'ml.g5.xlarge' }), StepVariant.instances('n', { variantName: 'b' })] });
    expect(definitionOf(stack).Steps[0].Arguments.KmsKeyId).toBeUndefined();
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-ml-patterns:localDisks')]);
  });

  test('captures and answers later with the role of the model', () => {
    const stack = pipeline((s, artifacts) => {
      const create = new ModelStep('Create', { model: StepModel.fromContainer({ image }) });
      return [create, new EndpointConfigStep('Config', {
        variants: [StepVariant.instances(create.modelName)],
        dataCapture: DataCapture.to(artifacts.at(ArtifactPrefix.CAPTURE), { percent: 5, modes: [CaptureMode.INPUT] }),
        asyncInference: { destination: 's3://answers/', failureDestination: 's3://errors/', maxConcurrentInvocations: 4, errorTopic: new Topic(s, 'Errors') },
      })];
    });
    expect(definitionOf(stack).Steps[1].Arguments).toMatchObject({
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 5,
        DestinationS3Uri: expect.stringMatching(/capture$/),
        KmsKeyId: expect.any(String),
        CaptureOptions: [{ CaptureMode: 'Input' }],
        CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json', 'application/jsonlines'] },
      },
      AsyncInferenceConfig: {
        ClientConfig: { MaxConcurrentInvocationsPerInstance: 4 },
        OutputConfig: { S3OutputPath: 's3://answers/', S3FailurePath: 's3://errors/', KmsKeyId: expect.any(String), NotificationConfig: { ErrorTopic: expect.any(String) } },
      },
    });
    const writes = places(stack, 's3:PutObject', 'PipelineJobRolePolicy').join();
    for (const place of ['capture/*', ':s3:::answers/*', ':s3:::errors/*']) { expect(writes).toContain(place); }
    expect(places(stack, 'sns:Publish', 'PipelineJobRolePolicy').join()).toContain('Errors');
  });

  test('that is wrong is told all at once', () => {
    expect(errorOf(() => withConfig({
      endpointConfigName: 'a_b',
      variants: [
        StepVariant.instances('m', { instanceType: 'm5', instanceCount: 0, volumeSize: Size.gibibytes(513), modelDownloadTimeout: Duration.seconds(1) }),
        StepVariant.components({ minInstanceCount: 3 }),
        StepVariant.serverless('m', { variantName: 'c', memorySize: Size.mebibytes(1500), maxConcurrency: 5, provisionedConcurrency: 6 }),
      ],
    }))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 10 problems:",
      "  - step 'Config'.variants[0].instanceType must look like 'ml.m5.large', got 'm5'",
      "  - step 'Config'.variants[0].instanceCount must be a whole number between 1 and 10000, got 0",
      "  - step 'Config'.variants[0].volumeSize (GiB) must be a whole number between 1 and 512, got 513",
      "  - step 'Config'.variants[0].modelDownloadTimeout (seconds) must be a whole number between 60 and 3600, got 1",
      "  - step 'Config'.variants[1] must have minInstanceCount and maxInstanceCount, or neither",
      "  - step 'Config'.variants[2].memorySize must be in whole GiB, got 1500 MiB",
      "  - step 'Config'.variants[2].provisionedConcurrency must be at most maxConcurrency, which is 5, got 6",
      "  - step 'Config'.variants names must be unique, used twice: AllTraffic",
      "  - step 'Config'.variants must all be for components, or none",
      "  - step 'Config'.endpointConfigName must be 1 to 63 letters, digits and dashes, got 'a_b'",
    ].join('\n'));
  });
});

describe('an endpoint', () => {
  test('is made or updated with exactly its name and its configuration', () => {
    const config = new EndpointConfigStep('Config', { variants: [StepVariant.instances('churn')] });
    const stack = pipeline(() => [config, new EndpointStep('Endpoint', { endpointName: 'churn', endpointConfigName: config.endpointConfigName })]);
    expect(places(stack, 'sagemaker:UpdateEndpoint')).toEqual([
      expect.stringMatching(/:endpoint\/churn"/), expect.stringMatching(/:endpoint-config\/stack-pipeline-config-[0-9a-f]{8}-\*"/),
    ]);
    expect(definitionOf(stack).Steps[1].Arguments).toEqual({ EndpointName: 'churn', EndpointConfigName: { Get: 'Steps.Config.EndpointConfigName' } });
  });

  test('may have a name that ends with a variable', () => {
    const stack = pipeline(() => [new EndpointStep('Endpoint', { endpointName: `churn-${PipelineExecution.ID.asString()}`, endpointConfigName: 'cfg' })]);
    expect(places(stack, 'sagemaker:CreateEndpoint')).toEqual([expect.stringMatching(/:endpoint\/churn-\*"/), expect.stringMatching(/:endpoint-config\/cfg"/)]);
  });

  test('has a name that SageMaker takes', () => {
    expect(errorOf(() => pipeline(() => [new EndpointStep('E', { endpointName: 'a.b', endpointConfigName: '-' })]))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 2 problems:",
      "  - step 'E'.endpointName must be 1 to 63 letters, digits and dashes, got 'a.b'",
      "  - step 'E'.endpointConfigName must be 1 to 63 letters, digits and dashes, got '-'",
    ].join('\n'));
  });
});

describe('an inference component', () => {
  const component = (props: Partial<InferenceComponentStepProps>) =>
    pipeline(() => [new InferenceComponentStep('Component', { inferenceComponentName: 'churn', endpointName: 'shared', ...props })]);

  test('with all that a copy needs', () => {
    const stack = component({
      modelName: 'm',
      memorySize: Size.gibibytes(2),
      maxMemorySize: Size.gibibytes(4),
      cpuCores: 0.5,
      accelerators: 1,
      copyCount: 2,
      dataCaching: true,
      containerStartupTimeout: Duration.minutes(5),
      tags: { a: 'b' },
    });
    expect(definitionOf(stack).Steps[0]).toEqual({
      Name: 'Component',
      Type: 'InferenceComponent',
      Arguments: {
        InferenceComponentName: 'churn',
        EndpointName: 'shared',
        VariantName: 'AllTraffic',
        Specification: {
          ModelName: 'm',
          StartupParameters: { ContainerStartupHealthCheckTimeoutInSeconds: 300 },
          ComputeResourceRequirements: {
            NumberOfCpuCoresRequired: 0.5, NumberOfAcceleratorDevicesRequired: 1, MinMemoryRequiredInMb: 2048, MaxMemoryRequiredInMb: 4096,
          },
          DataCacheConfig: { EnableCaching: true },
        },
        RuntimeConfig: { CopyCount: 2 },
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    });
    expect(faults(stack)).toEqual([]);
    expect(places(stack, 'sagemaker:CreateInferenceComponent')).toEqual([
      expect.stringMatching(/:inference-component\/churn"/), expect.stringMatching(/:endpoint\/shared"/),
    ]);
  });

  test('an adapter has neither copies nor memory', () => {
    expect(definitionOf(component({ baseInferenceComponentName: 'llama' })).Steps[0].Arguments).toEqual({
      InferenceComponentName: 'churn', EndpointName: 'shared', Specification: { BaseInferenceComponentName: 'llama' },
    });
  });

  test('of the endpoint of a step', () => {
    const endpoint = new EndpointStep('Endpoint', { endpointName: 'shared-1', endpointConfigName: 'cfg' });
    const stack = pipeline(() => [endpoint, new InferenceComponentStep('C', {
      inferenceComponentName: 'churn', endpointName: endpoint.endpointName, modelName: 'm', memorySize: Size.gibibytes(1),
    })]);
    expect(places(stack, 'sagemaker:CreateInferenceComponent').join()).toMatch(/:endpoint\/shared-1"/);
  });

  test('that is wrong is told all at once', () => {
    expect(errorOf(() => component({ memorySize: Size.mebibytes(64), cpuCores: 0.1, accelerators: 0, copyCount: -1 }))).toBe([
      "SageMakerPipeline at 'Stack/Pipeline' has 5 problems:",
      "  - step 'Component' must have modelName or baseInferenceComponentName, and not both",
      `  - step 'Component'.memorySize (MiB) must be between 128 and ${Number.MAX_SAFE_INTEGER}, got 64`,
      `  - step 'Component'.cpuCores must be between 0.25 and ${Number.MAX_SAFE_INTEGER}, got 0.1`,
      `  - step 'Component'.accelerators must be between 1 and ${Number.MAX_SAFE_INTEGER}, got 0`,
      '  - step \'Component\'.copyCount must be a whole number of at least 0, got -1',
    ].join('\n'));
    expect(errorOf(() => component({ modelName: 'm' }))).toContain("step 'Component'.memorySize must be there with modelName");
  });
});
