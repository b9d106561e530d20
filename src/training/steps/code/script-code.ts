import { createHash } from 'crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'fs';
import { basename, dirname, join, relative, resolve } from 'path';
import { AssetHashType, BundlingOutput, DockerImage, Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { IConstruct } from 'constructs';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';
import { ArchiveEntry, filesOf, gzip, LEFT_BY_TOOLS, namesOf, splitName, tar } from '../../../storage/archive';
import { BucketPermissions } from '../../../storage/artifact-bucket-permissions';

const KIT = join(__dirname, '..', '..', '..', '..', 'container-kit', 'script-mode', 'run_script.py');

/** What the program that runs scripts is called beside them. */
const RUNNER = 'cdk_ml_run_script.py';

/** Where code lies while it runs, as in images of AWS. */
const PLACE = '/opt/ml/code';

/** Whether a path is among the names of files, or a directory of some of them. */
type Found = (names: string[], path: string) => boolean;

/**
 * What runs, and what goes along.
 */
export interface ScriptCodeOptions {
  /** The script that runs, a path in the directory: a Python program (`train.py`), or one of the shell if it does not end with `.py`. */
  readonly entryPoint: string;

  /**
   * A file in the directory that lists Python packages, `requirements.txt` for example, which are installed before the script runs. Jobs with network
   * isolation can install nothing but `wheels`.
   *
   * @default - nothing is installed
   */
  readonly requirements?: string;

  /**
   * A directory in the directory with the wheels of all requirements (`pip download -d wheels -r requirements.txt`), so that they are installed without
   * a network.
   *
   * @default - they come from where pip finds them
   */
  readonly wheels?: string;

  /**
   * What does not go along, besides what Git, Python and notebooks leave on disks. Patterns of .gitignore.
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

/**
 * Code in S3, as one job sees it.
 *
 * @internal
 */
export interface PlacedCode {
  /** S3 URI of the archive, a file of its own. */
  readonly uri: string;
  /** Name of the archive in the directory that SageMaker copies it to. */
  readonly fileName: string;
  /** Reading exactly this archive. */
  readonly permissions: Permission[];
}

/**
 * Code of one's own that runs in an image which does not hold it (script mode). Any image will do that has Python 3, sh and tar.
 *
 * The files are uploaded by `cdk deploy`, before the pipeline that runs them is made; their address changes with what they hold, so a cached step runs
 * again if they were changed. In a job they lie in /opt/ml/code, which is the working directory.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/docker-containers-adapt-your-own.html
 */
export class ScriptCode {
  /**
   * All files below a directory.
   *
   * @param directory path of the directory, on the computer that runs synth
   * @param options what runs, and what goes along
   */
  public static fromDirectory(directory: string, options: ScriptCodeOptions): ScriptCode {
    return new ScriptCode(resolve(directory), options);
  }

  /**
   * One script and nothing else.
   *
   * @param file path of the script, on the computer that runs synth
   */
  public static fromFile(file: string): ScriptCode {
    return new ScriptCode(resolve(file), { entryPoint: basename(file) }, true);
  }

  private entries?: ArchiveEntry[];
  private content?: Buffer;

  private constructor(private readonly path: string, private readonly options: ScriptCodeOptions, private readonly alone = false) {}

  /**
   * The script that runs.
   *
   * @internal
   */
  public get _entryPoint(): string {
    return this.options.entryPoint;
  }

  /**
   * Whether packages are installed from somewhere in the network.
   *
   * @internal
   */
  public get _needsNetwork(): boolean {
    return this.options.requirements !== undefined && this.options.wheels === undefined;
  }

  /**
   * Whether a file goes along.
   *
   * @internal
   */
  public _holds(name: string): boolean {
    return this.files().some(f => f.name === name);
  }

  /** @internal */
  public _check(name: string, problems: Problems): void {
    const { path, alone, options: { entryPoint, requirements, wheels } } = this;
    problems.check(this.isThere, `${name} must be a ${alone ? 'file' : 'directory'} that is there, got '${path}'`);
    problems.check(wheels === undefined || requirements !== undefined, `${name}.wheels needs requirements`);
    if (!this.isThere) { return; }
    const names = this.files().map(f => f.name);
    const inside = (prop: string, value: string | undefined, kind: string, found: Found) => {
      if (value === undefined || found(names, value)) { return; }
      problems.check(false, `${name}.${prop} must be in '${path}', as a path with '/', and not excluded, got '${value}', ${this.why(value, kind, found)}`);
    };
    const file: Found = (all, one) => all.includes(one);
    inside('entryPoint', entryPoint, 'file', file);
    inside('requirements', requirements, 'file', file);
    inside('wheels', wheels, 'directory with files', (all, one) => all.some(n => n.startsWith(`${one.replace(/\/$/, '')}/`)));
    problems.check(!names.includes(RUNNER), `${name} must not hold a file '${RUNNER}', which this library adds`);
    names.filter(n => splitName(n) === undefined).forEach(n => problems.check(false, `${name} must hold no path that an archive cannot, got '${n}'`));
  }

  /**
   * Uploads the code, once in each stack.
   *
   * @internal
   */
  public _place(scope: IConstruct): PlacedCode {
    const asset = this.asset(Stack.of(scope));
    const key = asset.s3ObjectKey;
    return {
      uri: asset.s3ObjectUrl,
      fileName: key.slice(key.lastIndexOf('/') + 1),
      permissions: new BucketPermissions(asset.bucket, this.options.bootstrapKey).readFile(key),
    };
  }

  /**
   * Words of the command that unpacks what lies in `directory` and runs the script; what follows is handed to it.
   *
   * @internal
   */
  public _command(directory: string): string[] {
    const { entryPoint, requirements, wheels } = this.options;
    // a link there leads to the programs of the image itself, which code would overwrite
    const unpack = `[ ! -L ${PLACE} ] || rm ${PLACE}; mkdir -p ${PLACE} && tar -xzf ${directory}/* -C ${PLACE} && cd ${PLACE} && exec "$@"`;
    const install = [...requirements === undefined ? [] : ['--requirements', requirements], ...wheels === undefined ? [] : ['--wheels', wheels]];
    return ['/bin/sh', '-c', unpack, 'sh', 'python3', RUNNER, ...install, entryPoint];
  }

  private asset(stack: Stack): Asset {
    const content = this.content ??= tar([...this.files(), { name: RUNNER, content: readFileSync(KIT) }]);
    const assetHash = createHash('sha256').update(content).digest('hex');
    const id = `ScriptCode${assetHash}`;
    const write = (directory: string) => {
      writeFileSync(join(directory, 'sourcedir.tar.gz'), gzip(content));
      return true;
    };
    return stack.node.tryFindChild(id) as Asset | undefined ?? new Asset(stack, id, {
      path: dirname(KIT), // CDK wants a directory to bundle, and copies it where it bundles nothing
      assetHash,
      assetHashType: AssetHashType.CUSTOM,
      displayName: `Code with ${this.options.entryPoint}`,
      // the format that SageMaker's own tools use
      bundling: { image: DockerImage.fromRegistry('none'), local: { tryBundle: write }, outputType: BundlingOutput.SINGLE_FILE },
    });
  }

  private get isThere(): boolean {
    return existsSync(this.path) && statSync(this.path).isDirectory() !== this.alone;
  }

  /** What is wrong with a path that was not found among the files that go along. */
  private why(value: string, kind: string, found: Found): string {
    const all = namesOf(this.path, []);
    if (found(all, value)) { return 'which is excluded'; }
    const place = resolve(this.path, value.replaceAll('\\', '/'));
    const meant = relative(this.path, place).replaceAll('\\', '/');
    return found(all, meant) ? `which is '${meant}'` : `which is ${existsSync(place) ? `no ${kind} in it` : 'not there'}`;
  }

  private files(): ArchiveEntry[] {
    const { path, alone, options } = this;
    const one = () => [{ name: basename(path), content: readFileSync(path) }];
    this.entries ??= !this.isThere ? [] : alone ? one() : filesOf(path, [...LEFT_BY_TOOLS, ...options.exclude ?? []]);
    return this.entries;
  }
}
