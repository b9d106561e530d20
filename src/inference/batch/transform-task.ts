import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FieldUtils, IntegrationPattern, JsonPath, QueryLanguage, TaskMetricsConfig, TaskStateBase } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { TransformJobPermissions } from './batch-permissions';
import { BatchTransformTaskOptions } from './batch-transform-task-options';
import { Area, checkPlaces } from './transform-task-places';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';

/** What a task needs to know of the batch transform that it runs. */
export interface TaskTransform {
  readonly jobNamePrefix: string;
  readonly jobs: TransformJobPermissions;
  readonly input: Area;
  readonly output: Area;
  /** The request for a job of that name. */
  readonly request: (jobName: string) => object;
}

/**
 * CDK's own task cannot do this: it knows neither filters nor data capture, drops a payload of 0, may start any transform job, and makes a role
 * with AmazonSageMakerFullAccess that it passes to nobody.
 */
class TransformTask extends TaskStateBase {
  protected readonly taskMetrics?: TaskMetricsConfig;
  protected readonly taskPolicies: PolicyStatement[];

  constructor(scope: Construct, id: string, private readonly options: BatchTransformTaskOptions, private readonly transform: TaskTransform) {
    super(scope, id, options);
    const problems = new Problems();
    const { RUN_JOB, REQUEST_RESPONSE } = IntegrationPattern;
    problems.oneOf('integrationPattern', options.integrationPattern, [RUN_JOB, REQUEST_RESPONSE]);
    checkPlaces(options, transform.input, transform.output, problems);
    problems.throwIfAny(this, 'Task');
    this.taskPolicies = (this.waits ? transform.jobs.run() : [transform.jobs.start()]).map(statement);
  }

  protected _renderTask(topLevelQueryLanguage?: QueryLanguage): any {
    const language = this.options.queryLanguage ?? topLevelQueryLanguage ?? QueryLanguage.JSON_PATH;
    const { jobNamePrefix, request } = this.transform;
    const jobName = language === QueryLanguage.JSONATA ? `{% '${jobNamePrefix}-' & $uuid() %}` : JsonPath.format(`${jobNamePrefix}-{}`, JsonPath.uuid());
    return {
      Resource: `arn:${Aws.PARTITION}:states:::sagemaker:createTransformJob${this.waits ? '.sync' : ''}`,
      ...language === QueryLanguage.JSONATA ? { Arguments: request(jobName) } : { Parameters: FieldUtils.renderObject(request(jobName)) },
    };
  }

  private get waits(): boolean {
    return (this.options.integrationPattern ?? IntegrationPattern.RUN_JOB) === IntegrationPattern.RUN_JOB;
  }
}

/** Loaded on first use, since Step Functions takes long to load. */
export function transformTask(scope: Construct, id: string, options: BatchTransformTaskOptions, transform: TaskTransform): TaskStateBase {
  return new TransformTask(scope, id, options, transform);
}

function statement({ actions, resources }: Permission): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
