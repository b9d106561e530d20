import { IConstruct } from 'constructs';
import { checkAsync, renderAsync, StepAsyncInference, topicsOf } from './step-async-inference';
import { StepVariant } from './step-variant';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { warnOfAnswerTopics } from '../../../delivery/answer-topics';
import { publishPermissions } from '../../../delivery/topic-permissions';
import { keyForVolumes, keyThrough } from '../../../identity/key-permissions';
import { permitRole } from '../../../identity/permission';
import { Permission } from '../../../identity/permission-statement';
import { DataCapture } from '../../../jobs/data-capture';
import { warnOfPlacesElsewhere } from '../../../storage/bucket-region';
import { writeUri } from '../../definition/s3-uri';
import { volumeKey, warnOfLocalDisks } from '../instances';
import { checkTags } from '../job-tags';
import { modelStepOf } from '../models/model-of';
import { checkName, executionName, onNamed } from '../named';
import { PipelineStep } from '../pipeline-step';
import { MadePipeline, StepContext, StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html */
const MAX_VARIANTS = 10;

/**
 * Properties of an EndpointConfigStep.
 */
export interface EndpointConfigStepProps extends CacheableStepProps, RetryableStepProps {
  /** What the endpoint runs, 1 to 10 variants. */
  readonly variants: StepVariant[];

  /**
   * Variants that get a copy of the traffic, and whose answers nobody gets.
   *
   * @default - none
   */
  readonly shadowVariants?: StepVariant[];

  /**
   * Name of the configuration: up to 63 letters, digits and dashes. A name without variables can be made by one execution only.
   *
   * @default - made of the pipeline's construct path, the name of the step and the id of the execution
   */
  readonly endpointConfigName?: string;

  /**
   * What the endpoint captures of requests and answers.
   *
   * @default - nothing
   */
  readonly dataCapture?: DataCapture;

  /**
   * Makes the endpoint answer later, into S3.
   *
   * @default - it answers at once
   */
  readonly asyncInference?: StepAsyncInference;

  /**
   * Tags of the configuration.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that makes the configuration of an endpoint. Nothing is billed for it, and it stays.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
 */
export class EndpointConfigStep extends PipelineStep {
  /**
   * Begins the name, in place of the name of the step.
   *
   * @internal
   */
  public _nameId?: string;

  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props variants and what is captured
   */
  constructor(stepName: string, private readonly props: EndpointConfigStepProps) {
    super(stepName, 'EndpointConfig', props);
  }

  /** Name of the configuration, for an EndpointStep. */
  public get endpointConfigName(): string {
    return this._variable('EndpointConfigName').asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { variants, shadowVariants, endpointConfigName, dataCapture, asyncInference } = this.props;
    for (const list of ['variants', 'shadowVariants'] as const) {
      const given = this.props[list];
      if (!problems.knownList(name(list), given) || given === undefined) { continue; }
      problems.count(name(list), given, 1, MAX_VARIANTS);
      given.forEach((v, i) => v._check(`${name(list)}[${i}]`, problems));
    }
    problems.unique(`${name('variants')} names`, [...variants, ...shadowVariants ?? []].map(v => v._variantName));
    const componentsOnly = variants.filter(v => v._modelName === undefined).length;
    problems.check(componentsOnly === 0 || componentsOnly === variants.length, `${name('variants')} must all be for components, or none`);
    checkName(name('endpointConfigName'), endpointConfigName, problems);
    dataCapture?._check(name('dataCapture'), problems);
    if (asyncInference !== undefined) { checkAsync(name('asyncInference'), asyncInference, problems); }
    checkTags(name('tags'), this.props.tags, problems);
  }

  /**
   * Name of the configuration, as it is known before it is made.
   *
   * @internal
   */
  public _name(scope: IConstruct): string {
    return this.props.endpointConfigName ?? executionName(scope, this._nameId ?? this.stepName);
  }

  /** @internal */
  public _permissions({ scope, protection: { key, permissions = [] } }: StepContext): StepPermissions {
    const actions = ['sagemaker:AddTags', 'sagemaker:CreateEndpointConfig', 'sagemaker:DescribeEndpointConfig'];
    return {
      pipeline: [onNamed(scope, 'endpoint-config', this._name(scope), ...actions), ...key === undefined ? [] : keyForVolumes(key)],
      job: this.forComponents ? permissions : [],
    };
  }

  /**
   * What the endpoint writes, it writes with the roles of its models.
   *
   * @internal
   */
  public _made({ context: { scope, protection: { key } }, jobRole }: MadePipeline): void {
    const { dataCapture, asyncInference } = this.props;
    const { destination, failureDestination }: Partial<StepAsyncInference> = asyncInference ?? {};
    const written = [destination, failureDestination].filter((uri): uri is string => uri !== undefined);
    const topics = topicsOf(asyncInference);
    const permissions: Permission[] = [
      ...dataCapture?._permissions() ?? [],
      ...written.flatMap(uri => writeUri(scope, uri)),
      ...topics.flatMap(publishPermissions),
      ...key === undefined || asyncInference === undefined ? [] : [keyThrough(key, 's3', 'kms:Decrypt', 'kms:GenerateDataKey')],
      ...key === undefined ? [] : keyForVolumes(key),
    ];
    const steps = this.all.flatMap(v => v._modelName === undefined ? [] : [modelStepOf(v._modelName)]);
    const roles = this.forComponents ? [jobRole()] : steps.flatMap(step => step === undefined ? [] : [step._role ?? jobRole()]);
    new Set(roles).forEach(role => permitRole(scope, role, ...permissions));
  }

  /** @internal */
  public _warn(context: StepContext): void {
    warnOfPlacesElsewhere(context.scope, { dataCapture: this.props.dataCapture?.destination });
    warnOfAnswerTopics(context.scope, topicsOf(this.props.asyncInference), 'the role of the model');
    this.all.forEach(v => v._instanceType !== undefined && warnOfLocalDisks(this.stepName, v._instanceType, context));
  }

  /** @internal */
  protected _arguments({ scope, jobRoleArn, protection }: StepContext): object {
    const { variants, shadowVariants, dataCapture, asyncInference, tags } = this.props;
    // one key is for all variants, and SageMaker refuses it if one of them has disks of its own
    const types = this.all.map(v => v._instanceType).filter((t): t is string => t !== undefined);
    const keys = types.map(t => volumeKey(t, { protection }));
    return {
      EndpointConfigName: this._name(scope),
      ProductionVariants: variants.map(v => v._render()),
      ShadowProductionVariants: shadowVariants?.map(v => v._render()),
      DataCaptureConfig: dataCapture && pascal(dataCapture._render()),
      AsyncInferenceConfig: asyncInference && renderAsync(asyncInference, protection.key?.keyArn),
      KmsKeyId: keys.every(k => k !== undefined) ? keys[0] : undefined,
      ...this.forComponents && { ExecutionRoleArn: jobRoleArn, VpcConfig: protection.vpcConfig, EnableNetworkIsolation: protection.networkIsolation },
      Tags: keyValues(tags),
    };
  }

  private get all(): StepVariant[] {
    return [...this.props.variants, ...this.props.shadowVariants ?? []];
  }

  private get forComponents(): boolean {
    return this.props.variants.some(v => v._modelName === undefined);
  }
}

/** Names as the service writes them, from those of CloudFormation in CDK. */
function pascal(value: any): any {
  if (Array.isArray(value)) { return value.map(pascal); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k[0].toUpperCase() + k.slice(1), pascal(v)]));
}
