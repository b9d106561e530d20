import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { Permission } from '../../identity/permission-statement';
import { Architecture } from '../../instances/architecture';
import { KitBase } from '../kit-base';
import { SageMakerImage } from '../sagemaker-image';

/** What `docker build` gets, by the names that the function behind builds knows. */
export interface BuildProperties {
  readonly Dockerfile: string;
  readonly Context?: string;
  readonly Args?: Record<string, string>;
  readonly Target?: string;
  readonly Platform: string;
  /** An image to copy; the Dockerfile is then written while building. */
  readonly From?: string;
}

/** Where CodeBuild gets the source, by the names that the function behind builds knows. */
export interface SourceProperties {
  readonly Type: string;
  readonly Location?: string;
  readonly Version?: string;
  readonly Connection?: string;
}

/** A build of an image, ready to be started while a stack deploys. */
export interface BuildPlan {
  /** Tells what is built, wherever it lies; the same content gets the same tag. */
  readonly content: string;
  readonly source: SourceProperties;
  readonly build: BuildProperties;
  readonly architecture: Architecture;
  readonly platform: Platform;
  /** What the container kit begins with, if that is what is built. */
  readonly ofKit?: KitBase;
  /** What is read while building. */
  readonly permissions: Permission[];
  /** What images hold, by their names, wherever they lie. */
  readonly contents: ReadonlyMap<string, string>;
  /** Registries of ECR to sign in to, beside that of the repository. */
  readonly registries: string[];
}

/** What decides what is built, by the names that the consumer knows. */
export function builtFrom({ content, build, contents }: BuildPlan): Record<string, unknown> {
  const { Args = {}, Dockerfile, Context, Target, Platform: platform, From } = build;
  const held = (value: string | undefined) => value === undefined ? undefined : contents.get(value) ?? value;
  const args = Object.fromEntries(Object.entries(Args).map(([name, value]) => [`buildArgs.${name}`, held(value)]));
  return { 'its source': held(content), 'dockerfile': Dockerfile, 'directory': Context, 'target': Target, platform, 'imageUri': held(From), ...args };
}

/** An image that a source brings: built by CodeBuild, or by others. */
export interface BoundSource {
  readonly plan?: BuildPlan;
  readonly image?: SageMakerImage;
}
