import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { BucketPermissions } from './artifact-bucket-permissions';
import { checkKey, checkPrefix, checkUri } from './artifact-prefix';
import { checkBucketHere } from './bucket-region';
import { checkedAccess, ModelAccessOptions } from './model-access';
import { ModelAssetOptions } from './model-asset-options';
import { PackedAsset } from './packed-asset';
import { Problems } from '../core/problems';
import { madeBeside } from '../core/stacks';
import { Permission } from '../identity/permission-statement';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html */
const MAX_URI = 1024;

/**
 * A trained model in S3: one gzipped tar file, or files as they are below a prefix. Which of the two is said, never guessed from a name.
 */
export class ModelArtifact {
  /**
   * A gzipped tar file in any bucket. A key that is none is an error.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along
   * @param key object key of the gzipped tar file, for example `models/churn/1/model.tar.gz`
   * @param access what a hub asks of those who use the model, if it is from one
   */
  public static fromBucket(bucket: IBucket, key: string, access?: ModelAccessOptions): ModelArtifact {
    return ModelArtifact._of(bucket, key, bucket.encryptionKey, access);
  }

  /**
   * A gzipped tar file in a bucket whose key is known better than the bucket knows it.
   *
   * @internal
   */
  public static _of(bucket: IBucket, key: string, encryptionKey?: IKey, access?: ModelAccessOptions): ModelArtifact {
    const problems = new Problems();
    checkKey('key', key, problems);
    const artifact = new ModelArtifact(bucket, key, false, checkedAccess(access, problems), encryptionKey);
    checkUri('key', artifact.uri, MAX_URI, problems);
    problems.throwIfAny(bucket, 'ModelArtifact');
    return artifact;
  }

  /**
   * A model that is not compressed: all objects below a prefix of any bucket, which SageMaker puts into /opt/ml/model under their names. It
   * starts sooner than a large gzipped tar file. Serverless endpoints, batch transform and multi-model containers cannot use it. A prefix that is none
   * is an error.
   *
   * @param bucket the bucket; its `encryptionKey`, if known, is granted along
   * @param prefix beginning of the object keys, ending with `/`, for example `models/llama/1/`
   * @param access what a hub asks of those who use the model, if it is from one
   */
  public static fromPrefix(bucket: IBucket, prefix: string, access?: ModelAccessOptions): ModelArtifact {
    const problems = new Problems();
    checkPrefix('prefix', prefix, problems);
    const artifact = new ModelArtifact(bucket, prefix, true, checkedAccess(access, problems));
    checkUri('prefix', artifact.uri, MAX_URI, problems);
    problems.throwIfAny(bucket, 'ModelArtifact');
    return artifact;
  }

  /**
   * A model on the computer that runs synth: a gzipped tar file, or a directory of up to 1 GiB, which is packed into one. `cdk deploy` uploads it to
   * the bucket of the CDK bootstrap before it makes anything else, under a name that changes with what it holds, so whatever uses it can be made
   * in the same deployment. The account must be bootstrapped.
   *
   * @param scope where the asset stands
   * @param id its id there
   * @param path path of the file or directory, seen from where the program runs
   * @param options what goes along, and how it is read
   */
  public static fromAsset(scope: Construct, id: string, path: string, options: ModelAssetOptions = {}): ModelArtifact {
    const problems = new Problems();
    const packed = new PackedAsset(path, options.exclude);
    packed.check(problems);
    problems.throwIfAny(scope, 'ModelArtifact', id);
    const { bucket, objectKey } = packed.place(scope, id);
    return new ModelArtifact(bucket, objectKey, false, undefined, options.bootstrapKey, true);
  }

  /** S3 URI of the file, `s3://bucket/key`, or of the prefix, ending with `/`. */
  public readonly uri: string;

  private constructor(
    private readonly bucket: IBucket,
    private readonly place: string,
    /** @internal */
    public readonly _uncompressed: boolean,
    /** @internal */
    public readonly _access?: ModelAccessOptions,
    private readonly key?: IKey,
    /** Whether `cdk deploy` puts it there, so that the Region of the bucket is known, though it is an import. */
    private readonly uploaded = false,
  ) {
    this.uri = bucket.s3UrlForObject(place);
  }

  /**
   * What reading it takes.
   *
   * @internal
   */
  public _read(): Permission[] {
    const permissions = new BucketPermissions(this.bucket, this.key);
    return this._uncompressed ? permissions.read(this.place) : permissions.readObject(this.place);
  }

  /**
   * Whether SageMaker can load it where `scope` is.
   *
   * @internal
   */
  public _checkHere(name: string, problems: Problems, scope: IConstruct): void {
    checkBucketHere(name, this.bucket, scope, problems, this.uploaded ? false : undefined);
  }

  /**
   * Whether the stack of `scope` makes the bucket, so that nothing can be there on its first deployment.
   *
   * @internal
   */
  public _madeBeside(scope: IConstruct): boolean {
    return madeBeside(scope, this.bucket);
  }
}
