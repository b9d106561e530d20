import { Resource } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPipeline, IPipeline, PipelineReference } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { renderDefinition } from './definition/definition';
import { PipelineExecution } from './definition/pipeline-execution';
import { PipelineProblems } from './definition/pipeline-problems';
import { warnOfDefinition } from './definition/warn-definition';
import { PipelineEvents } from './events/pipeline-events';
import { PipelineMetrics } from './events/pipeline-metrics';
import { bindNotifications } from './events/pipeline-notifications';
import { brokenRails } from './guard-rails/check-steps';
import { cached } from './intermediate';
import { checkPipeline, lateProblems } from './pipeline-check';
import { PipelineGrants } from './pipeline-grants';
import { permitPipeline, registrations } from './pipeline-roles';
import { SageMakerPipelineProps } from './sagemaker-pipeline-props';
import { allWrittenPlaces } from './steps/flow/written-places';
import { JobDefaults, JobProtection } from './steps/job-defaults';
import { PipelineStep } from './steps/pipeline-step';
import { StepContext } from './steps/step-context';
import { warnOfImages } from './steps/step-images';
import { DefinitionPlace } from './transport/definition-place';
import { PipelineTrigger } from './triggers/pipeline-trigger';
import { Triggers } from './triggers/triggers';
import { watchForNames } from '../app/same-names';
import { judgedAs } from '../compliance/as-rendered';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { madeLate, ownResources } from '../compliance/ours';
import { physicalName } from '../core/names';
import { Problems } from '../core/problems';
import { sagemakerArn } from '../core/stacks';
import { lowerCase } from '../core/tokens';
import { MlRole } from '../identity/ml-role';
import { ArtifactPrefix } from '../storage/artifact-prefix';
import { warnOfArtifactsElsewhere } from '../storage/bucket-region';

function hasJobs(steps: PipelineStep[]): boolean {
  return steps.flatMap(s => s._all()).some(s => !s._isJobless);
}

/** Short enough for the names of experiments, which are made from it. */
const MAX_NAME = 63;

/**
 * A SageMaker pipeline, made of steps. Its definition is written at synth, in the form in which the SageMaker Python SDK writes it.
 *
 * Makes a pipeline, a role that starts jobs, one for their containers if there are jobs, and what the triggers need. Jobs have no network of their own and
 * encrypt volumes, output and traffic.
 *
 * Children that may be changed as an escape hatch: `Resource`, `Role/Resource`, `Role/Policy/Resource`, `JobRole/Resource`, `JobRole/Policy/Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines.html
 */
export class SageMakerPipeline extends Resource implements IPipeline, IConnectable {
  /** Name of the pipeline; who uses it is deployed after the pipeline. */
  public readonly pipelineName: string;

  /** ARN of the pipeline; who uses it is deployed after the pipeline. */
  public readonly pipelineArn: string;

  /** Reference for everything in CDK that takes a pipeline. */
  public readonly pipelineRef: PipelineReference;

  /** The role that starts jobs and registers models. */
  public readonly role: IRole;

  /** Permissions to start the pipeline. */
  public readonly grants: PipelineGrants;

  /** What it tells EventBridge, for rules of your own. */
  public readonly events: PipelineEvents;

  /** Its metrics, for alarms and dashboards. */
  public readonly metrics: PipelineMetrics;

  /**
   * For statements: as the name was given and, if that differs, in lower case.
   *
   * @internal
   */
  public readonly _pipelineArns: string[];

  /**
   * The S3 URIs that its steps write to.
   *
   * @internal
   */
  public readonly _writes: () => string[];

  /**
   * The roles of the containers of its jobs; none if there are no jobs.
   *
   * @internal
   */
  public readonly _jobRoles: () => IRole[];

  /**
   * How steps break the guard rails in an execution that is given these values of parameters.
   *
   * @internal
   */
  public readonly _brokenBy: (given: { readonly [name: string]: string }) => string[];

  private readonly triggers: Triggers;

  private readonly network?: Connections;

  private containerRole?: IRole;

  private readonly name: string;

  /** @internal */
  private readonly protections = new Map<JobDefaults, JobProtection>();

  constructor(scope: Construct, id: string, props: SageMakerPipelineProps) {
    super(scope, id);
    const problems = new PipelineProblems();
    const parameters = checkPipeline(this, props, problems);
    bakeInChecks(this, props.compliance, problems);
    const name = props.pipelineName ?? physicalName(this, MAX_NAME);
    watchForNames(this, 'pipeline', name);
    this.role = props.role ?? new MlRole(this, 'Role', { service: 'sagemaker.amazonaws.com', description: `Runs the pipeline ${name}` });
    this.name = name;
    this.containerRole = props.jobRole;
    const jobRole = hasJobs(props.steps) ? this.jobRole : props.jobRole;

    const prefix = ArtifactPrefix.PIPELINES.below(name).prefix;
    const intermediate = props.intermediateSteps === undefined ? undefined : ArtifactPrefix.INTERMEDIATE.below(name).prefix;
    const context = this.context(props, prefix, intermediate);
    this.network = context.protection.connections;
    const steps = props.steps.flatMap(s => s._all());
    steps.forEach(s => s._own(context)); // binds the job defaults of all steps
    warnOfImages(this, steps);
    warnOfArtifactsElsewhere(this, props.artifacts?.bucket);
    // at synth, since overrides and dependencies may come after this
    this.node.addValidation({
      validate: () => {
        steps.forEach(s => s._warn(s._own(context)));
        warnOfDefinition(props, context);
        return lateProblems(this, props, context);
      },
    });
    const keys = [...this.protections.values()].map(p => p.key).filter((k): k is IKey => k !== undefined);
    const permitted = permitPipeline(this, {
      ...props, pipelineName: name, prefix, intermediate, steps, context, role: this.role, jobRole, keys: [...new Set(keys)],
    });

    const definition = (props.definition ?? DefinitionPlace.inline())._bind(this, () => renderDefinition(props, context).definition);
    const pipeline = new CfnPipeline(this, 'Resource', {
      pipelineName: name,
      pipelineDescription: props.description,
      pipelineDefinition: definition.property,
      parallelismConfiguration: props.maxParallelSteps === undefined ? undefined : { MaxParallelExecutionSteps: props.maxParallelSteps },
      roleArn: this.role.roleArn,
    });
    const { judged } = definition;
    if (judged !== undefined) { judgedAs(pipeline, () => ({ PipelineDefinition: judged() })); }
    const registries = registrations(steps).map(s => s._registry);
    pipeline.node.addDependency(...permitted, ...definition.needs, ...registries);
    this.node.defaultChild = pipeline;
    this.pipelineName = pipeline.ref;
    this.pipelineArn = sagemakerArn(this, 'pipeline', this.pipelineName);
    this.pipelineRef = { pipelineName: this.pipelineName };
    // SageMaker's ARNs are in lower case, which no function of CloudFormation makes of a name
    this._pipelineArns = [this.pipelineArn, ...lowerCase(name) === name ? [] : [sagemakerArn(this, 'pipeline', lowerCase(name))]];
    this.grants = new PipelineGrants(this._pipelineArns);
    const made = { pipelineArn: this.pipelineArn, pipelineArns: this._pipelineArns, jobRole: () => this.jobRole };
    steps.forEach(s => s._made({ context: s._own(context), steps, ...made, failureTopic: props.notifications?.onFailure }));
    this.events = new PipelineEvents(this, this.pipelineName);
    this.metrics = new PipelineMetrics(this, this.pipelineName);
    this._writes = () => steps.flatMap(s => allWrittenPlaces(s, context));
    this._jobRoles = () => [...new Set([this.containerRole, ...steps.map(s => s._role)])].filter((r): r is IRole => r !== undefined);
    this._brokenBy = given => brokenRails(steps, context, props.guardRails, given);
    const started = { jobRoles: this._jobRoles, writes: this._writes, brokenBy: this._brokenBy };
    this.triggers = new Triggers({ scope: this, ...made, parameters, steps, ...started }, props.triggers);
    bindNotifications(this, props.notifications, { pipelineName: this.pipelineName, registries });
    // at synth, since overrides may come after this
    const { intermediateSteps = [] } = props;
    this.node.addValidation({ validate: () => [...this._brokenBy({}), ...cached(intermediateSteps, context)] });
    sealChecks(this);
  }

  /**
   * Lets something else start the pipeline, too.
   *
   * @param trigger what starts it
   */
  public addTrigger(trigger: PipelineTrigger): void {
    this.triggers.add(trigger);
  }

  /**
   * Lets `grantee` start the pipeline; the same as `grants.start`, for CDK's own interface.
   *
   * @param grantee who starts
   */
  public grantStartPipelineExecution(grantee: IGrantable): Grant {
    return this.grants.start(grantee);
  }

  /** The role of the containers of jobs; made when it is first asked for, if no step has a job. */
  public get jobRole(): IRole {
    if (this.containerRole === undefined) {
      const role = new MlRole(this, 'JobRole', { service: 'sagemaker.amazonaws.com', description: `Runs the jobs of the pipeline ${this.name}` });
      ownResources(role).forEach(r => madeLate(r, this.node.defaultChild as CfnPipeline));
      this.containerRole = role;
    }
    return this.containerRole;
  }

  /** Security groups of the network interfaces of jobs; an error for a pipeline whose job defaults name no VPC. */
  public get connections(): Connections {
    const problems = new Problems();
    problems.check(this.network !== undefined, 'it has no connections, since its jobs are not in a VPC: give it jobDefaults with a vpc');
    problems.throwIfAny(this);
    return this.network!;
  }

  private context(props: SageMakerPipelineProps, prefix: string, intermediate?: string): StepContext {
    const { artifacts } = props;
    const passing = new Set(props.intermediateSteps?.map(s => s.stepName));
    const base = (stepName: string) => passing.has(stepName) ? intermediate! : prefix;
    const bind = (defaults: JobDefaults, scope: () => Construct): JobProtection => {
      if (!this.protections.has(defaults)) { this.protections.set(defaults, defaults._bind(scope(), artifacts?.encryptionKey, this)); }
      return this.protections.get(defaults)!;
    };
    return {
      scope: this,
      jobRoleArn: this.containerRole?.roleArn ?? '', // steps without jobs name none
      // without a job there is nothing that the key of the stack would encrypt
      protection: bind(props.jobDefaults ?? (hasJobs(props.steps) ? JobDefaults.secure() : JobDefaults.none()), () => this),
      protect: defaults => bind(defaults, () => new Construct(this, `JobDefaults${this.protections.size}`)),
      defaultUri: (...segments) => artifacts!.bucket.s3UrlForObject(`${base(segments[0])}${PipelineExecution.ID.asString()}/${segments.join('/')}`),
    };
  }
}
