import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Problems } from '../../core/problems';
import { Dataset } from '../../storage/dataset';
import { PipelineParameter } from '../definition/pipeline-parameter';
import { PipelineStep } from '../steps/pipeline-step';

/** What a trigger looks at before anything of the pipeline is made. */
export interface PlannedPipeline {
  /** The construct that gets the trigger's resources. */
  readonly scope: Construct;
  /** The data that the pipeline works on, if it has such a thing. */
  readonly data?: Dataset;
  /** All that the definition has. */
  readonly parameters: PipelineParameter[];
  /** All steps, those in branches too. */
  readonly steps: PipelineStep[];
}

/** What a trigger needs to know of its pipeline. */
export interface TriggeredPipeline extends PlannedPipeline {
  readonly pipelineArn: string;
  /** For statements: as the name was given and, if that differs, in lower case. */
  readonly pipelineArns: string[];
  /** The roles of jobs, which may read what a trigger passes on; none if there are no jobs. */
  readonly jobRoles: () => IRole[];
  /** The S3 URIs that its steps write to. */
  readonly writes: () => string[];
  /** How steps break the guard rails, each in a sentence, in an execution that is given these values of parameters. */
  readonly brokenBy: (given: { readonly [name: string]: string }) => string[];
}

/** One way to start a pipeline. */
export interface TriggerKind {
  /** Begins the id of the construct that holds the trigger's resources. */
  readonly id: string;
  /** Whether it passes InputBucket and InputKey. */
  readonly passesObject?: boolean;
  /** The values of parameters that it passes, as far as they are not read from an event. */
  readonly passed?: { readonly [name: string]: string };
  /** What tells the trigger from others of its kind. */
  says(pipeline: Pick<PlannedPipeline, 'data'>): string[];
  check(name: string, pipeline: PlannedPipeline, problems: Problems): void;
  bind(id: string, pipeline: TriggeredPipeline): void;
  /** What an execution of `other` does that starts `own`, as the end of a sentence; undefined if nothing is known. */
  startedBy?(other: TriggeredPipeline, own: TriggeredPipeline): string | undefined;
}
