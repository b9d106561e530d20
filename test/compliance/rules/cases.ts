/** Properties of one resource, and others of its stack by logical id. */
export interface Case {
  readonly type: string;
  /** What all cases share. */
  readonly base?: any;
  readonly good: any[];
  /** Properties, and what stands in brackets of each finding; a rule without brackets finds `''`. */
  readonly bad: [any, ...string[]][];
  /** More resources, by the id of which the judged one is `R`. */
  readonly beside?: Record<string, { type: string; properties: any }>;
}

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';
const ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1';
const variant = (more: object = {}) => ({ VariantName: 'Blue', InitialInstanceCount: 2, ...more });
const pipeline = (Steps: any[], more: object = {}) => ({ PipelineDefinition: { PipelineDefinitionBody: JSON.stringify({ Version: '2020-12-01', Steps }) }, ...more });
const step = (Type: string, Arguments: any, Name = 'S') => ({ Name, Type, Arguments });
const network = (EnableNetworkIsolation: unknown, EnableInterContainerTrafficEncryption: unknown = true) =>
  ({ NetworkConfig: { EnableNetworkIsolation, EnableInterContainerTrafficEncryption } });
const inline = (definition: object) => ({ MonitoringScheduleConfig: { MonitoringJobDefinition: definition } });
const cluster = (more: object) => ({ JobResources: { ClusterConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeKmsKeyId: KEY, ...more } } });
const TRAINED = {
  EnableNetworkIsolation: true,
  EnableInterContainerTrafficEncryption: true,
  OutputDataConfig: { KmsKeyId: KEY },
  ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 2, VolumeKmsKeyId: KEY },
};
const PROCESSED = {
  ...network(true),
  ProcessingResources: { ClusterConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeKmsKeyId: KEY } },
  ProcessingOutputConfig: { KmsKeyId: KEY, Outputs: [{ S3Output: {} }] },
};
const without = (object: any, ...keys: string[]) => Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
const OPEN_BUCKET = { AccessControl: 'Private' };
const GUARDED = {
  PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  VersioningConfiguration: { Status: 'Enabled' },
  LoggingConfiguration: { DestinationBucketName: 'logs' },
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
};
const trust = (Condition?: object) => ({ Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole', Condition }] });
const role = (Action: string, Resource: string, Condition?: object) => ({
  AssumeRolePolicyDocument: trust(), Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource, Condition }] } }],
});

/** Good and bad cases of every rule. */
export const CASES: Record<string, Case> = {
  'ML-SM1': { type: 'AWS::SageMaker::Model', good: [{ EnableNetworkIsolation: true }, { EnableNetworkIsolation: 'true' }], bad: [[{ EnableNetworkIsolation: false }, ''], [{}, ''], [{ EnableNetworkIsolation: { Ref: 'P' } }, '']] },
  'ML-SM2': {
    type: 'AWS::SageMaker::Model',
    good: [{ EnableNetworkIsolation: true }, { VpcConfig: { Subnets: ['a', 'b'], SecurityGroupIds: ['g'] } }, { VpcConfig: { Subnets: { Ref: 'List' }, SecurityGroupIds: ['g'] } }],
    bad: [[{}, ''], [{ EnableNetworkIsolation: true, VpcConfig: { Subnets: ['a'], SecurityGroupIds: ['g'] } }, ''], [{ VpcConfig: { Subnets: ['a', 'b'], SecurityGroupIds: [] } }, '']],
  },
  'ML-SM3': {
    type: 'AWS::SageMaker::Model',
    good: [{ PrimaryContainer: { Image: ECR } }, { PrimaryContainer: { Image: { 'Fn::GetAtt': ['R', 'RepositoryUri'] } } }, { PrimaryContainer: { Image: 'registry.example.com/a:1', ImageConfig: { RepositoryAccessMode: 'Vpc' } } }, {}],
    bad: [[{ PrimaryContainer: { Image: 'docker.io/a/b:1' } }, ''], [{ PrimaryContainer: { Image: 'registry.example.com/a:1', ImageConfig: { RepositoryAccessMode: 'Platform' } } }, '']],
  },
  'ML-SM4': {
    type: 'AWS::SageMaker::Model',
    good: [{ Containers: [{ Image: ECR }, { Image: ECR }] }],
    bad: [[{ Containers: [{ Image: ECR }, { Image: 'docker.io/a/b:1' }] }, '1'], [{ Containers: [{ ContainerHostname: 'first', Image: 'docker.io/a/b:1' }] }, 'first']],
  },
  'ML-SM5': { type: 'AWS::SageMaker::Model', good: [{ PrimaryContainer: { Image: ECR } }], bad: [[{ PrimaryContainer: { Image: 'h/a:latest' } }, '']] },
  'ML-SM6': {
    type: 'AWS::SageMaker::Model',
    good: [{ PrimaryContainer: { Environment: { MAX_TOKENS: '5', TOKENIZERS_PARALLELISM: 'true', DB_PASSWORD: { Ref: 'P' } } } }],
    bad: [
      [{ PrimaryContainer: { Environment: { DB_PASSWORD: 'hunter2' } } }, 'DB_PASSWORD'],
      [{ Containers: [{ Environment: { A: 'b' } }, { Environment: { WHO: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x' } }] }, 'WHO', 'AWS_SECRET_ACCESS_KEY'],
    ],
  },
  'ML-SM7': { type: 'AWS::SageMaker::EndpointConfig', good: [{ ProductionVariants: [variant()] }], bad: [[{ ProductionVariants: [variant({ InitialInstanceCount: 1 })] }, 'Blue']] },
  'ML-SM8': { type: 'AWS::SageMaker::EndpointConfig', good: [{ KmsKeyId: KEY, ProductionVariants: [variant()] }], bad: [[{ ProductionVariants: [variant()] }, '']] },
  'ML-SM9': {
    type: 'AWS::SageMaker::EndpointConfig',
    good: [{}, { DataCaptureConfig: { EnableCapture: true, KmsKeyId: KEY } }, { DataCaptureConfig: { EnableCapture: false } }],
    bad: [[{ DataCaptureConfig: { EnableCapture: true } }, ''], [{ DataCaptureConfig: {} }, '']],
  },
  'ML-SM10': {
    type: 'AWS::SageMaker::EndpointConfig',
    good: [{}, { AsyncInferenceConfig: { OutputConfig: { KmsKeyId: KEY } } }],
    bad: [[{ AsyncInferenceConfig: { OutputConfig: { S3OutputPath: 's3://b' } } }, '']],
  },
  'ML-SM30': {
    type: 'AWS::SageMaker::EndpointConfig',
    good: [{}, { AsyncInferenceConfig: { OutputConfig: { S3FailurePath: 's3://b' } } }, { AsyncInferenceConfig: { OutputConfig: { NotificationConfig: { ErrorTopic: 'arn' } } } }],
    bad: [[{ AsyncInferenceConfig: { OutputConfig: { S3OutputPath: 's3://b', NotificationConfig: { SuccessTopic: 'arn' } } } }, '']],
  },
  'ML-SM11': {
    type: 'AWS::SageMaker::EndpointConfig',
    good: [{ ProductionVariants: [variant(), variant({ EnableSSMAccess: false })] }],
    bad: [[{ ProductionVariants: [variant({ EnableSSMAccess: true })], ShadowProductionVariants: [variant({ VariantName: 'Shadow', EnableSSMAccess: true })] }, 'Blue', 'Shadow']],
  },
  'ML-SM12': { type: 'AWS::SageMaker::Endpoint', good: [{ DeploymentConfig: { AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'a' }] } } }], bad: [[{}, '']] },
  'ML-SM13': {
    type: 'AWS::SageMaker::Pipeline',
    good: [
      pipeline([step('Training', TRAINED), step('Processing', PROCESSED), step('Lambda', {}), step('Transform', {})]),
      pipeline([step('Training', { ...TRAINED, EnableNetworkIsolation: { Get: 'Parameters.Isolated' } })]),
      { PipelineDefinition: { PipelineDefinitionS3Location: { Bucket: 'b', Key: 'k' } } },
    ],
    bad: [
      [pipeline([step('Training', without(TRAINED, 'EnableNetworkIsolation')), step('Processing', without(PROCESSED, 'NetworkConfig'), 'P'), step('Model', {}, 'M')]), 'S', 'P', 'M'],
      [pipeline([step('Condition', { IfSteps: [step('Training', { ...TRAINED, EnableNetworkIsolation: false }, 'InBranch')], ElseSteps: [step('QualityCheck', {}, 'Else')] })]), 'InBranch', 'Else'],
      [pipeline([step('ForEach', { ForEachBody: [step('ClarifyCheck', {}, 'InLoop')] })], { ParallelismConfiguration: {} }), 'InLoop'],
      [pipeline([step('New', { ForEachBody: [step('Condition', { ElseSteps: [step('Model', {}, 'Deep')] })] })]), 'Deep'],
      [pipeline([step('Tuning', { TrainingJobDefinitions: [TRAINED, without(TRAINED, 'EnableNetworkIsolation')] })]), 'S'],
      [{ PipelineDefinition: { PipelineDefinitionBody: { 'Fn::Join': ['', ['{"Steps":[{"Name":"S","Type":"Training","Arguments":{"RoleArn":"', { 'Fn::GetAtt': ['Role', 'Arn'] }, '"}}]}']] } } }, 'S'],
      [{ PipelineDefinition: { PipelineDefinitionBody: { 'Fn::Sub': '{"Steps":[{"Name":"S","Type":"Training","Arguments":{"RoleArn":"${Role.Arn}"}}]}' } } }, 'S'],
    ],
  },
  'ML-SM31': {
    type: 'AWS::SageMaker::Pipeline',
    good: [pipeline([step('Training', TRAINED)]), pipeline([step('Training', { ...TRAINED, ResourceConfig: { InstanceCount: 1 }, EnableInterContainerTrafficEncryption: false })])],
    bad: [
      [pipeline([step('Training', without(TRAINED, 'EnableInterContainerTrafficEncryption'))]), 'S'],
      [pipeline([step('Processing', { ...PROCESSED, ...network(true, false), ProcessingResources: { ClusterConfig: { InstanceCount: 3 } } })]), 'S'],
      [pipeline([step('Training', { ...TRAINED, EnableInterContainerTrafficEncryption: false, ResourceConfig: { InstanceGroups: [{ InstanceCount: 1 }, { InstanceCount: 1 }] } })]), 'S'],
    ],
  },
  'ML-SM32': {
    type: 'AWS::SageMaker::Pipeline',
    good: [
      pipeline([step('Training', TRAINED), step('Processing', PROCESSED), step('Processing', without(PROCESSED, 'ProcessingOutputConfig'))]),
      pipeline([step('Training', { ...TRAINED, ResourceConfig: { InstanceType: 'ml.g5.xlarge' } })]),
      {
        PipelineDefinition: {
          PipelineDefinitionBody: JSON.stringify({
            Parameters: [{ Name: 'Type', Type: 'String', DefaultValue: 'ml.g5.xlarge' }],
            Steps: [step('Training', { ...TRAINED, ResourceConfig: { InstanceType: { Get: 'Parameters.Type' } } })],
          }),
        },
      },
    ],
    bad: [
      [pipeline([step('Training', without(TRAINED, 'OutputDataConfig')), step('Training', { ...TRAINED, ResourceConfig: { InstanceType: 'ml.m5.large' } }, 'T')]), 'S', 'T'],
      [pipeline([step('Transform', { TransformOutput: {}, TransformResources: { VolumeKmsKeyId: KEY } }), step('AutoML', { OutputDataConfig: { KmsKeyId: KEY } }, 'A')]), 'S', 'A'],
      [pipeline([step('Processing', { ...PROCESSED, ProcessingOutputConfig: { Outputs: [{ S3Output: {} }] } })]), 'S'],
    ],
  },
  'ML-SM33': {
    type: 'AWS::SageMaker::Pipeline',
    good: [pipeline([step('Training', { ...TRAINED, RoleArn: 'arn:jobs' })], { RoleArn: 'arn:pipeline' })],
    bad: [[pipeline([step('Training', { ...TRAINED, RoleArn: '<Role.Arn>' })], { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }), 'S']],
  },
  'ML-SM14': {
    type: 'AWS::SageMaker::Pipeline',
    good: [pipeline([step('Training', TRAINED)]), pipeline([step('ForEach', {})], { ParallelismConfiguration: { MaxParallelExecutionSteps: 5 } })],
    bad: [[pipeline([step('ForEach', {})]), '']],
  },
  'ML-SM15': { type: 'AWS::SageMaker::DataQualityJobDefinition', good: [network(true)], bad: [[network(false), ''], [{}, '']] },
  'ML-SM16': {
    type: 'AWS::SageMaker::ModelBiasJobDefinition',
    good: [{ ...network(true), ...cluster({ InstanceCount: 2 }) }, { ...network(true, false), ...cluster({ InstanceCount: 1 }) }],
    bad: [[{ ...network(true, false), ...cluster({ InstanceCount: 2 }) }, ''], [cluster({ InstanceCount: '3' }), '']],
  },
  'ML-SM17': {
    type: 'AWS::SageMaker::ModelQualityJobDefinition',
    good: [{ ...cluster({}), ModelQualityJobOutputConfig: { KmsKeyId: KEY } }, { ...cluster({ InstanceType: 'ml.g4dn.xlarge', VolumeKmsKeyId: undefined }), ModelQualityJobOutputConfig: { KmsKeyId: KEY } }],
    bad: [[cluster({ VolumeKmsKeyId: undefined }), 'VolumeKmsKeyId', 'KmsKeyId']],
  },
  'ML-SM18': {
    type: 'AWS::SageMaker::MonitoringSchedule',
    good: [inline(network(true)), { MonitoringScheduleConfig: { MonitoringJobDefinitionName: 'd' } }],
    bad: [[inline(network(false)), ''], [inline({}), '']],
  },
  'ML-SM19': { type: 'AWS::SageMaker::MonitoringSchedule', good: [inline(network(true))], bad: [[inline(network(true, false)), '']] },
  'ML-SM20': {
    type: 'AWS::SageMaker::InferenceExperiment',
    good: [{ KmsKey: KEY }, { KmsKey: KEY, DataStorageConfig: { KmsKey: KEY } }],
    bad: [[{ DataStorageConfig: { Destination: 's3://b' } }, 'KmsKey', 'DataStorageConfig.KmsKey']],
  },
  'ML-SM21': {
    type: 'AWS::SageMaker::FeatureGroup',
    good: [{}, { OfflineStoreConfig: { S3StorageConfig: { KmsKeyId: KEY } } }],
    bad: [[{ OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://b' } } }, '']],
  },
  'ML-SM22': {
    type: 'AWS::SageMaker::FeatureGroup',
    good: [{}, { OnlineStoreConfig: { EnableOnlineStore: true, SecurityConfig: { KmsKeyId: KEY } } }, { OnlineStoreConfig: { EnableOnlineStore: true, StorageType: 'InMemory' } }],
    bad: [[{ OnlineStoreConfig: { EnableOnlineStore: true } }, '']],
  },
  'ML-SM23': {
    type: 'AWS::SageMaker::ProcessingJob',
    good: [PROCESSED, { ...network(true), ProcessingResources: { ClusterConfig: { InstanceType: 'ml.g5.xlarge' } } }],
    bad: [[
      { ...network(false, false), ProcessingResources: { ClusterConfig: { InstanceCount: 2 } }, ProcessingOutputConfig: { Outputs: [{}] } },
      'EnableNetworkIsolation', 'EnableInterContainerTrafficEncryption', 'VolumeKmsKeyId', 'KmsKeyId',
    ]],
  },
  'ML-SM24': {
    type: 'AWS::SageMaker::Domain',
    good: [{ AppNetworkAccessType: 'VpcOnly', KmsKeyId: KEY }],
    bad: [[{ AppNetworkAccessType: 'PublicInternetOnly' }, 'AppNetworkAccessType', 'KmsKeyId']],
  },
  'ML-SM25': { type: 'AWS::SageMaker::NotebookInstance', good: [{ RootAccess: 'Disabled' }], bad: [[{}, ''], [{ RootAccess: 'Enabled' }, '']] },
  'ML-SM26': {
    type: 'AWS::SageMaker::NotebookInstance',
    good: [{ PlatformIdentifier: 'notebook-al2023-v1' }, { PlatformIdentifier: { Ref: 'P' } }],
    bad: [[{}, ''], [{ PlatformIdentifier: 'notebook-al2-v3' }, '']],
  },
  'ML-SM27': {
    type: 'AWS::SageMaker::NotebookInstance',
    good: [{ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' } }],
    bad: [[{}, ''], [{ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' } }, '']],
  },
  'ML-SM28': { type: 'AWS::SageMaker::Image', good: [{ Tags: [{ Key: 'team', Value: 'risk' }] }], bad: [[{}, ''], [{ Tags: [] }, '']] },
  'ML-SM29': {
    type: 'AWS::SageMaker::ModelPackageGroup',
    good: [{}],
    bad: [[{ ModelPackageGroupPolicy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sagemaker:DescribeModelPackage', Resource: '*' }] } }, '']],
  },
  'ML-ECR1': { type: 'AWS::ECR::Repository', good: [{ ImageScanningConfiguration: { ScanOnPush: true } }], bad: [[{}, '']] },
  'ML-ECR2': { type: 'AWS::ECR::Repository', good: [{ ImageTagMutability: 'IMMUTABLE' }], bad: [[{}, '']] },
  'ML-ECR3': { type: 'AWS::ECR::Repository', good: [{ LifecyclePolicy: { LifecyclePolicyText: '{}' } }], bad: [[{}, '']] },
  'ML-ECR4': {
    type: 'AWS::ECR::Repository',
    good: [{ EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: KEY } }],
    bad: [[{}, ''], [{ EncryptionConfiguration: { EncryptionType: 'AES256' } }, '']],
  },
  'ML-S3': {
    type: 'AWS::S3::Bucket',
    good: [GUARDED],
    bad: [
      [OPEN_BUCKET, 'PublicAccessBlockConfiguration', 'VersioningConfiguration', 'BucketEncryption', 'LoggingConfiguration'],
      [{ ...GUARDED, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }, 'PublicAccessBlockConfiguration'],
    ],
    beside: {
      Policy: {
        type: 'AWS::S3::BucketPolicy',
        properties: { Bucket: { Ref: 'R' }, PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } },
      },
    },
  },
  'ML-IAM1': { type: 'AWS::IAM::Role', good: [role('s3:GetObject', 'arn:aws:s3:::b/k')], bad: [[role('*', '*'), '*'], [role('s3:GetObject', '*'), 's3:GetObject']] },
  'ML-IAM2': {
    type: 'AWS::IAM::Role',
    good: [{ AssumeRolePolicyDocument: trust({ StringEquals: { 'aws:SourceAccount': '111122223333' } }) }],
    bad: [[{ AssumeRolePolicyDocument: trust() }, '']],
  },
  'ML-IAM3': {
    type: 'AWS::IAM::Role',
    good: [role('iam:PassRole', 'arn:aws:iam::1:role/r', { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } })],
    bad: [[role('iam:PassRole', '*'), '']],
  },
  'ML-IAM4': {
    type: 'AWS::IAM::Role',
    good: [{ AssumeRolePolicyDocument: trust() }],
    bad: [[{ AssumeRolePolicyDocument: trust(), ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSageMakerFullAccess'] }, '']],
  },
};
