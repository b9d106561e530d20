import { EmrStepCluster } from './emr-step-cluster';
import { Problems } from '../../../core/problems';
import { keyValues, sorted } from '../../../core/sorted';
import { checkUri } from '../../definition/s3-uri';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/emr/latest/APIReference/API_HadoopJarStepConfig.html */
const MAX_TEXT = 10_280;

/**
 * Properties of an EmrStep.
 */
export interface EmrStepProps extends CacheableStepProps, RetryableStepProps {
  /** The cluster. */
  readonly cluster: EmrStepCluster;

  /** The JAR file: its S3 URI, or `command-runner.jar`. */
  readonly jar: string;

  /**
   * What the program is given, for example `spark-submit` and what follows.
   *
   * @default - nothing
   */
  readonly arguments?: string[];

  /**
   * The class of the JAR file that is run.
   *
   * @default - the one that its manifest names
   */
  readonly mainClass?: string;

  /**
   * Java properties.
   *
   * @default - none
   */
  readonly properties?: { [name: string]: string };

  /**
   * S3 URIs that the program writes to: each is given to it after its arguments, as `--name uri`, and is an output of the step.
   *
   * @default - none
   */
  readonly outputs?: { [name: string]: string };
}

/**
 * A step that runs a program on an EMR cluster.
 *
 * What the program reads and writes must be allowed to the role of the cluster's instances, or to the runtime role.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-emr
 */
export class EmrStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props cluster and program
   */
  constructor(stepName: string, private readonly props: EmrStepProps) {
    super(stepName, 'EMR', props);
  }

  /** Id of the cluster. */
  public get clusterId(): string {
    return this._variable('ClusterId').asString();
  }

  /**
   * S3 URI of an output. An error if the step declares no such output.
   *
   * @param outputName one of `outputs`
   */
  public output(outputName: string): string {
    const names = Object.keys(sorted(this.props.outputs) ?? {});
    const index = names.indexOf(outputName);
    if (index < 0) { throw new Error(`Step '${this.stepName}' has no output '${outputName}'; it has: ${names.length > 0 ? names.join(', ') : 'none'}`); }
    return this._variable(`Config.Args[${(this.props.arguments?.length ?? 0) + 2 * index + 1}]`).asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { cluster, jar, mainClass, outputs } = this.props;
    cluster._check(name('cluster'), problems);
    problems.knownList(name('arguments'), this.props.arguments);
    problems.pattern(name('jar'), jar, /^\S(.*\S)?$/, 'be the URI of a JAR file, or command-runner.jar');
    for (const [prop, text] of Object.entries({ jar, mainClass })) { problems.range(`${name(prop)} (characters)`, text?.length, 0, MAX_TEXT); }
    Object.entries(outputs ?? {}).forEach(([key, uri]) => checkUri(name(`outputs.${key}`), uri, problems));
  }

  /** @internal */
  public _permissions({ scope }: StepContext): StepPermissions {
    return { pipeline: this.props.cluster._permissions(scope), job: [] };
  }

  /** @internal */
  protected _arguments(): object {
    const { cluster, jar, mainClass, properties, outputs } = this.props;
    const given = Object.entries(sorted(outputs) ?? {}).flatMap(([key, uri]) => [`--${key}`, uri]);
    const args = [...this.props.arguments ?? [], ...given];
    return {
      StepConfig: {
        HadoopJarStep: {
          Jar: jar,
          Args: args.length > 0 ? args : undefined,
          MainClass: mainClass,
          Properties: keyValues(properties),
        },
      },
      ...cluster._render(),
    };
  }
}
