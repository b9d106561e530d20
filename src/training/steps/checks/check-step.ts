import { CheckDefinition, CheckInput } from './check-definition';
import { CheckStepProps } from './check-step-props';
import { accept } from '../../../compliance/excuses';
import { checkMonitorImage, monitorImageUri, pullMonitorImage } from '../../../containers/aws/monitor-images';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { sagemakerArn } from '../../../core/stacks';
import { lowerCase } from '../../../core/tokens';
import { Permission } from '../../../identity/permission-statement';
import { shadowEndpoint } from '../../../jobs/shadow-endpoint';
import { readPermissions } from '../../../registry/registry-permissions';
import { PipelineParameter } from '../../definition/pipeline-parameter';
import { PipelineVariable } from '../../definition/pipeline-variable';
import { textParts } from '../../definition/render';
import { checkUri, readFile, readUri, writeUri } from '../../definition/s3-uri';
import { runContainer, runJobs } from '../job-permissions';
import { JobStep } from '../job-step';
import { ProcessingInput } from '../processing/processing-input';
import { checkProcessingJob, renderProcessingJob, warnOfProcessingJob } from '../processing/processing-job';
import { ProcessingOutput } from '../processing/processing-output';
import { MadePipeline, StepContext, StepPermissions } from '../step-context';

/** Where the images of AWS write. */
const OUTPUT_PATH = '/opt/ml/processing/output';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
const MODEL_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

const ASKS_MODEL = 'The check asks the model, which a container without a network cannot.';

/** Every default stands here, and only here. */
const DEFAULTS = { skipCheck: false, failOnViolation: true, registerNewBaseline: false };

/**
 * A step that checks data or a model, and calculates a baseline for later checks.
 */
export abstract class CheckStep extends JobStep {
  /** @internal */
  constructor(stepName: string, stepType: string, private readonly dataset: string, private readonly options: CheckStepProps) {
    super(stepName, stepType, options);
  }

  /**
   * What is checked.
   *
   * @internal
   */
  public abstract get _definition(): CheckDefinition;

  /** S3 URI of the constraints that this step calculated. */
  public get calculatedBaselineConstraints(): string {
    return this._variable('CalculatedBaselineConstraints').asString();
  }

  /** S3 URI of the constraints that this step compared with, or calculated if a new baseline is registered: what monitors of the model compare with. */
  public get baselineUsedForDriftCheckConstraints(): string {
    return this._variable('BaselineUsedForDriftCheckConstraints').asString();
  }

  /** @internal */
  public get _image(): SageMakerImage | undefined {
    return this.options.image;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = (prop: string) => `step '${this.stepName}'.${prop}`;
    const { options, dataset, _definition: definition } = this;
    checkUri(name('dataset'), dataset, problems);
    checkUri(name('destination'), options.destination, problems);
    checkUri(name('suppliedBaselineConstraints'), options.suppliedBaselineConstraints, problems);
    checkProcessingJob({ ...options, environment: this.environment }, options.image, name, problems);
    const set = Object.keys(definition.environment);
    const taken = Object.keys(options.environment ?? {}).filter(key => set.includes(key));
    problems.check(taken.length === 0, `${name('environment')} must not name what the check sets itself, got ${taken.join(', ')}`);
    problems.pattern(name('check.modelName'), definition.modelName, MODEL_NAME, 'be 1 to 63 letters, digits and dashes');
    definition.check(name('check'), problems);
  }

  /** @internal */
  public _madeByJob(): { kind: string; said: object }[] {
    const { modelInstanceType } = this._definition;
    return modelInstanceType === undefined ? [] : [{ kind: 'EndpointConfig', said: { check: { model: { InstanceType: modelInstanceType } } } }];
  }

  /** @internal */
  public _checkIn(context: StepContext, problems: Problems): void {
    super._checkIn(context, problems);
    if (this.options.image === undefined) { checkMonitorImage(context.scope, this._definition.image, problems, `step '${this.stepName}'.image`); }
  }

  /** @internal */
  public _permissions(context: StepContext): StepPermissions {
    const { scope } = context;
    const { options: { image, registry, destination, suppliedBaselineConstraints }, dataset, _definition: definition } = this;
    const pull = image === undefined ? pullMonitorImage(scope, definition.image) : [];
    return {
      // SageMaker compares baselines for the pipeline, not in the job
      pipeline: [
        runJobs(scope, 'ProcessingJob', 'processing-job'),
        ...registry === undefined ? [] : readPermissions(registry),
        ...[suppliedBaselineConstraints, ...this._suppliedFiles()].flatMap(uri => uri === undefined ? [] : readFile(scope, uri)),
        ...destination === undefined ? [] : readUri(scope, destination),
      ],
      job: [
        ...pull,
        ...runContainer(context, this.imageIn(context), 'ProcessingJobs'),
        ...readUri(scope, dataset),
        ...destination === undefined ? [] : writeUri(scope, destination),
        ...definition.permissions(scope),
        ...definition.modelName === undefined ? [] : askModel(context, definition.modelName),
      ],
    };
  }

  /** @internal */
  public _warn(context: StepContext): void {
    warnOfProcessingJob(this.stepName, this.options, context);
  }

  /** @internal */
  public _made(pipeline: MadePipeline): void {
    super._made(pipeline);
    if (this._definition.modelName === undefined) { return; }
    accept(pipeline.context.scope, 'serviceCannot', [{ rule: `ML-SM13[${this.stepName}]`, reason: ASKS_MODEL }]);
  }

  /**
   * S3 URIs of baselines beside the constraints.
   *
   * @internal
   */
  protected _suppliedFiles(): (string | undefined)[] {
    return [];
  }

  /** @internal */
  protected _arguments(context: StepContext): object {
    const { options, dataset, _definition: definition, stepName } = this;
    const { inputName, localPath, gzipped } = definition.dataset;
    const destination = options.destination ?? context.defaultUri(stepName, definition.outputName);
    const data = { ...rendered({ inputName, uri: dataset, localPath }, context) } as { S3Input: object };
    return renderProcessingJob({ ...options, environment: this.environment }, {
      imageUri: this.imageIn(context).imageUri,
      inputs: [
        ...definition.inputs(context.scope).map(input => rendered(input, context)),
        gzipped ? { ...data, S3Input: { ...data.S3Input, S3CompressionType: 'Gzip' } } : data,
      ],
      outputs: [ProcessingOutput.of(definition.outputName, { destination, localPath: OUTPUT_PATH, continuous: definition.continuous })._render(() => '')],
      networkIsolation: definition.modelName === undefined ? undefined : false,
    }, context);
  }

  /** @internal */
  protected _extra(_context: StepContext): object {
    const { options } = this;
    return {
      CheckType: this._definition.checkType,
      ModelPackageGroupName: options.registry?.modelPackageGroupName ?? null,
      SkipCheck: options.skipCheck?._value ?? DEFAULTS.skipCheck,
      FailOnViolation: options.failOnViolation?._value ?? DEFAULTS.failOnViolation,
      RegisterNewBaseline: options.registerNewBaseline?._value ?? DEFAULTS.registerNewBaseline,
      SuppliedBaselineConstraints: options.suppliedBaselineConstraints ?? null,
    };
  }

  private get environment(): Record<string, string> | undefined {
    const all = { ...this.options.environment, ...this._definition.environment };
    const said = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return said.length === 0 ? undefined : Object.fromEntries(said);
  }

  private imageIn({ scope }: StepContext): SageMakerImage {
    return this.options.image ?? SageMakerImage.fromUri(monitorImageUri(scope, this._definition.image));
  }
}

function rendered({ inputName, uri, localPath }: CheckInput, { scope }: StepContext): object {
  return ProcessingInput.s3(inputName, uri, { localPath })._render({ scope, defaultUri: () => '' });
}

function askModel({ scope }: StepContext, modelName: string): Permission[] {
  const variables = textParts(modelName).filter((part): part is PipelineVariable => part instanceof PipelineVariable);
  if (variables.length === 0) { return shadowEndpoint(scope, sagemakerArn(scope, 'model', lowerCase(modelName))); }
  const given = variables.some(v => v instanceof PipelineParameter);
  return shadowEndpoint(scope, sagemakerArn(scope, 'model', given ? '*' : 'pipelines-*'),
    given ? 'The model is named when the pipeline is started.' : "SageMaker names the models of pipelines 'pipelines-<execution>-<step>-<hash>'.");
}
