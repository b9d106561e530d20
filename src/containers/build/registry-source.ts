import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { BuildPlan } from './build-plan';
import { checkPlatform, renderAround, renderBuild } from './container-build-options';
import { Problems } from '../../core/problems';
import { SageMakerImage } from '../sagemaker-image';

/**
 * How an image of another registry is copied.
 */
export interface RegistrySourceOptions {
  /**
   * Platform to copy, `Platform.LINUX_AMD64` or `Platform.LINUX_ARM64`.
   *
   * @default - `Platform.LINUX_AMD64`
   */
  readonly platform?: Platform;
}

/** The rules of all options. */
export function checkRegistrySource(imageUri: string, { platform }: RegistrySourceOptions, problems: Problems): void {
  checkPlatform(platform, problems);
  problems.pattern('imageUri', imageUri, /^(?!.*\/\/)[a-z0-9][A-Za-z0-9._:\/-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$/, "be the name of an image with a tag or a digest, and without 'https://'");
  problems.check(!imageUri.endsWith(':latest'), `imageUri must name a version or a digest: a tag that moves would be copied once and never again, got '${imageUri}'`);
}

/** The image, as the only line of a Dockerfile. */
export function registryPlan(imageUri: string, { platform }: RegistrySourceOptions): BuildPlan {
  const image = SageMakerImage.fromUri(imageUri);
  return {
    ...renderAround({ platform, baseImages: image._registry === undefined ? [] : [image] }),
    content: imageUri,
    source: { Type: 'NO_SOURCE' },
    build: { ...renderBuild({ platform }), From: imageUri },
  };
}
