import { Construct } from 'constructs';
import { Problems } from '../../core/problems';
import { Dataset } from '../../storage/dataset';

/** What a trigger needs to know of its pipeline. */
export interface TriggeredPipeline {
  /** The construct that gets the trigger's resources. */
  readonly scope: Construct;
  readonly pipelineArn: string;
  /** The data that the pipeline works on, if it has such a thing. */
  readonly data?: Dataset;
}

/** One way to start a pipeline. */
export interface TriggerKind {
  /** Begins the id of the construct that holds the trigger's resources. */
  readonly id: string;
  /** What tells the trigger from others of its kind. */
  says(pipeline: Pick<TriggeredPipeline, 'data'>): string[];
  check(name: string, pipeline: Pick<TriggeredPipeline, 'data'>, problems: Problems): void;
  bind(id: string, pipeline: TriggeredPipeline): void;
}

/** A failed start is tried again for an hour, not for the day that is the services' default. */
export const RETRIES = { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 };

/** An empty list starts with the pipeline's defaults; leaving it out is an error of the service. */
export const DEFAULT_PARAMETERS = { pipelineParameterList: [] };
