import { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * How a model artifact is uploaded.
 */
export interface ModelAssetOptions {
  /**
   * What of a directory does not go along, besides what Git, Python and notebooks leave on disks. Patterns of .gitignore.
   *
   * @default - all files of the directory go along
   */
  readonly exclude?: string[];

  /**
   * Key of the bucket of the CDK bootstrap, if it is one of your own and its policy does not let the whole account use it.
   *
   * @default - no right to a key is needed, as with a bootstrap that was told no key
   */
  readonly bootstrapKey?: IKey;
}
