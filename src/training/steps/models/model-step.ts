import { IRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { pullImage } from './pull-image';
import { ModelContainer, StepModel } from './step-model';
import { warnLate } from '../../../compliance/late-warning';
import { SageMakerImage } from '../../../containers/sagemaker-image';
import { Problems } from '../../../core/problems';
import { keyValues } from '../../../core/sorted';
import { logGroupArns, sagemakerArn } from '../../../core/stacks';
import { Permission } from '../../../identity/permission-statement';
import { metricPermission } from '../../../identity/watching-permissions';
import { versionArn } from '../../../registry/registry-permissions';
import { readModel } from '../../model-location';
import { JobDefaults } from '../job-defaults';
import { JobStep } from '../job-step';
import { checkTags } from '../job-tags';
import { StepContext, StepPermissions } from '../step-context';
import { RetryableStepProps } from '../step-props';

/**
 * Properties of a ModelStep.
 */
export interface ModelStepProps extends RetryableStepProps {
  /** The containers of the model. */
  readonly model: StepModel;

  /**
   * The role of the containers that serve the model. What they need is added to it, and the pipeline may pass it.
   *
   * @default - the role of the jobs of the pipeline
   */
  readonly role?: IRole;

  /**
   * Isolation and network of the containers, in place of those of the pipeline.
   *
   * @default - the job defaults of the pipeline
   */
  readonly jobDefaults?: JobDefaults;

  /**
   * Tags of the model.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * A step that makes a SageMaker model, for transforms and endpoints. Each execution makes one, with a name that SageMaker chooses; models cost nothing, and
 * stay.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-create-model
 */
export class ModelStep extends JobStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props containers, role and network
   */
  constructor(stepName: string, private readonly props: ModelStepProps) {
    super(stepName, 'Model', props);
  }

  /** Name of the model, for a TransformStep or an EndpointConfigStep. */
  public get modelName(): string {
    return this._variable('ModelName').asString();
  }

  /** @internal */
  public get _image(): SageMakerImage | undefined {
    return this.props.model._single?.image;
  }

  /** @internal */
  public get _images(): SageMakerImage[] {
    return this.props.model._containers.flatMap(c => c.image ?? []);
  }

  /** @internal */
  public get _model(): StepModel {
    return this.props.model;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    this.props.model._check(`step '${this.stepName}'.model`, problems);
    checkTags(`step '${this.stepName}'.tags`, this.props.tags, problems);
  }

  /**
   * The containers read, pull and log with the role of the model.
   *
   * @internal
   */
  public _permissions({ scope, protection }: StepContext): StepPermissions {
    const containers = this.props.model._containers;
    return {
      pipeline: [
        {
          actions: ['sagemaker:AddTags', 'sagemaker:CreateModel', 'sagemaker:DescribeModel'],
          resources: [sagemakerArn(scope, 'model', 'pipelines-*')],
          reason: "SageMaker names the models of pipelines 'pipelines-<execution>-<step>-<hash>'.",
        },
        ...containers.flatMap(readPackage),
      ],
      job: [
        ...containers.flatMap(c => runModel(scope, c)),
        {
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          resources: [...logGroupArns(scope, 'TransformJobs'), ...logGroupArns(scope, 'Endpoints/*')],
          reason: 'Where a model is made, it is not known which transform jobs and endpoints run it.',
        },
        metricPermission('AWS/SageMaker', '/aws/sagemaker/Endpoints', '/aws/sagemaker/TransformJobs'),
        ...protection.permissions ?? [],
      ],
    };
  }

  /** @internal */
  public _warn({ scope, protection }: StepContext): void {
    if (protection.networkIsolation !== true || this.props.model._containers.every(c => c.code === undefined)) { return; }
    warnLate(scope, 'cdk-ml-patterns:codeWithoutNetwork',
      `Step '${this.stepName}': the container downloads its code when it starts, which network isolation forbids: set networkIsolation to false in jobDefaults, or put the code into the artifact.`);
  }

  /** @internal */
  protected _arguments({ scope, jobRoleArn, protection }: StepContext): object {
    return {
      ExecutionRoleArn: jobRoleArn,
      ...this.props.model._render(scope),
      Tags: keyValues(this.props.tags),
      VpcConfig: protection.vpcConfig,
      EnableNetworkIsolation: protection.networkIsolation,
    };
  }
}

/** Image, artifact and code of one container; of a model package, what a step of the pipeline registers. */
function runModel(scope: IConstruct, { image, artifact, code, modelPackage }: ModelContainer): Permission[] {
  return [
    ...image === undefined ? [] : pullImage(scope, image),
    ...artifact === undefined ? [] : readModel(scope, artifact),
    ...code?._place(scope).permissions ?? [],
    ...modelPackage?.step?._run(scope) ?? [],
  ];
}

function readPackage({ modelPackage }: ModelContainer): Permission[] {
  if (modelPackage === undefined) { return []; }
  const { arn, step } = modelPackage;
  const actions = ['sagemaker:DescribeModelPackage'];
  if (step === undefined) { return [{ actions, resources: [arn] }]; }
  return [{ actions, resources: [versionArn(step._registry, '*')], reason: 'The numbers of model versions are not known before they are registered.' }];
}
