import { Token, TokenComparison } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { warnOfSilence } from './bucket-events';
import { writtenTo } from './endless';
import { eventTrigger } from './event-trigger';
import { InputObject } from './input-object';
import { PlannedPipeline, TriggerKind } from './trigger-kind';
import { EventTriggerOptions } from './trigger-options';
import { pathHash } from '../../core/names';
import { Problems } from '../../core/problems';
import { permitRole } from '../../identity/permission';
import { checkKey } from '../../storage/artifact-prefix';
import { Dataset } from '../../storage/dataset';
import { shown } from '../definition/literal';
import { S3Location } from '../definition/s3-uri';

/** The name that Hadoop, Spark and Glue give the object that says a data set is complete. */
const MARKER = '_SUCCESS';

/**
 * Which data starts a pipeline.
 */
export interface NewDataTriggerOptions extends EventTriggerOptions {
  /**
   * The data to be watched.
   *
   * @default - the data of the MlTrainingPipeline; a SageMakerPipeline must be told
   */
  readonly data?: Dataset;

  /**
   * End of the key of the object that starts the pipeline: the one that says the data is complete. With `passObject` each object that is not empty starts
   * it, unless this says otherwise.
   *
   * @default '_SUCCESS'
   */
  readonly marker?: string;

  /**
   * Whether the pipeline gets the object that starts it, in the parameters InputBucket and InputKey. Then each object is data, and starts an
   * execution of its own. An MlTrainingPipeline has these parameters in place of InputData; the steps of a SageMakerPipeline use
   * `InputObject`, of the same data or of what that is a part of.
   *
   * @default false
   */
  readonly passObject?: boolean;
}

/**
 * Starts with a marker object, or with each object.
 *
 * @internal
 */
export function newDataTrigger(options: NewDataTriggerOptions): TriggerKind {
  const passes = options.passObject ?? false;
  const marker = options.marker ?? (passes ? '' : MARKER);
  const size = passes ? { size: [{ numeric: ['>', 0] }] } : {};
  return {
    passesObject: passes,
    ...eventTrigger({
      id: 'OnNewData',
      role: 'new data is complete',
      when: ({ data }) => `an object ${dataOf(options, data)!.prefix}*${marker} is written`,
      says: ({ data: own }) => {
        const data = dataOf(options, own);
        return [data === undefined ? '' : pathHash(data.bucket), data?.prefix ?? '', marker, ...passes ? ['object'] : []];
      },
      pattern: ({ data }) => {
        const { bucket, prefix } = dataOf(options, data)!;
        return written(bucket, { key: [{ wildcard: `${prefix}*${marker}` }], ...size });
      },
      sender: ({ data: own }) => {
        const data = dataOf(options, own);
        return data && { name: 'a bucket', env: data.bucket.env };
      },
      parameters: options.parameters,
      object: passes ? InputObject._passed() : undefined,
      check(name, pipeline, problems) {
        const { data } = pipeline;
        if (passes) { checkObject(name, dataOf(options, data), pipeline, problems); }
        problems.check(dataOf(options, data) !== undefined, `${name} must be told its data: PipelineTrigger.onNewData({ data })`);
        problems.pattern(`${name}.marker`, options.marker, /^[^*?\\]{1,256}$/, 'be 1 to 256 characters without *, ? and \\');
      },
      startedBy(other, { data: own }) {
        const { bucket, prefix } = dataOf(options, own)!;
        const uri = writtenTo(other, bucket, place => `${place.prefix}/`.startsWith(prefix));
        return uri && `writes an object${marker === '' ? '' : ` that ends with '${marker}'`} to ${uri}`;
      },
      bound(trigger, { scope, data: own, jobRoles }) {
        const data = dataOf(options, own)!;
        warnOfSilence(trigger, data.bucket);
        return passes ? jobRoles().flatMap(role => permitRole(scope, role, ...data._read())) : [];
      },
    }),
  };
}

/**
 * Starts with one object, whenever it is written anew.
 *
 * @internal
 */
export function objectTrigger(bucket: IBucket, key: string, options: EventTriggerOptions): TriggerKind {
  return eventTrigger({
    id: 'OnObject',
    role: 'an object is written',
    when: () => `the object ${key} is written`,
    says: () => [pathHash(bucket), key],
    pattern: () => written(bucket, { key: [key] }),
    sender: { name: 'a bucket', env: bucket.env },
    parameters: options.parameters,
    startedBy: other => {
      const uri = writtenTo(other, bucket, place => holds(place, key));
      return uri && `writes to ${uri}, where the object ${key} lies`;
    },
    check: (name, _, problems) => checkKey(`${name} key`, key, problems),
    bound: trigger => {
      warnOfSilence(trigger, bucket);
      return [];
    },
  });
}

/** The steps read the object, and as one of the data that has it: of all of it, or of what it is part of. */
function checkObject(name: string, data: Dataset | undefined, { data: own, parameters }: PlannedPipeline, problems: Problems): void {
  const read = InputObject._read(parameters);
  const remedy = own === undefined ? 'needs a step that reads the object: InputObject.of(data).uri' : 'must be given to the constructor of the pipeline, whose steps then read the object';
  problems.check(read !== undefined, `${name}.passObject ${remedy}`);
  if (read === undefined || read === 'byHand' || data === undefined) { return; }
  const elsewhere = Token.compareStrings(read.bucket.bucketName, data.bucket.bucketName) === TokenComparison.DIFFERENT;
  const beside = [read, data].every(d => !Token.isUnresolved(d.prefix)) && !data.prefix.startsWith(read.prefix);
  problems.check(!elsewhere && !beside, `${name} passes objects of ${shown(data.uri)}, and the steps read those of ${shown(read.uri)} (InputObject): they must be the same data, or a part of it`);
}

function dataOf(options: NewDataTriggerOptions, own: Dataset | undefined): Dataset | undefined {
  return options.data ?? own;
}

/** What is below a directory that is only known while the pipeline runs is another object. */
function holds({ prefix, whole }: S3Location, key: string): boolean {
  return whole && key.startsWith(prefix === '' ? '' : prefix.replace(/\/?$/, '/'));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
function written(bucket: IBucket, object: object): object {
  return { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [bucket.bucketName] }, object } };
}
