import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { AssetHashType, BundlingOutput, DockerImage, Token } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { checkPlatform, checkRebuild, ContainerBuildOptions } from './container-build-options';
import { Problems } from '../../core/problems';
import { ArchiveEntry, filesOf, LEFT_BY_TOOLS, namesOf, splitName, tar } from '../../storage/archive';
import { SageMakerImage } from '../sagemaker-image';

const KIT = join(__dirname, '..', '..', '..', 'container-kit', 'template');

/** Of the template, what is replaced by the user's. */
const CODE = 'code';

/** What the programs of the kit load, and what the Dockerfile installs. */
const PROGRAM = 'model.py';
const REQUIREMENTS = 'requirements.txt';

/**
 * How an image is built from the container kit and code of one's own.
 */
export interface TemplateSourceOptions {
  /**
   * File that lists the Python packages which the code needs, as `pip` reads it.
   *
   * @default - `requirements.txt` of the directory with the code; none for a single file
   */
  readonly requirements?: string;

  /**
   * Image to begin with: any Debian-based one with Python 3.10 or newer, public or in ECR.
   *
   * @default - `python:3.12-slim-bookworm` of Docker's official images, from Amazon's public gallery
   */
  readonly baseImage?: SageMakerImage;

  /**
   * Any text, a month for example: with another one, unchanged code is built anew, with Debian's and Python's packages as they are then, to take patches of them and of the
   * image that it begins with.
   *
   * @default - what is built is not built again
   */
  readonly rebuild?: string;

  /**
   * Platform to build for, `Platform.LINUX_AMD64` or `Platform.LINUX_ARM64`. The image can then only run on instances with such processors.
   *
   * @default - `Platform.LINUX_AMD64`
   */
  readonly platform?: Platform;

  /**
   * What of a directory does not go along, besides what Git, Python and notebooks leave on disks. Patterns of .gitignore.
   *
   * @default - all files of the directory go along
   */
  readonly exclude?: string[];

  /**
   * Key of the bucket of the CDK bootstrap, if it is one of your own and its policy does not let the whole account use it. Builds may then decrypt their
   * source with it.
   *
   * @default - no right to a key is needed, as with a bootstrap that was told no key
   */
  readonly bootstrapKey?: IKey;
}

/** The rules of all options. */
export function checkTemplateSource(code: string, options: TemplateSourceOptions, problems: Problems): void {
  const { requirements, baseImage, platform, rebuild, exclude } = options;
  checkPlatform(platform, problems);
  checkRebuild(rebuild, problems);
  baseImage?._check('baseImage', problems);
  problems.check(requirements === undefined || isFile(requirements), `requirements must be a file, seen from where the program runs, got '${requirements}'`);
  if (Token.isUnresolved(code)) {
    problems.check(false, 'code must be known at synth');
  } else if (!existsSync(code)) {
    problems.check(false, `code must be a file or a directory that is there, seen from where the program runs, got '${code}'`);
  } else if (isFile(code)) {
    problems.check(exclude === undefined, 'exclude is for directories');
    problems.check(code.endsWith('.py'), `code must be a Python file or a directory, got '${code}'`);
  } else {
    const names = namesOf(code, excluded(options));
    problems.check(names.includes(PROGRAM), `code must be a directory with a file '${PROGRAM}', got '${code}'`);
    problems.check(requirements === undefined || !names.includes(REQUIREMENTS), `requirements cannot be given beside the '${REQUIREMENTS}' of the directory`);
    names.filter(n => splitName(`${CODE}/${n}`) === undefined).forEach(n => problems.check(false, `code must hold no path that an archive cannot, got '${n}'`));
  }
}

/** The build context: the kit's programs and the user's code. Its hash follows from what is in it alone. */
export function templateAsset(scope: Construct, code: string, options: TemplateSourceOptions): Asset {
  const entries = templateEntries(code, options);
  return new Asset(scope, 'Source', {
    path: dirname(KIT), // CDK wants a directory to bundle, and copies it where it bundles nothing
    assetHash: createHash('sha256').update(tar(entries)).digest('hex'),
    assetHashType: AssetHashType.CUSTOM,
    displayName: 'Container kit with code',
    bundling: { image: DockerImage.fromRegistry('none'), local: { tryBundle: directory => write(directory, entries) }, outputType: BundlingOutput.NOT_ARCHIVED },
  });
}

/** What a build from a directory would be told. */
export function templateBuild({ baseImage, platform, rebuild }: TemplateSourceOptions): ContainerBuildOptions {
  return {
    platform,
    rebuild,
    buildArgs: baseImage && { BASE_IMAGE: baseImage.imageUri },
    baseImages: baseImage?._registry === undefined ? undefined : [baseImage],
  };
}

/** What it is built with. */
export function templateDockerfile(): string {
  return readFileSync(join(KIT, 'Dockerfile'), 'utf8');
}

function templateEntries(code: string, options: TemplateSourceOptions): ArchiveEntry[] {
  const kit = filesOf(KIT, [...LEFT_BY_TOOLS, `/${CODE}`]);
  const own = isFile(code) ? [{ name: PROGRAM, content: readFileSync(code) }] : filesOf(code, excluded(options));
  const listed = options.requirements === undefined ? Buffer.alloc(0) : readFileSync(options.requirements);
  const requirements = own.some(f => f.name === REQUIREMENTS) ? [] : [{ name: REQUIREMENTS, content: listed }];
  return [...kit, ...[...own, ...requirements].map(f => ({ ...f, name: `${CODE}/${f.name}` }))];
}

function excluded({ exclude = [] }: TemplateSourceOptions): string[] {
  return [...LEFT_BY_TOOLS, ...exclude];
}

function write(directory: string, entries: ArchiveEntry[]): boolean {
  for (const { name, content } of entries) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return true;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
