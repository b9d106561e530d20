/**
 * What a step of each type can be asked for: the members of the service's Describe* answer for its job, as botocore 1.44.8 lists them, and what
 * SageMaker's SDK adds to them (`BestCandidateProperties`, `TrainingJobSummaries`, `ClusterId`, baselines, `OutputParameters`, `Outcome`).
 */
const MEMBERS: { [stepType: string]: string } = {
  AutoML: `
    AutoMLJobName AutoMLJobArn InputDataConfig OutputDataConfig RoleArn AutoMLJobObjective ProblemType AutoMLJobConfig CreationTime
    EndTime LastModifiedTime FailureReason PartialFailureReasons BestCandidate AutoMLJobStatus AutoMLJobSecondaryStatus
    GenerateCandidateDefinitionsOnly AutoMLJobArtifacts ResolvedAttributes ModelDeployConfig ModelDeployResult BestCandidateProperties
  `,
  Callback: `
    OutputParameters
  `,
  ClarifyCheck: `
    CalculatedBaselineConstraints BaselineUsedForDriftCheckConstraints
  `,
  Condition: `
    Outcome
  `,
  EMR: `
    Id Name Config ActionOnFailure Status ExecutionRoleArn LogUri EncryptionKeyArn AdditionalInfo ClusterId
  `,
  EMRServerless: `
    jobRun applicationId jobRunId name arn createdBy createdAt updatedAt executionRole executionIamPolicy state stateDetails releaseLabel
    configurationOverrides jobDriver tags totalResourceUtilization networkConfiguration totalExecutionDurationSeconds
    executionTimeoutMinutes billedResourceUtilization mode retryPolicy attempt attemptCreatedAt attemptUpdatedAt startedAt endedAt
    queuedDurationMilliseconds imageConfiguration workerTypeSpecifications flexExecution
  `,
  Endpoint: `
    EndpointName EndpointArn EndpointConfigName ProductionVariants DataCaptureConfig EndpointStatus FailureReason CreationTime
    LastModifiedTime LastDeploymentConfig AsyncInferenceConfig PendingDeploymentSummary ExplainerConfig ShadowProductionVariants
    MetricsConfig CrossRegionTrafficConfig
  `,
  EndpointConfig: `
    EndpointConfigName EndpointConfigArn ProductionVariants DataCaptureConfig KmsKeyId CreationTime AsyncInferenceConfig
    ExplainerConfig ShadowProductionVariants ExecutionRoleArn VpcConfig EnableNetworkIsolation MetricsConfig CrossRegionTrafficConfig
  `,
  InferenceComponent: `
    InferenceComponentName InferenceComponentArn EndpointName EndpointArn VariantName FailureReason Specification Specifications
    RuntimeConfig CreationTime LastModifiedTime InferenceComponentStatus LastDeploymentConfig
  `,
  Job: `
    JobName JobArn RoleArn JobCategory JobConfigSchemaVersion JobConfigDocument CreationTime LastModifiedTime EndTime JobStatus
    SecondaryStatus SecondaryStatusTransitions FailureReason Tags
  `,
  Lambda: `
    OutputParameters
  `,
  Model: `
    ModelName PrimaryContainer Containers InferenceExecutionConfig ExecutionRoleArn VpcConfig CreationTime ModelArn
    EnableNetworkIsolation DeploymentRecommendation
  `,
  Processing: `
    ProcessingInputs ProcessingOutputConfig ProcessingJobName ProcessingResources StoppingCondition AppSpecification Environment
    NetworkConfig RoleArn ExperimentConfig ProcessingJobArn ProcessingJobStatus ExitMessage FailureReason ProcessingEndTime
    ProcessingStartTime LastModifiedTime CreationTime MonitoringScheduleArn AutoMLJobArn TrainingJobArn
  `,
  QualityCheck: `
    CalculatedBaselineStatistics CalculatedBaselineConstraints BaselineUsedForDriftCheckStatistics
    BaselineUsedForDriftCheckConstraints
  `,
  RegisterModel: `
    ModelPackageName ModelPackageGroupName ModelPackageVersion ModelPackageRegistrationType ModelPackageArn ModelPackageDescription
    CreationTime InferenceSpecification SourceAlgorithmSpecification ValidationSpecification ModelPackageStatus
    ModelPackageStatusDetails CertifyForMarketplace ModelApprovalStatus CreatedBy MetadataProperties ModelMetrics LastModifiedTime
    LastModifiedBy ApprovalDescription Domain Task SamplePayloadUrl CustomerMetadataProperties DriftCheckBaselines
    AdditionalInferenceSpecifications SkipModelValidation SourceUri SecurityConfig ModelCard ModelLifeCycle ManagedStorageType
  `,
  Training: `
    TrainingJobName TrainingJobArn TuningJobArn LabelingJobArn AutoMLJobArn ModelArtifacts TrainingJobStatus SecondaryStatus
    FailureReason HyperParameters AlgorithmSpecification RoleArn InputDataConfig OutputDataConfig ResourceConfig WarmPoolStatus
    VpcConfig StoppingCondition CreationTime TrainingStartTime TrainingEndTime LastModifiedTime SecondaryStatusTransitions
    FinalMetricDataList EnableNetworkIsolation EnableInterContainerTrafficEncryption EnableManagedSpotTraining CheckpointConfig
    TrainingTimeInSeconds BillableTimeInSeconds BillableTokenCount DebugHookConfig ExperimentConfig DebugRuleConfigurations
    TensorBoardOutputConfig DebugRuleEvaluationStatuses ProfilerConfig ProfilerRuleConfigurations ProfilerRuleEvaluationStatuses
    ProfilingStatus Environment RetryStrategy RemoteDebugConfig InfraCheckConfig ServerlessJobConfig MlflowConfig ModelPackageConfig
    MlflowDetails ProgressInfo OutputModelPackageArn
  `,
  Transform: `
    TransformJobName TransformJobArn TransformJobStatus FailureReason ModelName MaxConcurrentTransforms ModelClientConfig
    MaxPayloadInMB BatchStrategy Environment TransformInput TransformOutput DataCaptureConfig TransformResources CreationTime
    TransformStartTime TransformEndTime LabelingJobArn AutoMLJobArn DataProcessing ExperimentConfig
  `,
  Tuning: `
    HyperParameterTuningJobName HyperParameterTuningJobArn HyperParameterTuningJobConfig TrainingJobDefinition TrainingJobDefinitions
    HyperParameterTuningJobStatus CreationTime HyperParameterTuningEndTime LastModifiedTime TrainingJobStatusCounters
    ObjectiveStatusCounters BestTrainingJob OverallBestTrainingJob WarmStartConfig Autotune FailureReason TuningJobCompletionDetails
    ConsumedResources TrainingJobSummaries
  `,
};

/** Members of these answers, at whatever depth, that are a number, a flag or a time. */
const NO_TEXT = new Set(words(`
  AcceptEula AppManaged AutoGenerateEndpointName AvailableInstanceCount BillableTimeInSeconds BillableTokenCount
  CertifyForMarketplace Completed ConcurrencyThreshold ContainerStartupHealthCheckTimeoutInSeconds ConvergenceDetectedTime
  CooldownInMinutes CreationTime CurrentCopyCount CurrentEpoch CurrentInstanceCount CurrentSamplingPercentage CurrentStep
  CurrentWeight DesiredCopyCount DesiredInstanceCount DesiredWeight DisableProfiler EnableCaching EnableCapture
  EnableDetailedObservability EnableEnhancedMetrics EnableInfraCheck EnableInterContainerTrafficEncryption EnableManagedSpotTraining
  EnableMultipleJobs EnableNetworkIsolation EnableRemoteDebug EnableSSMAccess EnableSageMakerMetricsTimeSeries EndTime Failed
  GenerateCandidateDefinitionsOnly GenerateInferenceId HyperParameterTuningEndTime InProgress InitialInstanceCount
  InitialSamplingPercentage InitialVariantWeight InstanceCount InvocationsMaxRetries InvocationsTimeoutInSeconds IsCheckpoint
  KeepAlivePeriodInSeconds LabelIndex LastModifiedTime MaxAutoMLJobRuntimeInSeconds MaxCandidates MaxConcurrency
  MaxConcurrentInvocationsPerInstance MaxConcurrentTransforms MaxCrossRegionPercentPerEndpoint MaxEpoch MaxImbalance
  MaxInstanceCount MaxInvocationsPerSecondPerInstance MaxMemoryRequiredInMb MaxNumberOfTrainingJobs
  MaxNumberOfTrainingJobsNotImproving MaxParallelTrainingJobs MaxPayloadInMB MaxPendingTimeInSeconds MaxRecordCount MaxResource
  MaxRuntimeInSeconds MaxRuntimePerTrainingJobInSeconds MaxWaitTimeInSeconds MaximumExecutionTimeoutInSeconds MaximumRetryAttempts
  MaximumStepSize MemorySizeInMB MetricPublishFrequencyInSeconds MinInstanceCount MinMemoryRequiredInMb MinResource
  ModelDataDownloadTimeoutInSeconds ModelPackageVersion NonRetryableError NumberOfAcceleratorDevicesRequired
  NumberOfCpuCoresRequired NumberOfSamples NumberOfTrainingJobsObjectiveNotImproving Pending PrefixLength Priority ProbabilityIndex
  ProcessingEndTime ProcessingStartTime ProfilingIntervalInMilliseconds ProvisionedConcurrency RandomSeed ResolutionTime
  ResourceRetainedBillableTimeInSeconds RetryableError RuntimeInSeconds Seed SelectedInstanceCount StartTime Stopped Succeeded
  TargetObjectiveMetricValue TerminationWaitInSeconds Timestamp TotalInstanceCount TotalStepCountPerEpoch TrainingEndTime
  TrainingStartTime TrainingTimeInSeconds TransformEndTime TransformStartTime UseLogit UsedByCurrentEndpoint ValidationFraction
  Value VariantInstanceProvisionTimeoutInSeconds VolumeSizeInGB WaitIntervalInSeconds
`));

/** The members of a step of this type by the first part of a property's path; undefined if they are not known. */
export function membersOf(stepType: string): string[] | undefined {
  const members = Object.prototype.hasOwnProperty.call(MEMBERS, stepType) ? MEMBERS[stepType] : undefined;
  return members === undefined ? undefined : words(members);
}

/** Whether what stands at the path is no text, as far as its last member tells. */
export function isNoText(path: string): boolean {
  return NO_TEXT.has(/([A-Za-z]+)(\[[^\]]*\])?$/.exec(path)?.[1] ?? '');
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
