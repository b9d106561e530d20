import { IMlflowAppRef, IMlflowTrackingServerRef } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { sagemakerArn } from '../../core/stacks';
import { Permission } from '../../identity/permission-statement';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow.html */
const ARN = /^arn:[^:]+:sagemaker:[^:]*:[^:]*:mlflow-(app|tracking-server)\/.+$/;

/** What a job does that logs a run and its model. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemakerwithmlflow.html */
const LOGGING = [
  'CreateExperiment', 'CreateRun', 'GetExperiment', 'GetExperimentByName', 'GetRun', 'ListArtifacts', 'LogBatch', 'LogInputs', 'LogMetric', 'LogModel', 'LogParam',
  'SearchRuns', 'SetExperimentTag', 'SetTag', 'UpdateRun',
].map(action => `sagemaker-mlflow:${action}`);

/**
 * How the runs of jobs are logged.
 */
export interface MlflowTrackingOptions {
  /**
   * Name of the experiment in MLflow; may be a parameter.
   *
   * @default - what SageMaker chooses
   */
  readonly experimentName?: string;
}

/**
 * Where the jobs of a pipeline log their runs with MLflow. The role of the jobs gets the right to.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow.html
 */
export class MlflowTracking {
  /**
   * An MLflow app of SageMaker.
   *
   * @param app for example a CfnMlflowApp
   * @param options name of the experiment
   */
  public static app(app: IMlflowAppRef, options: MlflowTrackingOptions = {}): MlflowTracking {
    return MlflowTracking.appFromArn(app.mlflowAppRef.mlflowAppArn, options);
  }

  /**
   * An MLflow app of SageMaker that was made elsewhere.
   *
   * @param mlflowAppArn its ARN
   * @param options name of the experiment
   */
  public static appFromArn(mlflowAppArn: string, options: MlflowTrackingOptions = {}): MlflowTracking {
    return new MlflowTracking(mlflowAppArn, ['sagemaker:CallMlflowAppApi'], options);
  }

  /**
   * An MLflow tracking server of SageMaker.
   *
   * @param server for example a CfnMlflowTrackingServer
   * @param options name of the experiment
   */
  public static trackingServer(server: IMlflowTrackingServerRef, options: MlflowTrackingOptions = {}): MlflowTracking {
    return new MlflowTracking(sagemakerArn(server, 'mlflow-tracking-server', server.mlflowTrackingServerRef.trackingServerName), LOGGING, options);
  }

  private constructor(private readonly arn: string, private readonly actions: string[], private readonly options: MlflowTrackingOptions) {}

  /**
   * What the role of jobs needs.
   *
   * @internal
   */
  public _permissions(): Permission[] {
    return [{ actions: this.actions, resources: [this.arn] }];
  }

  /** @internal */
  public _check(problems: Problems): void {
    problems.pattern('mlflow app', this.arn, ARN, 'be the ARN of an MLflow app or tracking server');
  }

  /** @internal */
  public _render(): object {
    return { MlflowResourceArn: this.arn, MlflowExperimentName: this.options.experimentName };
  }
}
