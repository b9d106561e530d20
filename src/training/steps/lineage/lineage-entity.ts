import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { LineageActionOptions, LineageArtifactOptions, LineageContextOptions } from './lineage-options';
import { Problems } from '../../../core/problems';
import { keyValues, sorted } from '../../../core/sorted';
import { sagemakerArn } from '../../../core/stacks';
import { lowerCase } from '../../../core/tokens';
import { Permission } from '../../../identity/permission-statement';
import { holdsVariable } from '../../definition/literal';
import { checkMetadata, renderMetadata } from '../../tracking/metadata-properties';
import { checkTags } from '../job-tags';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateAction.html */
const STATUSES = ['Unknown', 'InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped'];
const SOURCE_IDS = ['MD5Hash', 'S3ETag', 'S3Version', 'Custom'];
const MAX = { uri: 2048, type: 256, properties: 30, description: 3072, property: { Action: 2500, Artifact: 4096, Context: 2500 } };
const NAMES = {
  Action: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}$/,
  Artifact: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,119}$/,
  Context: /^[a-zA-Z0-9]([-_]*[a-zA-Z0-9]){0,119}$/,
};

/** What the service knows of any of the three. */
type Said = Partial<LineageActionOptions & LineageArtifactOptions & LineageContextOptions>;

/**
 * Something whose origin and use SageMaker records: an action, an artifact or a context.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/lineage-tracking-entities.html
 */
export class LineageEntity {
  /**
   * An action that a LineageStep records, for example a training.
   *
   * @param name up to 120 letters, digits and dashes, unique in its step
   * @param options kind and source
   */
  public static action(name: string, options: LineageActionOptions): LineageEntity {
    return new LineageEntity(name, 'Action', options);
  }

  /**
   * An artifact that a LineageStep records, for example a data set or a model.
   *
   * @param name up to 120 letters, digits and dashes, unique in its step
   * @param options kind and source
   */
  public static artifact(name: string, options: LineageArtifactOptions): LineageEntity {
    return new LineageEntity(name, 'Artifact', options);
  }

  /**
   * A context that a LineageStep records, for example an endpoint or a project.
   *
   * @param name up to 120 letters, digits, dashes and underscores, unique in its step
   * @param options kind and source
   */
  public static context(name: string, options: LineageContextOptions): LineageEntity {
    return new LineageEntity(name, 'Context', options);
  }

  /**
   * Something that is recorded already, an end of an association.
   *
   * @param arn its ARN; may be a variable, but not one of a LineageStep
   */
  public static fromArn(arn: string): LineageEntity {
    return new LineageEntity(arn);
  }

  private constructor(
    /** Name of the entity, or the ARN of one that is recorded already. */
    public readonly entityName: string,
    /** @internal */
    public readonly _kind?: 'Action' | 'Artifact' | 'Context',
    private readonly said: Said = {},
  ) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { said, _kind } = this;
    if (_kind === undefined) {
      problems.pattern(name, this.entityName, /^arn:[^:]+:sagemaker:/, 'be the ARN of something that SageMaker records');
      return;
    }
    problems.pattern(`${name} name`, this.entityName, NAMES[_kind], `be 1 to 120 letters, digits${_kind === 'Context' ? ', - and _' : ' and -'}`);
    for (const [prop, text, min, max] of [
      ['sourceUri', said.sourceUri, 1, MAX.uri], ['actionType', said.actionType, 0, MAX.type], ['artifactType', said.artifactType, 0, MAX.type],
      ['contextType', said.contextType, 0, MAX.type], ['sourceType', said.sourceType, 0, MAX.type], ['sourceId', said.sourceId, 0, MAX.type],
      ['description', said.description, 0, MAX.description],
    ] as const) {
      if (text !== undefined && !Token.isUnresolved(text)) { problems.range(`${name}.${prop} (characters)`, text.length, min, max); }
    }
    checkMetadata(`${name}.metadataProperties`, said.metadataProperties, problems);
    problems.oneOf(`${name}.status`, said.status, STATUSES);
    checkTags(`${name}.tags`, said.tags, problems);
    Object.keys(said.sourceIds ?? {}).forEach(kind => problems.oneOf(`${name}.sourceIds`, kind, SOURCE_IDS));
    problems.count(`${name}.properties`, Object.keys(said.properties ?? {}), 0, MAX.properties);
    for (const [key, text] of Object.entries(said.properties ?? {}).filter(([, t]) => !Token.isUnresolved(t))) {
      problems.range(`${name}.properties.${key} (characters)`, text.length, 0, MAX.property[_kind]);
    }
  }

  /**
   * Recording it, or naming it in an association.
   *
   * @internal
   */
  public _permissions(scope: IConstruct): Permission[] {
    const { _kind, entityName } = this;
    const associate = 'sagemaker:AddAssociation';
    const isKnown = !holdsVariable(entityName);
    if (_kind === undefined) {
      const named = isKnown ? { resources: [entityName] } : { resources: anyEntity(scope), reason: ANY_REASON };
      return [{ actions: [associate], ...named }];
    }
    const actions = [associate, 'sagemaker:AddTags', `sagemaker:Create${_kind}`];
    const arn = (name: string) => sagemakerArn(scope, _kind.toLowerCase(), name);
    if (_kind !== 'Artifact' && isKnown) { return [{ actions, resources: [arn(lowerCase(entityName))] }]; }
    return [{ actions, resources: [arn('*')], reason: ANY_REASON }];
  }

  /** @internal */
  public _reference(): object {
    return this._kind === undefined ? { Arn: this.entityName } : { Name: this.entityName, Type: this._kind };
  }

  /** @internal */
  public _render(): object {
    const { said } = this;
    const ids = said.sourceIds && Object.entries(sorted(said.sourceIds)!).map(([SourceIdType, Value]) => ({ SourceIdType, Value }));
    return {
      [`${this._kind}Name`]: this.entityName,
      Source: { SourceUri: said.sourceUri, SourceType: said.sourceType, SourceId: said.sourceId, SourceTypes: ids },
      ActionType: said.actionType,
      ArtifactType: said.artifactType,
      ContextType: said.contextType,
      Description: said.description,
      Status: said.status,
      Properties: sorted(said.properties),
      MetadataProperties: renderMetadata(said.metadataProperties),
      Tags: keyValues(said.tags),
    };
  }
}

const ANY_REASON = 'SageMaker gives artifacts ids of its own, and names in variables are only known while the pipeline runs.';

function anyEntity(scope: IConstruct): string[] {
  return ['action', 'artifact', 'context', 'experiment', 'experiment-trial-component'].map(kind => sagemakerArn(scope, kind, '*'));
}
