import { Token } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';

const MAX_TEXT = 1024;

/**
 * Where something comes from: commit, repository, author, project.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MetadataProperties.html
 */
export interface MetadataProperties {
  /**
   * The commit, up to 1024 characters.
   *
   * @default - not said
   */
  readonly commitId?: string;

  /**
   * The repository, up to 1024 characters.
   *
   * @default - not said
   */
  readonly repository?: string;

  /**
   * Who or what made it, up to 1024 characters.
   *
   * @default - not said
   */
  readonly generatedBy?: string;

  /**
   * The project, up to 1024 characters.
   *
   * @default - not said
   */
  readonly projectId?: string;
}

/** @internal */
export function checkMetadata(name: string, metadata: MetadataProperties = {}, problems: Problems): void {
  for (const [prop, text] of Object.entries(metadata)) {
    if (text !== undefined && !Token.isUnresolved(text)) { problems.range(`${name}.${prop} (characters)`, text.length, 0, MAX_TEXT); }
  }
}

/** @internal */
export function renderMetadata(metadata: MetadataProperties | undefined): object | undefined {
  if (metadata === undefined) { return undefined; }
  const { commitId, repository, generatedBy, projectId } = metadata;
  return { CommitId: commitId, Repository: repository, GeneratedBy: generatedBy, ProjectId: projectId };
}
