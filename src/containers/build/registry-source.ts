import { Token } from 'aws-cdk-lib';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { BuildPlan } from './build-plan';
import { checkPlatform, renderAround, renderBuild } from './container-build-options';
import { Problems } from '../../core/problems';
import { architectureOfPlatform } from '../../instances/architecture';
import { isInEcr } from '../ecr-place';
import { SageMakerImage } from '../sagemaker-image';

/** A name with a tag, a digest or both. */
const IMAGE = /^(?!.*\/\/)[a-z0-9][A-Za-z0-9._:\/-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$/;

/**
 * How an image of another registry is copied.
 */
export interface RegistrySourceOptions {
  /**
   * Platform to copy, `Platform.LINUX_AMD64` or `Platform.LINUX_ARM64`.
   *
   * @default - the one that the image is known to be built for, otherwise `Platform.LINUX_AMD64`
   */
  readonly platform?: Platform;
}

/** The rules of all options; `name` is how the image is called. */
export function checkRegistrySource(name: string, image: SageMakerImage, { platform }: RegistrySourceOptions, problems: Problems): void {
  const { imageUri, _architecture: built } = image;
  checkPlatform(platform, problems);
  problems.pattern(name, imageUri, IMAGE, "be the name of an image with a tag or a digest, and without 'https://'");
  problems.check(!imageUri.endsWith(':latest'), `${name} must name a version or a digest: a tag that moves would be copied once and never again, got '${imageUri}'`);
  problems.check(image._privateRegistry === undefined, `${name} must be public or in ECR: builds cannot sign in to another private registry, got '${imageUri}'`);
  problems.check(image._privateRegistry !== undefined || tellsRegistry(image),
    `${name} must say in plain text which registry it is in, '<account>.dkr.ecr.<region>.amazonaws.com/…' if that is ECR, since builds sign in to it; `
    + `for an image that the program knows as an object take ContainerSource.fromImage, got '${imageUri}'`);
  const asked = platform && architectureOfPlatform(platform.platform);
  problems.check(built === undefined || asked === undefined || built === asked, `platform must be that of the image, which is built for ${built}, got '${platform?.platform}'`);
}

/** The image, as the only line of a Dockerfile. */
export function registryPlan(image: SageMakerImage, options: RegistrySourceOptions): BuildPlan {
  const platform = options.platform ?? image._platform;
  return {
    ...renderAround({ platform, baseImages: image._registry === undefined ? [] : [image] }),
    content: image.imageUri,
    source: { Type: 'NO_SOURCE' },
    build: { ...renderBuild({ platform }), From: image.imageUri },
    ofKit: image._kitBase,
  };
}

/** Whether it is known where to sign in, or that there is no need to. */
function tellsRegistry({ _registry, imageUri }: SageMakerImage): boolean {
  return _registry !== undefined || !(isInEcr(imageUri) || Token.isUnresolved(imageUri.split('/')[0]));
}
