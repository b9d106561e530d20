import { Token } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { jsonText } from './json-text';
import { Problems } from '../../../core/problems';
import { sagemakerArn } from '../../../core/stacks';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateJob.html */
const CATEGORIES = ['AgentRFT', 'AgentRFTEvaluation', 'DataQualityEvaluation', 'DataTransformation', 'SyntheticDataGeneration'];
const VERSION = /^\d+\.\d+\.\d+$/;
const MAX_CONFIG = 262_144;

/**
 * Properties of a SageMakerJobStep.
 */
export interface SageMakerJobStepProps extends CacheableStepProps, RetryableStepProps {
  /** What kind of job: `AgentRFT`, `AgentRFTEvaluation`, `DataQualityEvaluation`, `DataTransformation` or `SyntheticDataGeneration`. */
  readonly jobCategory: string;

  /** Version of the schema of the configuration, for example `1.0.0`. */
  readonly schemaVersion: string;

  /**
   * The configuration, JSON of up to 262,144 characters, as the schema of the category asks. May hold variables; a text holds no quotes and
   * no backslashes. Put `PipelineExecution.ID` into its output path, so that executions do not write over each other.
   */
  readonly jobConfig: { [key: string]: any };

  /**
   * The role of the job. It must be allowed to read and write what the configuration names.
   *
   * @default - the role of the jobs of the pipeline
   */
  readonly role?: IRole;
}

/**
 * A step that runs one of the jobs by which SageMaker customizes models: the step of type `Job`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateJob.html
 */
export class SageMakerJobStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props kind and configuration of the job
   */
  constructor(stepName: string, private readonly props: SageMakerJobStepProps) {
    super(stepName, 'Job', props);
  }

  /**
   * A value of the configuration once the job has run.
   *
   * @param path keys separated by dots, for example `OutputModelPackageArn`
   */
  public configValue(path: string): PipelineVariable {
    return this._variable(`JobConfigDocument.${path}`);
  }

  /** @internal */
  public get _role(): IRole | undefined {
    return this.props.role;
  }

  /** @internal */
  public _own(context: StepContext): StepContext {
    return { ...context, jobRoleArn: this.props.role?.roleArn ?? context.jobRoleArn };
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { jobCategory, schemaVersion, jobConfig } = this.props;
    problems.oneOf(name('jobCategory'), jobCategory, CATEGORIES);
    problems.pattern(name('schemaVersion'), schemaVersion, VERSION, "look like '1.0.0'");
    const text = jsonText(jobConfig);
    if (!Token.isUnresolved(text)) { problems.range(`${name('jobConfig')} (characters)`, text.length, 1, MAX_CONFIG); }
  }

  /** @internal */
  public _permissions({ scope }: StepContext): StepPermissions {
    return {
      pipeline: [{
        actions: ['sagemaker:AddTags', 'sagemaker:CreateJob', 'sagemaker:DescribeJob', 'sagemaker:StopJob'],
        resources: [sagemakerArn(scope, 'job', '*')],
        reason: 'SageMaker names the jobs of pipelines.',
      }],
      job: [],
    };
  }

  /** @internal */
  protected _arguments({ jobRoleArn }: StepContext): object {
    const { jobCategory, schemaVersion, jobConfig } = this.props;
    return { RoleArn: jobRoleArn, JobCategory: jobCategory, JobConfigSchemaVersion: schemaVersion, JobConfigDocument: jsonText(jobConfig) };
  }
}
