import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AutoMLChannel } from './automl-channel';
import { autoMLPermissions, pullFromAws } from './automl-permissions';
import { AutoMLProblemType } from './automl-values';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { sagemakerArn } from '../../../core/stacks';
import { checkSeconds, inSeconds } from '../../../core/units';
import { Permission } from '../../../identity/permission-statement';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { checkUri } from '../../definition/s3-uri';
import { runJobs } from '../job-permissions';
import { JobStep } from '../job-step';
import { checkTags } from '../job-tags';
import { StepModel } from '../models/step-model';
import { StepContext, StepPermissions } from '../step-context';
import { JobStepProps, RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLJobCompletionCriteria.html */
const MAX_CANDIDATES = 750;
const MAX_CONTAINERS = 5;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoMLJobObjective.html */
const METRICS = [
  'Accuracy', 'MSE', 'F1', 'F1macro', 'AUC', 'RMSE', 'BalancedAccuracy', 'R2', 'Recall', 'RecallMacro', 'Precision', 'PrecisionMacro', 'MAE', 'MAPE', 'MASE', 'WAPE',
  'AverageWeightedQuantileLoss',
];

/** https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-automl; it takes no other mode. */
const MODE = 'ENSEMBLING';

/** What SageMaker tells the containers of a candidate; the SDK writes the same. */
const ENVIRONMENT = [
  'MODEL_NAME', 'SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT', 'SAGEMAKER_INFERENCE_OUTPUT', 'SAGEMAKER_INFERENCE_SUPPORTED', 'SAGEMAKER_PROGRAM',
  'SAGEMAKER_SUBMIT_DIRECTORY',
];

/**
 * Properties of an AutoMLStep.
 */
export interface AutoMLStepProps extends JobStepProps, RetryableStepProps {
  /** The data: one channel to train on, and at most one to validate with. */
  readonly channels: AutoMLChannel[];

  /**
   * What is predicted. With it comes an `objective`.
   *
   * @default - SageMaker finds out
   */
  readonly problemType?: AutoMLProblemType;

  /**
   * The metric that is made as good as possible, for example `MSE`, `F1`, `AUC` or `Accuracy`.
   *
   * @default - MSE for regression, F1 for two classes, Accuracy for more
   */
  readonly objective?: string;

  /**
   * S3 URI below which models and reports go.
   *
   * @default - below the prefix of the pipeline in its artifact bucket, apart for each execution
   */
  readonly destination?: string;

  /**
   * How many candidates are tried, 1 to 750.
   *
   * @default - as SageMaker chooses
   */
  readonly maxCandidates?: number;

  /**
   * How long the training of one candidate may take, from 1 second.
   *
   * @default - as SageMaker chooses
   */
  readonly maxTrainingRuntime?: Duration;

  /**
   * How long the job may take, from 1 second.
   *
   * @default - as SageMaker chooses
   */
  readonly maxRuntime?: Duration;

  /**
   * Which algorithms are tried, for example `xgboost` and `lightgbm`.
   *
   * @default - all
   */
  readonly algorithms?: string[];

  /**
   * S3 URI of a JSON file that says which columns are features, and of what type.
   *
   * @default - SageMaker finds out
   */
  readonly featureSpecification?: string;

  /**
   * Share of the training data that validates, more than 0 and less than 1. Without a validation channel only.
   *
   * @default - 0.2
   */
  readonly validationFraction?: number;

  /**
   * Tags of the job.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that finds a model for tabular data by itself, in mode ENSEMBLING, the only one that pipelines take.
 *
 * To explain its candidates, Autopilot makes endpoints under names of its own, with the role of the job: give the step a `role` of its own if other jobs shall
 * not be able to.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-automl
 *
 * @example
 * const search = new AutoMLStep('Search', {
 *   channels: [AutoMLChannel.training('s3://lake/churn/', { targetAttributeName: 'churned' })],
 *   maxRuntime: Duration.hours(4),
 * });
 * const create = new ModelStep('Create', { model: search.bestModel() });
 */
export class AutoMLStep extends JobStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props data, objective and limits
   */
  constructor(stepName: string, private readonly props: AutoMLStepProps) {
    super(stepName, 'AutoML', props);
  }

  /** S3 URI of a JSON file with metrics of the best candidate, for the `metrics` of a RegisterModelStep. */
  public get modelInsightsReport(): string {
    return this._variable('BestCandidateProperties.ModelInsightsJsonReportPath').asString();
  }

  /** S3 URI of a JSON file that explains the best candidate, for the `metrics` of a RegisterModelStep. */
  public get explainabilityReport(): string {
    return this._variable('BestCandidateProperties.ExplainabilityJsonReportPath').asString();
  }

  /** Name of the best candidate. */
  public get bestCandidateName(): string {
    return this._variable('BestCandidate.CandidateName').asString();
  }

  /** Value of the objective for the best candidate, to compare with. */
  public get bestObjective(): PipelineVariable {
    return this._variable('BestCandidate.FinalAutoMLJobObjectiveMetric.Value', true);
  }

  /**
   * The image of the best candidate.
   *
   * @param index which of its containers, 0 if there is one
   */
  public bestImage(index: number): SageMakerImage {
    return SageMakerImage.fromUri(this._variable(`${container(index)}.Image`).asString());
  }

  /**
   * S3 URI of the artifact of the best candidate.
   *
   * @param index which of its containers, 0 if there is one
   */
  public bestModelArtifact(index: number): string {
    return this._variable(`${container(index)}.ModelDataUrl`).asString();
  }

  /**
   * Environment variables with which the best candidate is served, for the `environment` of a RegisterModelStep.
   *
   * @param index which of its containers, 0 if there is one
   */
  public bestEnvironment(index: number): { [name: string]: string } {
    return Object.fromEntries(ENVIRONMENT.map(key => [key, this._variable(`${container(index)}.Environment['${key}']`).asString()]));
  }

  /** The best candidate, for a ModelStep. */
  public bestModel(): StepModel {
    return StepModel.fromContainer({ image: this.bestImage(0), modelArtifact: this.bestModelArtifact(0), environment: this.bestEnvironment(0) });
  }

  /** @internal */
  public get _destination(): string | undefined {
    return this.props.destination;
  }

  /** @internal */
  public _pullOutputs(scope: IConstruct): Permission[] {
    return pullFromAws(scope);
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const { props } = this;
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    if (problems.knownList(name('channels'), props.channels)) {
      problems.count(name('channels'), props.channels, 1, 2);
      props.channels.forEach((c, i) => c._check(`${name('channels')}[${i}]`, problems));
      const types = props.channels.map(c => c._channelType);
      problems.unique(`${name('channels')} types`, types);
      problems.check(types.length === 0 || types.includes('training'), `${name('channels')} must hold one to train on: AutoMLChannel.training(…)`);
      problems.check(props.validationFraction === undefined || !types.includes('validation'), `${name('validationFraction')} cannot be said beside a channel to validate with`);
    }
    checkUri(name('destination'), props.destination, problems);
    checkUri(name('featureSpecification'), props.featureSpecification, problems);
    problems.oneOf(name('objective'), props.objective, METRICS);
    problems.check(props.problemType === undefined || props.objective !== undefined, `${name('problemType')} needs objective`);
    problems.integer(name('maxCandidates'), props.maxCandidates, 1, MAX_CANDIDATES);
    for (const prop of ['maxTrainingRuntime', 'maxRuntime'] as const) {
      checkSeconds(name(prop), props[prop], { min: 1, max: Number.MAX_SAFE_INTEGER }, problems);
    }
    problems.knownList(name('algorithms'), props.algorithms);
    checkTags(name('tags'), props.tags, problems);
    const share = props.validationFraction;
    const ok = share === undefined || Token.isUnresolved(share) || (share > 0 && share < 1);
    problems.check(ok, `${name('validationFraction')} must be more than 0 and less than 1, got ${share}`);
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const { channels, destination, featureSpecification } = this.props;
    const reads = [...channels.map(c => c._uri), ...featureSpecification === undefined ? [] : [featureSpecification]];
    return {
      pipeline: [{
        actions: runJobs(context.scope, 'AutoMLJob', 'automl-job').actions,
        resources: [sagemakerArn(context.scope, 'automl-job', '*')],
        reason: 'SageMaker names AutoML jobs of pipelines after the execution, but cuts the name to 32 characters in a way that it does not tell.',
      }],
      job: autoMLPermissions(context, reads, destination),
    };
  }

  /** @internal */
  protected _arguments({ jobRoleArn, protection, defaultUri }: StepContext): object {
    const { props } = this;
    const { algorithms, featureSpecification, validationFraction } = props;
    return {
      InputDataConfig: props.channels.map(c => c._render()),
      OutputDataConfig: { S3OutputPath: props.destination ?? defaultUri(this.stepName), KmsKeyId: protection.key?.keyArn },
      AutoMLJobConfig: {
        CompletionCriteria: {
          MaxCandidates: props.maxCandidates,
          MaxRuntimePerTrainingJobInSeconds: inSeconds(props.maxTrainingRuntime),
          MaxAutoMLJobRuntimeInSeconds: inSeconds(props.maxRuntime),
        },
        SecurityConfig: {
          VolumeKmsKeyId: protection.key?.keyArn,
          EnableInterContainerTrafficEncryption: protection.encryptTraffic ?? false, // what SageMaker does by itself, and the SDK writes
          VpcConfig: protection.vpcConfig,
        },
        CandidateGenerationConfig: algorithms === undefined && featureSpecification === undefined ? undefined : {
          FeatureSpecificationS3Uri: featureSpecification,
          AlgorithmsConfig: algorithms && [{ AutoMLAlgorithms: algorithms }],
        },
        DataSplitConfig: validationFraction === undefined ? undefined : { ValidationFraction: validationFraction },
        Mode: MODE,
      },
      RoleArn: jobRoleArn,
      AutoMLJobObjective: props.objective === undefined ? undefined : { MetricName: props.objective },
      ProblemType: props.problemType,
      Tags: keyValues(props.tags),
    };
  }
}

function container(index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= MAX_CONTAINERS) { throw new Error(`index must be a whole number between 0 and ${MAX_CONTAINERS - 1}, got ${index}`); }
  return `BestCandidate.InferenceContainers[${index}]`;
}
