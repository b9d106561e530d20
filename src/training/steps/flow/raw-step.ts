import { Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Problems } from '../../../core/problems';
import { inOrder } from '../../../core/sorted';
import { Permission } from '../../../identity/permission-statement';
import { PipelineStep } from '../pipeline-step';
import { StepPermissions } from '../step-context';
import { CacheableStepProps, RetryableStepProps } from '../step-props';

/**
 * Properties of a RawStep.
 */
export interface RawStepProps extends CacheableStepProps, RetryableStepProps {
  /** The service's name of the type, for example `Athena`. */
  readonly stepType: string;

  /** The arguments, as the service wants them; may hold variables. */
  readonly arguments: { [key: string]: any };

  /**
   * What the role of the pipeline must be allowed, to start, watch and stop what the step runs.
   *
   * @default - nothing
   */
  readonly permissions?: PolicyStatement[];

  /**
   * The role that the arguments name, which SageMaker takes over. The pipeline may pass it to SageMaker.
   *
   * @default - the arguments name none, or that of the jobs of the pipeline
   */
  readonly role?: IRole;

  /**
   * What that role, or that of the jobs of the pipeline, must be allowed.
   *
   * @default - nothing
   */
  readonly jobPermissions?: PolicyStatement[];
}

/**
 * A step of any type, for what the service can do and this library does not know. Its values are read with `property`, and keys beside the
 * arguments are written with `addOverride`.
 *
 * A wildcard in its permissions is a finding of the compliance checks, like any other.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
 */
export class RawStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props type, arguments and permissions
   */
  constructor(stepName: string, private readonly props: RawStepProps) {
    super(stepName, props.stepType, props);
  }

  /** @internal */
  public get _role(): IRole | undefined {
    return this.props.role;
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = `step '${this.stepName}'`;
    const { stepType, permissions, jobPermissions } = this.props;
    problems.pattern(`${name}.stepType`, stepType, /^[A-Za-z]+$/, 'be letters only');
    checkStatements(`${name}.permissions`, permissions, problems);
    checkStatements(`${name}.jobPermissions`, jobPermissions, problems);
  }

  /** @internal */
  public _permissions(): StepPermissions {
    const { permissions = [], jobPermissions = [] } = this.props;
    return { pipeline: permissions.map(permission), job: jobPermissions.map(permission) };
  }

  /** @internal */
  protected _arguments(): object {
    return inOrder(this.props.arguments);
  }
}

function checkStatements(name: string, statements: PolicyStatement[] = [], problems: Problems): void {
  statements.forEach((s, i) => {
    const plain = s.effect === Effect.ALLOW && s.actions.length > 0 && s.resources.length > 0 && !s.hasPrincipal;
    problems.check(plain, `${name}[${i}] must allow actions on resources, and name no principals`);
  });
}

function permission({ actions, resources, conditions }: PolicyStatement): Permission {
  return { actions, resources, conditions: Object.keys(conditions).length > 0 ? inOrder(conditions) : undefined };
}
