import { LineageEntity } from './lineage-entity';
import { warnLate } from '../../../compliance/late-warning';
import { Problems } from '../../../core/problems';
import { PipelineStep } from '../pipeline-step';
import { StepContext, StepPermissions } from '../step-context';
import { PipelineStepProps } from '../step-props';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AddAssociation.html */
const ASSOCIATIONS = ['ContributedTo', 'AssociatedWith', 'DerivedFrom', 'Produced', 'SameAs'];

/** How many the service can tell of a step that ran: more may be too many. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_LineageMetadata.html */
const TOLD = { entities: 5, associations: 10 };

const KINDS = ['Action', 'Artifact', 'Context'] as const;

/**
 * That one thing has to do with another.
 */
export interface LineageAssociation {
  /** What it comes from. */
  readonly source: LineageEntity;

  /** What it goes to. */
  readonly destination: LineageEntity;

  /**
   * `ContributedTo`, `AssociatedWith`, `DerivedFrom`, `Produced` or `SameAs`.
   *
   * @default - none
   */
  readonly associationType?: string;
}

/**
 * Properties of a LineageStep.
 */
export interface LineageStepProps extends PipelineStepProps {
  /**
   * Actions, artifacts and contexts to record. Those in associations need not be listed.
   *
   * @default - those in associations
   */
  readonly entities?: LineageEntity[];

  /**
   * What has to do with what.
   *
   * @default - none
   */
  readonly associations?: LineageAssociation[];
}

/**
 * A step that records where something comes from and what it was used for.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/lineage-tracking.html
 */
export class LineageStep extends PipelineStep {
  /**
   * @param stepName up to 64 letters, digits, dashes and underscores, unique in the pipeline
   * @param props what is recorded
   */
  constructor(stepName: string, private readonly props: LineageStepProps) {
    super(stepName, 'Lineage', props);
  }

  /**
   * ARN of something that the step records. An error if it records no such thing.
   *
   * @param entity one of `entities`, or of those in associations
   */
  public entityArn(entity: LineageEntity): string {
    if (!this.entities.includes(entity)) {
      const names = this.entities.map(e => e.entityName).join(', ');
      throw new Error(`Step '${this.stepName}' records no '${entity.entityName}'; it records: ${names === '' ? 'nothing' : names}`);
    }
    return this._variable(`${entity._kind}Arns['${entity.entityName}']`).asString();
  }

  /** @internal */
  public _check(problems: Problems): void {
    super._check(problems);
    const name = `step '${this.stepName}'`;
    const { associations = [] } = this.props;
    problems.check(this.entities.length + associations.length > 0, `${name} must record at least 1 entity or association, got none`);
    problems.unique(`${name}.entities names`, this.entities.map(e => e.entityName));
    this.props.entities?.forEach((e, i) => problems.check(e._kind !== undefined, `${name}.entities[${i}] is recorded already: name it in associations only`));
    this.entities.forEach(e => e._check(`${name} ${e._kind!.toLowerCase()} '${e.entityName}'`, problems));
    associations.forEach((a, i) => {
      for (const end of [a.source, a.destination].filter(e => e._kind === undefined)) { end._check(`${name}.associations[${i}]`, problems); }
      problems.oneOf(`${name}.associations[${i}].associationType`, a.associationType, ASSOCIATIONS);
    });
  }

  /** @internal */
  public _warn({ scope }: StepContext): void {
    const most = Math.max(...KINDS.map(kind => this.of(kind).length));
    if (most <= TOLD.entities && (this.props.associations?.length ?? 0) <= TOLD.associations) { return; }
    warnLate(scope, 'cdk-ml-patterns:lineageLimits',
      `Step '${this.stepName}' records more than ${TOLD.entities} things of a kind or ${TOLD.associations} associations, which may be more than SageMaker takes.`);
  }

  /** @internal */
  public _permissions({ scope }: StepContext): StepPermissions {
    const ends = this.props.associations?.flatMap(a => [a.source, a.destination]) ?? [];
    return { pipeline: [...new Set([...this.entities, ...ends])].flatMap(e => e._permissions(scope)), job: [] };
  }

  /** @internal */
  protected _arguments(): object {
    const list = (kind: typeof KINDS[number]) => this.of(kind).length > 0 ? this.of(kind).map(e => e._render()) : undefined;
    return {
      Actions: list('Action'),
      Artifacts: list('Artifact'),
      Contexts: list('Context'),
      Associations: this.props.associations?.map(({ source, destination, associationType }) => ({
        Source: source._reference(),
        Destination: destination._reference(),
        AssociationType: associationType,
      })),
    };
  }

  private get entities(): LineageEntity[] {
    const ends = this.props.associations?.flatMap(a => [a.source, a.destination]) ?? [];
    return [...new Set([...this.props.entities ?? [], ...ends])].filter(e => e._kind !== undefined);
  }

  private of(kind: typeof KINDS[number]): LineageEntity[] {
    return this.entities.filter(e => e._kind === kind);
  }
}
