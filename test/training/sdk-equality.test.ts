import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { definitionOf } from './definition-of';
import { differences } from './differences';
import { reference } from './sdk/equal';
import { image } from './sdk/seed';
import { Dataset, MlTrainingPipeline, ModelArtifactBucket, ModelRegistry, ReportMetric } from '../../src';

describe('MlTrainingPipeline differs from what the SageMaker Python SDK emits only by', () => {
  const stack = new Stack(new App(), 'Training');
  const bucket = Bucket.fromBucketName(stack, 'Data', 'ml-bucket');
  const artifacts = new ModelArtifactBucket(stack, 'Artifacts');
  new MlTrainingPipeline(stack, 'Pipeline', {
    artifacts,
    data: Dataset.fromBucket(bucket, 'abalone/'),
    processing: { image: image('process'), outputs: ['train', 'validation', 'test'] },
    training: { image: image('train'), channels: ['train', 'validation'], hyperparameters: { objective: 'reg:linear', num_round: '50', eta: '0.2' } },
    evaluation: { image: image('evaluate'), report: 'evaluation.json' },
    acceptance: ReportMetric.at('regression_metrics.mse.value').atMost(6),
    registration: {
      registry: ModelRegistry.fromModelPackageGroupName(stack, 'Models', 'AbaloneModelPackageGroup'),
      image: image('inference'),
      contentTypes: ['text/csv'],
      instanceTypes: ['ml.t2.medium', 'ml.m5.large'],
      transformInstanceTypes: ['ml.m5.large'],
      environment: { LOG_LEVEL: 'INFO' },
    },
  });
  const definition = definitionOf(stack);
  // the SDK adds the name of its own step class; compared under our name
  const renamed = JSON.parse(JSON.stringify(reference('v2/seed_abalone')).replace('"Register-RegisterModel"', '"Register"'));
  const found = differences(renamed, definition);

  const KEY = '${MlEncryptionKey1CDF763F.Arn}';
  const JOB_ROLE = '${PipelineJobRole3C5C0FEE.Arn}';
  const below = (prefix: string, ...parts: string[]) => ({
    'Std:Join': { On: '', Values: [`s3://\${ArtifactsBucket88671897}/${prefix}/training-pipeline-dd48092f/`, { Get: 'Execution.PipelineExecutionId' }, ...parts] },
  });
  const ISOLATED = { EnableNetworkIsolation: true, EnableInterContainerTrafficEncryption: true };
  const LISTED: [string, string, unknown][] = [
    ['data are a prefix', '$.Parameters[InputData].DefaultValue', 's3://ml-bucket/abalone/'],
    ...['Process', 'Evaluate'].flatMap((step): [string, string, unknown][] => [
      ['network configuration', `$.Steps[${step}].Arguments.NetworkConfig`, ISOLATED],
      ['key of the volumes', `$.Steps[${step}].Arguments.ProcessingResources.ClusterConfig.VolumeKmsKeyId`, KEY],
      ['key of the output', `$.Steps[${step}].Arguments.ProcessingOutputConfig.KmsKeyId`, KEY],
      ['role of the jobs', `$.Steps[${step}].Arguments.RoleArn`, JOB_ROLE],
    ]),
    ['network isolation', '$.Steps[Train].Arguments.EnableNetworkIsolation', true],
    ['encrypted traffic', '$.Steps[Train].Arguments.EnableInterContainerTrafficEncryption', true],
    ['key of the volumes', '$.Steps[Train].Arguments.ResourceConfig.VolumeKmsKeyId', KEY],
    ['key of the output', '$.Steps[Train].Arguments.OutputDataConfig.KmsKeyId', KEY],
    ['role of the jobs', '$.Steps[Train].Arguments.RoleArn', JOB_ROLE],
    ['place of the model', '$.Steps[Train].Arguments.OutputDataConfig.S3OutputPath', below('pipelines', '/Train')],
    ['no debugger', '$.Steps[Train].Arguments.DebugHookConfig', undefined],
    ['no profiler', '$.Steps[Train].Arguments.ProfilerConfig', undefined],
  ];

  test.each(LISTED)('%s: %s', (_, path, value) => {
    expect(found.find(d => d.path === path)).toEqual(expect.objectContaining(value === undefined ? { path } : { path, actual: value }));
  });

  test.each(['train', 'validation', 'test'])('place of the output %s', name => {
    expect(definition.Steps[0].Arguments.ProcessingOutputConfig.Outputs.find((o: any) => o.OutputName === name).S3Output.S3Uri).toEqual(below('intermediate', `/Process/${name}`));
  });

  test('and nothing else', () => {
    const places = /\.(ProcessingOutputConfig\.Outputs\[\w+\]\.S3Output\.S3Uri\.Std:Join\.Values\[\d\])$/;
    expect(found.map(d => d.path).filter(p => !LISTED.some(([, listed]) => listed === p) && !places.test(p))).toEqual([]);
  });
});
