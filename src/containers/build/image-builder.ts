import { CfnResource, Lazy } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct, IDependable } from 'constructs';
import { buildFunction } from './build-function';
import { BuildPlan } from './build-plan';
import { BuildProject } from './build-project';
import { BUILD_TYPE, BuiltImageUri } from './built-image-uri';
import { ImageBuildOptions } from './image-build-options';
import { bakeInChecks, sealChecks } from '../../compliance/baked-in';
import { ComplianceOptions } from '../../compliance/compliance-options';
import { encryptedLog } from '../../delivery/inline-function';
import { onKey } from '../../identity/key-behind';
import { MlRole } from '../../identity/ml-role';
import { permitRole } from '../../identity/permission';
import { Permission } from '../../identity/permission-statement';
import { Architecture } from '../../instances/architecture';
import { placeInVpc, VpcPlacement } from '../../network/vpc-placement';
import { pushPermissions } from '../pull-permissions';

/** The longest that CloudFormation waits, but for a minute to tell it. */
const ANSWER_WITHIN_SECONDS = 59 * 60;

/** Whose images are built. */
export interface ImageBuilderProps {
  readonly repository: IRepository;
  /** As CloudFormation knows it. */
  readonly repositoryUri: string;
  readonly key: IKey;
  readonly options?: ImageBuildOptions;
  readonly compliance?: ComplianceOptions;
}

/** Builds the images of one repository: one function, and one project for each kind of processors, made when the first image needs it. */
export class ImageBuilder extends Construct {
  private readonly projects = new Map<Architecture, BuildProject>();
  private readonly plans: BuildPlan[] = [];
  private readonly fn: CfnFunction;
  private readonly role: IRole;
  /** The role with its rights. */
  private readonly ready: IDependable[];
  private readonly log: CfnLogGroup;
  private readonly place?: VpcPlacement;
  private readonly options: ImageBuildOptions;

  constructor(scope: Construct, id: string, private readonly props: ImageBuilderProps) {
    super(scope, id);
    const { repository, key, options = {}, compliance } = props;
    bakeInChecks(this, { ...compliance, exceptions: undefined }); // the repository accepts them for all that stands below it
    this.options = options;
    this.log = encryptedLog(this, 'BuildLog', key);
    this.role = options.role ?? new MlRole(this, 'Role', { service: 'codebuild.amazonaws.com', description: 'Builds container images and pushes them to one repository' });
    this.place = placeInVpc(this, options, 'Builds of container images', 'codebuild.amazonaws.com');
    this.ready = permitRole(this, this.role,
      { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.log.attrArn], reason: 'A log group has as many streams as it needs.' },
      onKey(key, { actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'] }),
      ...pushPermissions(repository.repositoryArn),
      ...this.place?.permissions ?? [],
      () => this.plans.flatMap(plan => plan.permissions),
    );
    this.fn = buildFunction(this, key, options.functionConcurrency, () => this.functionPermissions());
    sealChecks(this);
  }

  /** Builds an image while the stack deploys; returns its name, for which whoever uses it waits. */
  public build(scope: Construct, plan: BuildPlan): string {
    const { repository, repositoryUri } = this.props;
    const project = this.project(plan.architecture);
    this.plans.push(plan);
    const resource = new CfnResource(scope, 'Build', {
      type: BUILD_TYPE,
      properties: {
        ServiceToken: this.fn.attrArn,
        ServiceTimeout: ANSWER_WITHIN_SECONDS,
        ProjectName: project.projectName,
        RepositoryName: repository.repositoryName,
        RepositoryUri: repositoryUri,
        Registries: [...new Set([repository.registryUri, ...plan.registries])],
        Content: plan.content,
        Tag: Lazy.uncachedAny({ produce: () => image.contentTag }),
        Source: plan.source,
        Build: plan.build,
        Cache: String(this.options.cache ?? true),
      },
    });
    resource.node.addDependency(...project.listeners, ...this.place === undefined ? [] : [this.place.waysOut(resource)]);
    const image = new BuiltImageUri({ scope, build: resource, plan, repository, repositoryUri });
    return image.toString();
  }

  private project(architecture: Architecture): BuildProject {
    const { key, compliance } = this.props;
    const { role, ready, log, fn, options, place } = this;
    const made = this.projects.get(architecture) ?? new BuildProject(this, architecture === 'arm64' ? 'Arm64' : 'Amd64', {
      architecture,
      key,
      role,
      ready,
      log,
      fn,
      options,
      compliance,
      vpcConfig: place && { vpcId: options.vpc!.vpcId, subnets: place.config.subnets, securityGroupIds: place.config.securityGroupIds },
    });
    this.projects.set(architecture, made);
    return made;
  }

  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodebuild.html */
  private functionPermissions(): Permission[] {
    return [
      { actions: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'], resources: [...this.projects.values()].map(p => p.projectArn) },
      { actions: ['ecr:DescribeImages'], resources: [this.props.repository.repositoryArn] },
      { actions: ['logs:GetLogEvents'], resources: [this.log.attrArn] },
    ];
  }
}
