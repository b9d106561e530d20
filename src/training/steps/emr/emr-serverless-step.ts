import { Duration } from 'aws-cdk-lib';
import { IRoleRef } from 'aws-cdk-lib/aws-iam';
import { EmrConfiguration } from './emr-cluster-options';
import { passRole, statusRule } from './emr-permissions';
import { EmrServerlessApplication } from './emr-serverless-application';
import { EmrServerlessJob } from './emr-serverless-job';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { checkMinutes, inMinutes } from '../../../core/units';
import { checkUri } from '../../definition/s3-uri';
import { checkTags } from '../job-tags';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

const MAX_MINUTES = 1_000_000;
const RULE_REASON = 'AWS does not say how the rule is called by which SageMaker hears of the end of a job run.';

/**
 * Properties of an EmrServerlessStep.
 */
export interface EmrServerlessStepProps extends CacheableStepProps, RetryableStepProps {
  /** The application. */
  readonly application: EmrServerlessApplication;

  /** What runs. */
  readonly job: EmrServerlessJob;

  /** The role of the job, which `emr-serverless.amazonaws.com` assumes. It must be allowed to read and write what the job does. */
  readonly executionRole: IRoleRef;

  /**
   * How long the job may run, in whole minutes.
   *
   * @default - what EMR Serverless allows, 12 hours
   */
  readonly maxRuntime?: Duration;

  /**
   * Settings of the application for this job.
   *
   * @default - those of the application
   */
  readonly configurations?: EmrConfiguration[];

  /**
   * S3 URI below which the logs go.
   *
   * @default - EMR Serverless keeps them
   */
  readonly logUri?: string;

  /**
   * Name of the job run, up to 256 characters.
   *
   * @default - none
   */
  readonly jobRunName?: string;

  /**
   * Tags of the job run.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that runs a program on EMR Serverless. SageMaker Python SDK 3 or newer knows it too.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-serverless
 */
export class EmrServerlessStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props application, job and role
   */
  constructor(stepName: string, private readonly props: EmrServerlessStepProps) {
    super(stepName, 'EMRServerless', props);
  }

  /** Id of the job run. */
  public get jobRunId(): string {
    return this._variable('jobRun.jobRunId').asString();
  }

  /** Id of the application. */
  public get applicationId(): string {
    return this._variable('jobRun.applicationId').asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { application, job, maxRuntime, logUri, jobRunName } = this.props;
    application._check(name('application'), problems);
    job._check(name('job'), problems);
    checkMinutes(name('maxRuntime'), maxRuntime, { min: 1, max: MAX_MINUTES }, problems);
    checkUri(name('logUri'), logUri, problems);
    problems.range(`${name('jobRunName')} (characters)`, jobRunName?.length, 1, 256);
    checkTags(name('tags'), this.props.tags, problems);
  }

  /** @internal */
  public _permissions({ scope }: StepContext): StepPermissions {
    const { application, executionRole, tags } = this.props;
    const permissions = application._permissions(scope);
    const tag = tags === undefined ? [] : [{ ...permissions[1], actions: ['emr-serverless:TagResource'] }];
    const pass = passRole(executionRole.roleRef.roleArn, 'emr-serverless');
    return { pipeline: [...permissions, ...tag, statusRule(scope, 'Serverless*', RULE_REASON), pass], job: [] };
  }

  /** @internal */
  protected _arguments(): object {
    const { application, job, executionRole, maxRuntime, configurations, logUri, jobRunName, tags } = this.props;
    const roleArn = executionRole.roleRef.roleArn;
    const overrides = {
      applicationConfiguration: configurations?.map(c => ({ classification: c.classification, properties: sorted(c.properties) })),
      monitoringConfiguration: logUri === undefined ? undefined : { s3MonitoringConfiguration: { logUri } },
    };
    return {
      ExecutionRoleArn: roleArn,
      JobConfig: {
        executionRoleArn: roleArn,
        jobDriver: job._render(),
        applicationId: application._id,
        configurationOverrides: configurations === undefined && logUri === undefined ? undefined : overrides,
        executionTimeoutMinutes: inMinutes(maxRuntime),
        name: jobRunName,
        tags: sorted(tags),
      },
      ...application._render(),
    };
  }
}
