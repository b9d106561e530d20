import { Lazy, Resource, Stack } from 'aws-cdk-lib';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { CfnPipeline, IPipeline, PipelineReference } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IDependable } from 'constructs';
import { renderDefinition } from './definition/definition';
import { PipelineExecution } from './definition/pipeline-execution';
import { PipelineParameter } from './definition/pipeline-parameter';
import { readModel } from './model-location';
import { checkPipeline } from './pipeline-check';
import { PipelineGrants } from './pipeline-grants';
import { pipelinePermissions } from './pipeline-permissions';
import { JobDefaults } from './steps/job-defaults';
import { PipelineStep } from './steps/pipeline-step';
import { RegisterModelStep } from './steps/register-model-step';
import { StepContext } from './steps/step-context';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { ComplianceOptions } from '../compliance/compliance-options';
import { sagemakerArn } from '../core/arns';
import { physicalName } from '../core/names';
import { Problems } from '../core/problems';
import { keyThrough } from '../identity/key-permissions';
import { MlRole } from '../identity/ml-role';
import { permitRole } from '../identity/permission';
import { Permission } from '../identity/permission-statement';
import { addModelSource } from '../registry/model-sources';
import { BucketPermissions } from '../storage/artifact-bucket-permissions';
import { ArtifactPrefix } from '../storage/artifact-prefix';
import { IModelArtifactBucket } from '../storage/model-artifact-bucket';
import { PipelineTrigger } from './triggers/pipeline-trigger';

/** Short enough for the names of experiments, which are made from it. */
const MAX_NAME = 63;

/**
 * Properties of a SageMakerPipeline.
 */
export interface SageMakerPipelineProps {
  /** The steps, those inside of conditions left out. */
  readonly steps: PipelineStep[];

  /**
   * Parameters in the order in which they are shown. Those that steps use need not be listed.
   *
   * @default - the parameters that the steps use
   */
  readonly parameters?: PipelineParameter[];

  /**
   * The bucket to which steps write that name no destination, below `pipelines/<name of the pipeline>/`.
   *
   * @default - every step names its destinations
   */
  readonly artifacts?: IModelArtifactBucket;

  /**
   * What every job gets beyond what its step says.
   *
   * @default JobDefaults.secure()
   */
  readonly jobDefaults?: JobDefaults;

  /**
   * What starts the pipeline.
   *
   * @default - only who is allowed by `grants.start`
   */
  readonly triggers?: PipelineTrigger[];

  /**
   * Name of the pipeline: up to 256 letters, digits and dashes. Another name makes another pipeline.
   *
   * @default - made of the stack's name and the construct path, in lower case
   */
  readonly pipelineName?: string;

  /**
   * What the pipeline is for, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * The role that starts jobs and registers models. What the steps need is added to it.
   *
   * @default - a role that may do what the steps need, and nothing else
   */
  readonly role?: IRole;

  /**
   * The role of the containers of jobs. What the steps need is added to it.
   *
   * @default - a role that may do what the steps need, and nothing else
   */
  readonly jobRole?: IRole;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

/**
 * A SageMaker pipeline, made of steps. Its definition is written at synth, in the form in which the SageMaker Python SDK writes it.
 *
 * Makes a pipeline, a role that starts jobs, a role for their containers, and what the triggers need. Jobs have no network of their own and
 * encrypt volumes, output and traffic.
 *
 * Children that may be changed as an escape hatch: `Resource`, `Role/Resource`, `Role/Policy/Resource`, `JobRole/Resource`, `JobRole/Policy/Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines.html
 */
export class SageMakerPipeline extends Resource implements IPipeline {
  /** Name of the pipeline; who uses it is deployed after the pipeline. */
  public readonly pipelineName: string;

  /** ARN of the pipeline; who uses it is deployed after the pipeline. */
  public readonly pipelineArn: string;

  /** Reference for everything in CDK that takes a pipeline. */
  public readonly pipelineRef: PipelineReference;

  /** The role that starts jobs and registers models. */
  public readonly role: IRole;

  /** The role of the containers of jobs. */
  public readonly jobRole: IRole;

  /** Permissions to start the pipeline. */
  public readonly grants: PipelineGrants;

  constructor(scope: Construct, id: string, props: SageMakerPipelineProps) {
    super(scope, id);
    const problems = new Problems();
    checkPipeline(this, props, problems);
    bakeInChecks(this, props.compliance, problems);
    const name = props.pipelineName ?? physicalName(this, MAX_NAME);
    this.role = props.role ?? new MlRole(this, 'Role', { service: 'sagemaker.amazonaws.com', description: `Runs the pipeline ${name}` });
    this.jobRole = props.jobRole ?? new MlRole(this, 'JobRole', { service: 'sagemaker.amazonaws.com', description: `Runs the jobs of the pipeline ${name}` });

    const prefix = ArtifactPrefix.PIPELINES.below(name).prefix;
    const context = this.context(props, prefix);
    props.steps.flatMap(s => s._all()).forEach(s => s._warn(context));
    const permitted = this.permit(props, context, name, prefix);

    const definition = () => Stack.of(this).toJsonString(renderDefinition(props.steps, props.parameters ?? [], context));
    const pipeline = new CfnPipeline(this, 'Resource', {
      pipelineName: name,
      pipelineDescription: props.description,
      pipelineDefinition: { PipelineDefinitionBody: Lazy.uncachedString({ produce: definition }) },
      roleArn: this.role.roleArn,
    });
    pipeline.node.addDependency(...permitted, ...this.registrations(props.steps).map(s => s._registry));
    this.node.defaultChild = pipeline;
    this.pipelineName = pipeline.ref;
    this.pipelineArn = sagemakerArn(this, 'pipeline', this.pipelineName);
    this.pipelineRef = { pipelineName: this.pipelineName };
    this.grants = new PipelineGrants(this.pipelineArn);
    props.triggers?.forEach(t => t._bind({ scope: this, pipelineArn: this.pipelineArn }));
    sealChecks(this);
  }

  /**
   * Lets `grantee` start the pipeline; the same as `grants.start`, for CDK's own interface.
   *
   * @param grantee who starts
   */
  public grantStartPipelineExecution(grantee: IGrantable): Grant {
    return this.grants.start(grantee);
  }

  private context(props: SageMakerPipelineProps, prefix: string): StepContext {
    const { artifacts } = props;
    return {
      scope: this,
      jobRoleArn: this.jobRole.roleArn,
      protection: (props.jobDefaults ?? JobDefaults.secure())._bind(this, artifacts?.encryptionKey),
      defaultUri: (...segments) => artifacts!.bucket.s3UrlForObject(`${prefix}${PipelineExecution.ID.asString()}/${segments.join('/')}`),
    };
  }

  /** Each step adds exactly what it needs; what steps write for each other lies below the pipeline's own prefix. */
  private permit(props: SageMakerPipelineProps, context: StepContext, name: string, prefix: string): IDependable[] {
    const own = props.artifacts && new BucketPermissions(props.artifacts.bucket, props.artifacts.encryptionKey);
    const [read, write] = [[...own?.read(prefix) ?? [], ...this.decryptJobs(props, context)], own?.write(prefix) ?? []];
    const needed = props.steps.flatMap(s => s._all()).map(s => s._permissions(context));
    const models = this.registrations(props.steps).map(step => ({ step, artifact: readModel(this, step._modelArtifact, props.steps) }));
    for (const { step, artifact } of models) {
      addModelSource(step._registry, () => [...step._image._pull(), ...read, ...artifact]);
    }
    return [
      ...permitRole(
        this, this.role, ...pipelinePermissions(this, name, this.jobRole), ...needed.flatMap(n => n.pipeline),
        ...models.flatMap(m => m.artifact), ...read,
      ),
      ...permitRole(this, this.jobRole, ...needed.flatMap(n => n.job), ...read, ...write),
      ...needed.flatMap(({ model }) => model === undefined ? [] : permitRole(this, model.role, ...model.permissions, ...read, ...write)),
    ];
  }

  /** What jobs write is encrypted with their own key, whatever the bucket's is. */
  private decryptJobs({ artifacts }: SageMakerPipelineProps, { protection: { key } }: StepContext): Permission[] {
    return key === undefined || key.keyArn === artifacts?.encryptionKey.keyArn ? [] : [keyThrough(key, 's3', 'kms:Decrypt')];
  }

  private registrations(steps: PipelineStep[]): RegisterModelStep[] {
    return steps.flatMap(s => s._all()).filter((s): s is RegisterModelStep => s instanceof RegisterModelStep);
  }
}
