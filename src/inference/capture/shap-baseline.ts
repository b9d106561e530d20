import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Problems } from '../../core/problems';
import { Permission } from '../../identity/permission-statement';
import { S3File } from '../../storage/s3-file';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ClarifyShapBaselineConfig.html */
const MAX_INLINE = 4096;

/**
 * Records that explanations compare with, in the form of the training data, features only.
 *
 * Each more of them makes each explanation slower.
 */
export class ShapBaseline {
  /**
   * Records that stand in the configuration itself.
   *
   * @param records up to 4096 characters, for example `0.4,0.5,0.2`
   */
  public static inline(records: string): ShapBaseline {
    return new ShapBaseline(records);
  }

  /**
   * Records in a file.
   *
   * @param file the file; the endpoint's role may read it
   */
  public static fromFile(file: S3File): ShapBaseline {
    return new ShapBaseline(undefined, file);
  }

  private constructor(private readonly records?: string, private readonly file?: S3File) {}

  /** @internal */
  public _check(name: string, problems: Problems): void {
    problems.pattern(name, this.records, new RegExp(`^[\\s\\S]{1,${MAX_INLINE}}$`), `be 1 to ${MAX_INLINE} characters; a longer one goes into a file`);
    this.file?._check(name, problems);
  }

  /** @internal */
  public _render(mimeType: string | undefined): CfnEndpointConfig.ClarifyShapBaselineConfigProperty {
    return { mimeType, shapBaseline: this.records, shapBaselineUri: this.file?.uri };
  }

  /** @internal */
  public _permissions(): Permission[] {
    return this.file?._read() ?? [];
  }
}
