import { IResource, RemovalPolicy, Resource } from 'aws-cdk-lib';
import { OnEventOptions, Rule } from 'aws-cdk-lib/aws-events';
import { CfnModelPackageGroup } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ModelRegistryGrants } from './model-registry-grants';
import { versionPattern } from './version-events';
import { bakeInChecks, sealChecks } from '../compliance/baked-in';
import { ComplianceOptions } from '../compliance/compliance-options';
import { physicalName } from '../core/names';
import { Problems } from '../core/problems';
import { sagemakerArn } from '../core/stacks';
import { lowerCase } from '../core/tokens';
import { consumersRule } from '../delivery/event-rule';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackageGroup.html */
const MAX_NAME = 63;
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const MAX_DESCRIPTION = 1024;

/**
 * A model package group, made here or imported.
 */
export interface IModelRegistry extends IResource {
  /**
   * Name of the model package group.
   *
   * @attribute
   */
  readonly modelPackageGroupName: string;

  /**
   * ARN of the model package group.
   *
   * @attribute
   */
  readonly modelPackageGroupArn: string;

  /** Permissions to register and to read models. */
  readonly grants: ModelRegistryGrants;

  /**
   * A rule for versions that are approved. SageMaker may send several events for one, so that what gets them must bear to get one twice.
   *
   * @param id id of the rule, unique in the registry
   * @param options what gets the events
   */
  onVersionApproved(id: string, options?: OnEventOptions): Rule;

  /**
   * A rule for versions that wait for somebody to approve them.
   *
   * @param id id of the rule, unique in the registry
   * @param options what gets the events
   */
  onVersionPending(id: string, options?: OnEventOptions): Rule;
}

/**
 * Properties of a ModelRegistry.
 */
export interface ModelRegistryProps {
  /**
   * Name of the model package group: up to 63 letters, digits and dashes. Another name makes another group.
   *
   * @default - made of the stack's name and the construct path, in lower case
   */
  readonly modelPackageGroupName?: string;

  /**
   * What the models are for, up to 1024 characters. SageMaker keeps the description for good: another one makes another group, which needs
   * another name.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * How the compliance checks judge the construct.
   *
   * @default - findings of the packs MlSecurity and AwsSolutions stop synth
   */
  readonly compliance?: ComplianceOptions;
}

abstract class ModelRegistryBase extends Resource implements IModelRegistry {
  public abstract readonly modelPackageGroupName: string;
  public abstract readonly modelPackageGroupArn: string;
  public readonly grants: ModelRegistryGrants = new ModelRegistryGrants(this);

  public onVersionApproved(id: string, options?: OnEventOptions): Rule {
    return consumersRule(this, id, versionPattern([this], 'Approved'), options);
  }

  public onVersionPending(id: string, options?: OnEventOptions): Rule {
    return consumersRule(this, id, versionPattern([this], 'PendingManualApproval'), options);
  }
}

/**
 * The registry of one kind of model: its versions, each with image, artifact, metrics and approval status.
 *
 * Makes a SageMaker model package group. It stays with all its versions when the stack is deleted; to use it again from a new stack, import it.
 *
 * The child that may be changed as an escape hatch: `Resource`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry.html
 *
 * @example
 * const models = new ModelRegistry(this, 'Models');
 * models.grants.read(reader);
 */
export class ModelRegistry extends ModelRegistryBase {
  /**
   * Imports a model package group of this account and Region.
   *
   * @param scope where the import stands
   * @param id its id there
   * @param modelPackageGroupName name of the group
   */
  public static fromModelPackageGroupName(scope: Construct, id: string, modelPackageGroupName: string): IModelRegistry {
    const problems = new Problems();
    problems.pattern('modelPackageGroupName', modelPackageGroupName, NAME, 'be 1 to 63 letters, digits and dashes');
    problems.throwIfAny(scope, 'ModelRegistry', id);
    return new (class extends ModelRegistryBase {
      public readonly modelPackageGroupName = modelPackageGroupName;
      public readonly modelPackageGroupArn = sagemakerArn(scope, 'model-package-group', lowerCase(modelPackageGroupName));
    })(scope, id);
  }

  /** Name of the model package group, a plain string: who uses it must depend on the construct to come after it. */
  public readonly modelPackageGroupName: string;

  /** ARN of the model package group. */
  public readonly modelPackageGroupArn: string;

  constructor(scope: Construct, id: string, props: ModelRegistryProps = {}) {
    super(scope, id);
    const problems = new Problems();
    problems.pattern('modelPackageGroupName', props.modelPackageGroupName, NAME, 'be 1 to 63 letters, digits and dashes');
    problems.range('description (characters)', props.description?.length, 0, MAX_DESCRIPTION);
    bakeInChecks(this, props.compliance, problems);

    this.modelPackageGroupName = props.modelPackageGroupName ?? physicalName(this, MAX_NAME);
    const group = new CfnModelPackageGroup(this, 'Resource', {
      modelPackageGroupName: this.modelPackageGroupName,
      modelPackageGroupDescription: props.description,
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE); // kept after a failed first deployment, its name would stop every other
    this.modelPackageGroupArn = group.attrModelPackageGroupArn;
    sealChecks(this);
  }
}
