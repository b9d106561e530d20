import { Token, Validations } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { IConstruct } from 'constructs';
import { BuildPlan, BuildProperties } from './build-plan';
import { Problems } from '../../core/problems';
import { sorted } from '../../core/sorted';
import { architectureOfPlatform } from '../../instances/architecture';
import { SageMakerImage } from '../sagemaker-image';

/** What SageMaker has instances for. */
const PLATFORMS = [Platform.LINUX_AMD64, Platform.LINUX_ARM64].map(p => p.platform);

/** https://docs.docker.com/reference/dockerfile/#arg */
const ARGUMENT = /^[A-Za-z_][A-Za-z0-9_]*$/;

const TEXT = /^[^\0]*$/;

const REBUILD = 'REBUILD';

const SECRET = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i;

/** Within a folder, and no way out of it. */
const INSIDE = /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\0]+$/;

/**
 * How an image is built from a Dockerfile.
 */
export interface ContainerBuildOptions {
  /**
   * Path of the Dockerfile within the directory.
   *
   * @default Dockerfile
   */
  readonly dockerfile?: string;

  /**
   * Values for `ARG` of the Dockerfile. They stay readable in the history of the image, so none may be a secret.
   *
   * @default - none
   */
  readonly buildArgs?: { [name: string]: string };

  /**
   * Any text, a month for example: with another one, unchanged sources are built anew, to take patches of the image that they begin with and of what they install. It is
   * the build argument `REBUILD`; layers that the cache holds are made anew from where the Dockerfile says `ARG REBUILD`.
   *
   * @default - what is built is not built again
   */
  readonly rebuild?: string;

  /**
   * Stage of the Dockerfile to build.
   *
   * @default - the last one
   */
  readonly target?: string;

  /**
   * Platform to build for, `Platform.LINUX_AMD64` or `Platform.LINUX_ARM64`. The image can then only run on instances with such processors.
   *
   * @default - `Platform.LINUX_AMD64`
   */
  readonly platform?: Platform;

  /**
   * Images of ECR that the Dockerfile begins with or copies from: builds may then pull them. To name one in the Dockerfile, give it as
   * one of `buildArgs`, by its `imageUri`.
   *
   * @default - what is public only
   */
  readonly baseImages?: SageMakerImage[];
}

/** The rules of all options. */
export function checkBuildOptions(options: ContainerBuildOptions, problems: Problems): void {
  const { dockerfile, buildArgs = {}, rebuild, target, platform, baseImages = [] } = options;
  checkInside('dockerfile', dockerfile, problems);
  for (const [name, value] of Object.entries(buildArgs)) {
    problems.pattern('buildArgs (name)', name, ARGUMENT, "hold letters, digits and '_' only, and begin with no digit");
    problems.pattern(`buildArgs.${name}`, value, TEXT, 'be text');
  }
  checkRebuild(rebuild, problems);
  problems.check(rebuild === undefined || !(REBUILD in buildArgs), `rebuild cannot be given beside buildArgs.${REBUILD}, which it is`);
  problems.pattern('target', target, /^[A-Za-z0-9][A-Za-z0-9_.-]*$/, "hold letters, digits, '_', '.' and '-' only");
  checkPlatform(platform, problems);
  baseImages.forEach((image, i) => {
    image._check(`baseImages[${i}]`, problems);
    problems.check(image._registry !== undefined, `baseImages[${i}] must be in a private registry of ECR, since anything else needs no permission or cannot be signed in to, got '${image.imageUri}'`);
  });
}

/** A platform that SageMaker has instances for. */
export function checkPlatform(platform: Platform | undefined, problems: Problems): void {
  problems.oneOf('platform', platform?.platform, PLATFORMS);
}

/** Docker would cut it at the first such character. */
export function checkRebuild(rebuild: string | undefined, problems: Problems): void {
  problems.pattern('rebuild', rebuild, TEXT, 'be text');
}

/** A path below a directory. */
export function checkInside(name: string, path: string | undefined, problems: Problems): void {
  problems.pattern(name, path, INSIDE, "be a path within the directory, without '..'");
}

/** Everybody who may pull the image can read its build arguments. */
export function warnOfSecretArgs(scope: IConstruct, { buildArgs = {} }: ContainerBuildOptions): void {
  const found = Object.entries(buildArgs).filter(([name, value]) => SECRET.test(name) && !Token.isUnresolved(value)).map(([name]) => name);
  if (found.length > 0) {
    Validations.of(scope).addWarning('cdk-ml-patterns:secretInBuildArgs', `Everybody who may pull the image can read its build arguments: ${found.join(', ')}.`);
  }
}

/** Values for `ARG` of the Dockerfile. */
export function renderArgs({ buildArgs, rebuild }: ContainerBuildOptions): { [name: string]: string } | undefined {
  return rebuild === undefined ? buildArgs : { ...buildArgs, [REBUILD]: rebuild };
}

/** What `docker build` gets; `directory` lies within the source. */
export function renderBuild({ dockerfile = 'Dockerfile', target, platform, ...args }: ContainerBuildOptions, directory?: string): BuildProperties {
  return {
    Dockerfile: directory === undefined ? dockerfile : `${directory}/${dockerfile}`,
    Context: directory,
    Args: sorted(renderArgs(args)),
    Target: target,
    Platform: (platform ?? Platform.LINUX_AMD64).platform,
  };
}

/** What the options say beyond the build itself. */
export function renderAround({ platform = Platform.LINUX_AMD64, baseImages = [] }: ContainerBuildOptions): Pick<BuildPlan, 'architecture' | 'platform' | 'contents' | 'registries' | 'permissions'> {
  return {
    platform,
    architecture: architectureOfPlatform(platform.platform)!,
    contents: new Map(baseImages.map(image => [image.imageUri, image._content])),
    registries: baseImages.map(image => image._registry!),
    permissions: baseImages.flatMap(image => image._pull()),
  };
}
