/**
 * What an event passes to the pipeline that it starts.
 */
export interface EventTriggerOptions {
  /**
   * Values of the pipeline's parameters: texts of up to 1024 characters as they are, or, beginning with `$.`, a path into the event, such as
   * `$.detail.object.key`. A text of one's own cannot begin with `$.` or `$[`, or be `$` alone. Numbers and flags are written as texts.
   *
   * @default - the defaults of the parameters
   */
  readonly parameters?: { [name: string]: string };
}

/**
 * Which images start a pipeline.
 */
export interface ImagePushTriggerOptions extends EventTriggerOptions {
  /**
   * The tag that is pushed, for example `latest`; `*` stands for any characters: `1.4.*`.
   *
   * @default - any push, each tag of which is one
   */
  readonly imageTag?: string;
}
