import { JsonObject } from './json';

/** One resource of one template. */
export interface Resource {
  /** Unique in the assembly. */
  readonly key: string;
  readonly stack: StackModel;
  readonly logicalId: string;
  readonly type: string;
  /** Construct path without the words that CDK adds, or the logical id where the assembly does not tell it. */
  readonly path: string;
  readonly properties: JsonObject;
  readonly dependsOn: readonly string[];
}

/** One entry of construct metadata. */
export interface Metadata {
  /** Construct path, without the leading slash. */
  readonly path: string;
  readonly type: string;
  readonly data: unknown;
}

/** A stack, or a nested stack. */
export interface StackModel {
  /** Unique in the assembly. */
  readonly key: string;
  readonly name: string;
  readonly nested: boolean;
  readonly resources: Resource[];
  readonly outputs: JsonObject;
  readonly metadata: readonly Metadata[];
}
