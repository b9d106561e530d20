import { Size } from 'aws-cdk-lib';
import { checkLocalPath, checkParameters } from './debug-hook';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sorted } from '../../../core/sorted';
import { gibibytes } from '../../../core/units';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, writeUri } from '../../definition/s3-uri';
import { checkInstanceType, checkVolumeSize } from '../instances';
import { runContainer } from '../job-permissions';
import { StepContext } from '../step-context';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DebugRuleConfiguration.html */
const MAX_RULES = 20;
const MAX_PARAMETERS = 100;

/**
 * How a rule runs.
 */
export interface TrainingRuleOptions {
  /**
   * Type of the instance of a rule of one's own, for example `ml.t3.medium`.
   *
   * @default - not said, rules of AWS need none
   */
  readonly instanceType?: string;

  /**
   * Size of the volume of that instance, 1 to 16,384 GiB.
   *
   * @default - not said
   */
  readonly volumeSize?: Size;

  /**
   * What the rule is told, up to 100 entries.
   *
   * @default - nothing
   */
  readonly parameters?: { [name: string]: string };

  /**
   * S3 URI for what the rule finds.
   *
   * @default - where Debugger or the profiler writes
   */
  readonly destination?: string;

  /**
   * Directory in the container of the rule.
   *
   * @default - what SageMaker takes
   */
  readonly localPath?: string;
}

/**
 * What SageMaker looks for while a training runs, by its tensors (debugger) or its use of the instances (profiler). Each rule is a processing job beside
 * the training, with the role of the training.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/use-debugger-built-in-rules.html
 */
export class TrainingRule {
  /**
   * A rule of AWS.
   *
   * @param rule which, for example `VanishingGradient` or `LowGPUUtilization`
   * @param image the image with the rules of AWS in this Region
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-reference.html
   * @param options how it runs; what is in `parameters` is handed to the rule
   */
  public static builtIn(rule: string, image: SageMakerImage, options: TrainingRuleOptions = {}): TrainingRule {
    return new TrainingRule(rule, image, { ...options, parameters: { rule_to_invoke: rule, ...options.parameters } });
  }

  /**
   * A rule of one's own.
   *
   * @param ruleName name of the rule, up to 256 characters, unique in its step
   * @param image the image that evaluates it
   * @param options how it runs
   */
  public static custom(ruleName: string, image: SageMakerImage, options: TrainingRuleOptions = {}): TrainingRule {
    return new TrainingRule(ruleName, image, options);
  }

  /** @internal */
  public static _checkAll(name: string, rules: TrainingRule[] | undefined, problems: Problems): void {
    problems.count(name, rules, 0, MAX_RULES);
    problems.unique(`${name} names`, rules?.map(r => r.ruleName) ?? []);
    rules?.forEach((rule, i) => rule.check(`${name}[${i}]`, problems));
  }

  private constructor(
    /** Name of the rule. */
    public readonly ruleName: string,
    /** @internal */
    public readonly _image: SageMakerImage,
    private readonly options: TrainingRuleOptions,
  ) {}

  /** @internal */
  public _permissions(context: StepContext): Permission[] {
    const { destination } = this.options;
    return [...runContainer(context, this._image, 'ProcessingJobs'), ...destination === undefined ? [] : writeUri(context.scope, destination)];
  }

  /** @internal */
  public _render(): object {
    const { instanceType, volumeSize, parameters, destination, localPath } = this.options;
    return {
      RuleConfigurationName: this.ruleName,
      RuleEvaluatorImage: this._image.imageUri,
      InstanceType: instanceType,
      VolumeSizeInGB: volumeSize && gibibytes(volumeSize),
      RuleParameters: sorted(parameters),
      S3OutputPath: destination,
      LocalPath: localPath,
    };
  }

  private check(name: string, problems: Problems): void {
    const { instanceType, volumeSize, parameters, destination, localPath } = this.options;
    problems.pattern(`${name} name`, this.ruleName, /^.{1,256}$/, 'be 1 to 256 characters');
    this._image._check(`${name}.image`, problems);
    checkInstanceType(`${name}.instanceType`, instanceType, problems);
    checkVolumeSize(`${name}.volumeSize`, volumeSize, problems);
    checkParameters(`${name}.parameters`, parameters, MAX_PARAMETERS, problems);
    checkUri(`${name}.destination`, destination, problems);
    checkLocalPath(`${name}.localPath`, localPath, problems);
  }
}
