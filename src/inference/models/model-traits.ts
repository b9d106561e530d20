import { InferenceContainerOptions } from './container-options';
import { SageMakerImage } from '../../containers/sagemaker-image';
import { ModelArtifact } from '../../storage/model-artifact';

/** What a model is, known without binding it. */
export interface ModelTraits {
  readonly containers: ContainerTraits[];
  /** Whether it was given as several containers, even if there are fewer than two. */
  readonly several: boolean;
}

/** What one container of a model is. */
export interface ContainerTraits extends InferenceContainerOptions {
  /** Unknown for most model packages. */
  readonly image?: SageMakerImage;
  /** Unknown for most model packages. */
  readonly artifact?: ModelArtifact;
  readonly multiModel?: boolean;
  /** Where the model package comes from, if it is one: a registry of the app, or an ARN. */
  readonly packageOrigin?: 'registry' | 'arn';
  readonly marketplace?: boolean;
}

/** A property of models that some kinds of hosting cannot serve. */
export type ModelFeature = 'severalContainers' | 'multiModel' | 'uncompressed' | 'accessConditions' | 'privateRegistry' | 'marketplace';

/** How each feature is found, and what it is called after `it has`. */
const FEATURES: Record<ModelFeature, { words: string; has: (traits: ModelTraits) => boolean }> = {
  severalContainers: { words: 'several containers', has: t => t.several },
  multiModel: { words: 'a multi-model container', has: t => t.containers.some(c => c.multiModel) },
  uncompressed: { words: 'uncompressed data', has: t => t.containers.some(c => c.artifact?._uncompressed) },
  accessConditions: { words: 'data with hub access or a license agreement', has: t => t.containers.some(c => c.artifact?._access !== undefined) },
  privateRegistry: { words: 'an image in a private registry', has: t => t.containers.some(c => c.image?._privateRegistry !== undefined) },
  marketplace: { words: 'a model package of AWS Marketplace', has: t => t.containers.some(c => c.marketplace) },
};

/** Whether a model has a feature. */
export function hasFeature(traits: ModelTraits, feature: ModelFeature): boolean {
  return FEATURES[feature].has(traits);
}

/** Those features of a list that a model has, in words and in the order of the list. */
export function featureWords(traits: ModelTraits, features: ModelFeature[]): string[] {
  return features.filter(f => hasFeature(traits, f)).map(f => FEATURES[f].words);
}

/** Each container with its name in messages: the model's own if it is the only one. */
export function namedContainers(name: string, { containers, several }: ModelTraits): [string, ContainerTraits][] {
  return containers.map((c, i) => [several ? `${name}.containers[${i}]` : name, c]);
}
