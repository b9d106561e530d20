import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { keyThrough } from '../identity/key-permissions';
import { Permission } from '../identity/permission-statement';

/** Statements on one prefix of a bucket; the key comes along. */
export class BucketPermissions {
  constructor(private readonly bucket: IBucket, private readonly key: IKey | undefined = bucket.encryptionKey) {}

  /** Reading objects, and listing them. */
  public read(prefix: string): Permission[] {
    return [this.objects(prefix, 's3:GetObject'), this.list(prefix), ...this.crypt('kms:Decrypt')];
  }

  /** Reading one object, by its key. */
  public readObject(key: string): Permission[] {
    return [{ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects(key)], resource: this.bucket }, ...this.crypt('kms:Decrypt')];
  }

  /** Reading one object where SageMaker looks for it by a prefix, which is its key. */
  public readFile(key: string): Permission[] {
    const list = { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn], conditions: { StringEquals: { 's3:prefix': key } }, resource: this.bucket };
    const [get, ...crypt] = this.readObject(key);
    return [get, list, ...crypt];
  }

  /** Writing objects; Decrypt because S3 needs it to complete an upload in parts. */
  public write(prefix: string): Permission[] {
    return [this.objects(prefix, 's3:PutObject', 's3:AbortMultipartUpload'), ...this.crypt('kms:Decrypt', 'kms:GenerateDataKey')];
  }

  /** Deleting objects; versions stay. */
  public delete(prefix: string): Permission[] {
    return [this.objects(prefix, 's3:DeleteObject')];
  }

  private objects(prefix: string, ...actions: string[]): Permission {
    const reason = `Object keys below ${prefix === '' ? 'the bucket' : `'${prefix}'`} are not known before they are written.`;
    return { actions, resources: [this.bucket.arnForObjects(`${prefix}*`)], reason, resource: this.bucket };
  }

  private list(prefix: string): Permission {
    const conditions = prefix === '' ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } };
    return { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn], conditions, resource: this.bucket };
  }

  private crypt(...actions: string[]): Permission[] {
    return this.key === undefined ? [] : [keyThrough(this.key, 's3', ...actions)];
  }
}
