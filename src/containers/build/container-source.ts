import { readFileSync } from 'fs';
import { join } from 'path';
import { IgnoreMode } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { BoundSource, BuildPlan } from './build-plan';
import { checkBuildOptions, ContainerBuildOptions, renderArgs, renderAround, renderBuild, warnOfSecretArgs } from './container-build-options';
import { checkDirectory, excluded, excludedFromAsset } from './directory';
import { warnOfDockerHub } from './docker-hub';
import { checkGitSource, gitPlan, GitSourceOptions } from './git-source';
import { checkRegistrySource, registryPlan, RegistrySourceOptions } from './registry-source';
import { checkTemplateSource, templateAsset, templateBuild, templateDockerfile, TemplateSourceOptions } from './template-source';
import { Problems } from '../../core/problems';
import { keyThrough } from '../../identity/key-permissions';
import { SageMakerImage } from '../sagemaker-image';

/**
 * How an image is built from a directory.
 */
export interface DirectorySourceOptions extends ContainerBuildOptions {
  /**
   * Files that are left out, as patterns of a `.dockerignore`; added to those of the `.dockerignore` in the directory or, if there is one, of
   * `<dockerfile>.dockerignore`, which then holds instead of it.
   *
   * @default - what that file says
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

/** What each kind of source does. */
interface SourceKind {
  readonly check: (problems: Problems) => void;
  readonly bind: (scope: Construct) => BoundSource;
}

/**
 * What an image is made from.
 *
 * @example
 * declare const images: CustomContainerRepo;
 * const image = images.addImage('Abalone', ContainerSource.fromRegistry('public.ecr.aws/docker/library/python:3.12.7-slim'));
 */
export class ContainerSource {
  /**
   * A directory with a Dockerfile, built by CodeBuild while the stack deploys. The machine that deploys needs no Docker.
   *
   * The directory goes to the assets of CDK as a zip file, so the account must be bootstrapped.
   *
   * @param directory path of the directory, seen from where the program runs
   * @param options how it is built
   */
  public static fromDirectory(directory: string, options: DirectorySourceOptions = {}): ContainerSource {
    const dockerfile = options.dockerfile ?? 'Dockerfile';
    return new ContainerSource({
      check: problems => {
        checkBuildOptions(options, problems);
        checkDirectory(directory, dockerfile, problems);
      },
      bind: scope => {
        const asset = new Asset(scope, 'Source', { path: directory, exclude: excluded(directory, dockerfile, options.exclude), ignoreMode: IgnoreMode.DOCKER });
        warnOfSecretArgs(scope, options);
        warnOfDockerHub(scope, readFileSync(join(directory, dockerfile), 'utf8'), options);
        return { plan: assetPlan(asset, options, options.bootstrapKey) };
      },
    });
  }

  /**
   * The container kit, which trains, evaluates and serves, with code of your own: one Python file, or a directory with a `model.py`. Built as a directory is.
   *
   * What the code defines is in docs/container-kit.md.
   *
   * @param code path of the file or directory, seen from where the program runs
   * @param options what it needs
   */
  public static fromTemplate(code: string, options: TemplateSourceOptions = {}): ContainerSource {
    return new ContainerSource({
      check: problems => checkTemplateSource(code, options, problems),
      bind: scope => {
        const build = templateBuild(options);
        warnOfDockerHub(scope, templateDockerfile(), build);
        const ofKit = options.baseImage === undefined ? 'default' : 'other';
        return { plan: { ...assetPlan(templateAsset(scope, code, options), build, options.bootstrapKey), ofKit } };
      },
    });
  }

  /**
   * A commit of a Git repository, fetched and built by CodeBuild while the stack deploys.
   *
   * @param repositoryUrl address of the repository, for example `https://github.com/acme/models.git`
   * @param commit the whole id of the commit; a branch or a tag can move, and is refused
   * @param options how it is fetched and built
   */
  public static fromGit(repositoryUrl: string, commit: string, options: GitSourceOptions = {}): ContainerSource {
    return new ContainerSource({
      check: problems => checkGitSource(repositoryUrl, commit, options, problems),
      bind: scope => {
        warnOfSecretArgs(scope, options);
        return { plan: gitPlan(repositoryUrl, commit, options) };
      },
    });
  }

  /**
   * An image of another registry, copied into the repository by CodeBuild while the stack deploys: SageMaker runs images of ECR only, and
   * Docker's image format only, to which it is converted. It is copied once for each name.
   *
   * @param imageUri full name of a public image, or of one in ECR, with a tag, a digest or both: `latest` is refused, since it would be copied once and never
   * again, and so is a name whose registry is only known at deployment, since builds could not sign in to it
   * @param options which of its platforms
   */
  public static fromRegistry(imageUri: string, options: RegistrySourceOptions = {}): ContainerSource {
    return new ContainerSource(copyOf('imageUri', SageMakerImage.fromUri(imageUri), options));
  }

  /**
   * An image that the program knows as an object, copied in the same way: one of another repository, one that AWS provides, or one that another
   * CustomContainerRepo builds, which is waited for. Builds get the right to pull it; a repository of another account must allow that as well.
   *
   * @param image the image, public or in ECR, with a tag or a digest that is not `latest`
   * @param options which of its platforms
   */
  public static fromImage(image: SageMakerImage, options: RegistrySourceOptions = {}): ContainerSource {
    return new ContainerSource(copyOf('image', image, options));
  }

  /**
   * A directory with a Dockerfile, built by Docker on the machine that deploys.
   *
   * The image goes to the assets of CDK, not to the repository: with the key, the tags and the lifecycle that the bootstrap gave those. Nothing else is made for it.
   *
   * @param directory path of the directory, seen from where the program runs
   * @param options how it is built
   */
  public static fromLocalDocker(directory: string, options: DirectorySourceOptions = {}): ContainerSource {
    const { dockerfile: file, target, exclude, platform = Platform.LINUX_AMD64 } = options;
    const dockerfile = file ?? 'Dockerfile';
    return new ContainerSource({
      check: problems => {
        checkBuildOptions(options, problems);
        checkDirectory(directory, dockerfile, problems);
        problems.check(options.baseImages === undefined, 'baseImages is for builds by CodeBuild: sign in to registries on the machine that deploys');
        problems.check(options.bootstrapKey === undefined, 'bootstrapKey is for builds by CodeBuild: images of local Docker do not go to the bucket');
      },
      bind: scope => {
        warnOfSecretArgs(scope, options);
        const asset = new DockerImageAsset(scope, 'Image', {
          directory,
          file,
          buildArgs: renderArgs(options),
          target,
          platform,
          exclude: excludedFromAsset(directory, dockerfile, exclude),
          ignoreMode: IgnoreMode.DOCKER,
        });
        return { image: SageMakerImage._built(asset.imageUri, asset.repository, platform) };
      },
    });
  }

  private constructor(private readonly kind: SourceKind) {}

  /** @internal */
  public _check(problems: Problems): void {
    this.kind.check(problems);
  }

  /**
   * Makes what the source needs below `scope`.
   *
   * @internal
   */
  public _bind(scope: Construct): BoundSource {
    return this.kind.bind(scope);
  }
}

function copyOf(name: string, image: SageMakerImage, options: RegistrySourceOptions): SourceKind {
  return {
    check: problems => checkRegistrySource(name, image, options, problems),
    bind: () => ({ plan: registryPlan(image, options) }),
  };
}

/** A build from an asset of CDK, of which exactly this object is read. */
function assetPlan(asset: Asset, options: ContainerBuildOptions, bootstrapKey?: IKey): BuildPlan {
  const around = renderAround(options);
  return {
    ...around,
    content: asset.assetHash,
    source: { Type: 'S3', Location: `${asset.s3BucketName}/${asset.s3ObjectKey}` },
    build: renderBuild(options),
    permissions: [
      { actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [asset.bucket.arnForObjects(asset.s3ObjectKey)] },
      { actions: ['s3:GetBucketLocation'], resources: [asset.bucket.bucketArn] },
      ...bootstrapKey === undefined ? [] : [keyThrough(bootstrapKey, 's3', 'kms:Decrypt')],
      ...around.permissions,
    ],
  };
}
