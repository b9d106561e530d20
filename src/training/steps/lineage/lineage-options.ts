import { MetadataProperties } from '../../tracking/metadata-properties';

/**
 * What can be said of anything that a LineageStep records.
 */
export interface LineageEntityOptions {
  /** URI of the source, up to 2048 characters; may be a variable. */
  readonly sourceUri: string;

  /**
   * Properties, up to 30.
   *
   * @default - none
   */
  readonly properties?: { [name: string]: string };

  /**
   * Tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * An action that a LineageStep records.
 */
export interface LineageActionOptions extends LineageEntityOptions {
  /** Kind of action, for example `ModelTraining`. */
  readonly actionType: string;

  /**
   * Kind of the source, for example `S3`.
   *
   * @default - none
   */
  readonly sourceType?: string;

  /**
   * Id of the source.
   *
   * @default - none
   */
  readonly sourceId?: string;

  /**
   * What the action is, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * `Unknown`, `InProgress`, `Completed`, `Failed`, `Stopping` or `Stopped`.
   *
   * @default - none
   */
  readonly status?: string;

  /**
   * Commit, repository, author.
   *
   * @default - not said
   */
  readonly metadataProperties?: MetadataProperties;
}

/**
 * An artifact that a LineageStep records.
 */
export interface LineageArtifactOptions extends LineageEntityOptions {
  /** Kind of artifact, for example `Model` or `DataSet`. */
  readonly artifactType: string;

  /**
   * Ids of the source by their kind: `MD5Hash`, `S3ETag`, `S3Version` or `Custom`.
   *
   * @default - none
   */
  readonly sourceIds?: { [kind: string]: string };

  /**
   * Commit, repository, author.
   *
   * @default - not said
   */
  readonly metadataProperties?: MetadataProperties;
}

/**
 * A context that a LineageStep records.
 */
export interface LineageContextOptions extends LineageEntityOptions {
  /** Kind of context, for example `Endpoint`. */
  readonly contextType: string;

  /**
   * Kind of the source, for example `ARN`.
   *
   * @default - none
   */
  readonly sourceType?: string;

  /**
   * Id of the source.
   *
   * @default - none
   */
  readonly sourceId?: string;

  /**
   * What the context is, up to 3072 characters.
   *
   * @default - no description
   */
  readonly description?: string;
}
