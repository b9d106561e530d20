import { createHash } from 'crypto';
import { closeSync, copyFileSync, existsSync, openSync, readSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { AssetHashType, AssetStaging, BundlingOutput, DockerImage, FileSystem, Stack, Token } from 'aws-cdk-lib';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ArchiveEntry, filesOf, gzip, LEFT_BY_TOOLS, namesOf, splitName, tar } from './archive';
import { Problems } from '../core/problems';

/** What a directory may hold, since it is packed in memory. */
const MAX_BYTES = 1024 ** 3;

/** Of the gzip format. https://www.rfc-editor.org/rfc/rfc1952 */
const GZIP = [0x1f, 0x8b];

/** A gzipped tar file, given as such or as a directory. */
export class PackedAsset {
  private entries?: ArchiveEntry[];

  constructor(private readonly path: string, private readonly exclude: string[] = []) {}

  public check(problems: Problems): void {
    const { path } = this;
    if (Token.isUnresolved(path)) {
      problems.check(false, 'path must be known at synth');
    } else if (!existsSync(path)) {
      problems.check(false, `path must be a file or a directory that is there, seen from where the program runs, got '${path}'`);
    } else if (this.isDirectory) {
      this.checkFiles(problems);
    } else {
      problems.check(this.exclude.length === 0, 'exclude is for directories');
      problems.check(isGzip(path), `path must be a gzipped tar file or a directory, got '${path}', which is not gzipped`);
    }
  }

  /**
   * Uploads it, always as `….tar.gz`, which is how SageMaker tells what it is. An `Asset` would become `….gz`, so that `.tar` goes with the hash:
   * https://github.com/aws/aws-cdk/issues/30257
   */
  public place(scope: Construct, id: string): { bucket: IBucket; objectKey: string } {
    const own = new Construct(scope, id);
    const staged = new AssetStaging(own, 'Stage', {
      sourcePath: __dirname, // CDK wants a directory to bundle, and copies it where it bundles nothing
      assetHash: this.hash(),
      assetHashType: AssetHashType.CUSTOM,
      bundling: {
        image: DockerImage.fromRegistry('none'),
        local: { tryBundle: directory => this.write(join(directory, 'model.tar.gz')) },
        outputType: BundlingOutput.SINGLE_FILE,
      },
    });
    const { bucketName, objectKey } = Stack.of(own).synthesizer.addFileAsset({
      packaging: staged.packaging,
      sourceHash: `${staged.assetHash}.tar`,
      fileName: staged.relativeStagedPath(Stack.of(own)),
      displayName: 'Model artifact',
    });
    return { bucket: Bucket.fromBucketName(own, 'Bucket', bucketName), objectKey };
  }

  private write(file: string): boolean {
    if (this.isDirectory) { writeFileSync(file, gzip(tar(this.files()))); } else { copyFileSync(this.path, file); }
    return true;
  }

  /** Of what is in it: compressing may give other bytes elsewhere. */
  private hash(): string {
    return this.isDirectory ? createHash('sha256').update(tar(this.files())).digest('hex') : FileSystem.fingerprint(this.path);
  }

  private checkFiles(problems: Problems): void {
    const names = namesOf(this.path, this.excluded);
    const size = names.reduce((sum, name) => sum + statSync(join(this.path, name)).size, 0);
    problems.check(size <= MAX_BYTES, `path must be a directory of up to ${MAX_BYTES} bytes, got ${size}, since it is packed in memory: give the tar.gz file instead`);
    problems.check(names.length > 0, `path must be a directory with at least one file that is not excluded, got '${this.path}'`);
    names.filter(n => splitName(n) === undefined).forEach(n => problems.check(false, `path must hold no path that an archive cannot, got '${n}'`));
  }

  private get isDirectory(): boolean {
    return statSync(this.path).isDirectory();
  }

  private get excluded(): string[] {
    return [...LEFT_BY_TOOLS, ...this.exclude];
  }

  private files(): ArchiveEntry[] {
    return this.entries ??= filesOf(this.path, this.excluded);
  }
}

function isGzip(path: string): boolean {
  const begin = Buffer.alloc(GZIP.length);
  const file = openSync(path, 'r');
  readSync(file, begin);
  closeSync(file);
  return begin.equals(Buffer.from(GZIP));
}
