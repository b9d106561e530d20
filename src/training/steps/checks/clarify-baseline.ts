import { IConstruct } from 'constructs';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { checkUri, readUri } from '../../definition/s3-uri';

/**
 * Records that explanations compare with, in the form of the data, features only.
 */
export class ClarifyBaseline {
  /**
   * Records in JSON: a list of rows for CSV, a document for JSON.
   *
   * @param json for example `[[0.4, "red", 0.2]]`
   */
  public static records(json: string): ClarifyBaseline {
    return new ClarifyBaseline(json);
  }

  /**
   * Records in a file. The right to read it comes along.
   *
   * @param uri S3 URI of the file, which can hold no variables
   */
  public static file(uri: string): ClarifyBaseline {
    return new ClarifyBaseline(undefined, uri);
  }

  /**
   * Records that Clarify makes of clusters of the data.
   *
   * @param count number of clusters, from 1
   */
  public static clusters(count: number): ClarifyBaseline {
    return new ClarifyBaseline(undefined, undefined, count);
  }

  private constructor(private readonly json?: string, private readonly uri?: string, private readonly count?: number) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    checkUri(name, this.uri, problems);
    problems.integer(`${name} (clusters)`, this.count, 1, Number.MAX_SAFE_INTEGER);
    problems.check(this.json === undefined || typeof this.parsed === 'object', `${name} must be a list or an object in JSON, got '${this.json}'`);
  }

  /** @internal */
  public _read(scope: IConstruct): Permission[] {
    return this.uri === undefined ? [] : readUri(scope, this.uri);
  }

  /** @internal */
  public _render(): object {
    return { baseline: this.uri ?? this.parsed, num_clusters: this.count };
  }

  private get parsed(): unknown {
    try {
      return this.json === undefined ? undefined : JSON.parse(this.json) ?? undefined;
    } catch {
      return undefined;
    }
  }
}
