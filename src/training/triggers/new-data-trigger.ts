import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { warnOfSilence } from './bucket-events';
import { DEFAULT_PARAMETERS, RETRIES, TriggerKind } from './trigger-kind';
import { pathHash } from '../../core/names';
import { DeadLetters } from '../../identity/dead-letters';
import { MlRole } from '../../identity/ml-role';
import { Dataset } from '../../storage/dataset';

/** The name that Hadoop, Spark and Glue give the object that says a data set is complete. */
const MARKER = '_SUCCESS';

/**
 * Which data starts a pipeline.
 */
export interface NewDataTriggerOptions {
  /**
   * The data to be watched.
   *
   * @default - the data of the MlTrainingPipeline; a SageMakerPipeline must be told
   */
  readonly data?: Dataset;

  /**
   * End of the key of the object that says the data is complete.
   *
   * @default '_SUCCESS'
   */
  readonly marker?: string;
}

/**
 * Starts with a marker object.
 *
 * @internal
 */
export function newDataTrigger(options: NewDataTriggerOptions): TriggerKind {
  const id = 'OnNewData';
  return {
    id,
    says(pipeline) {
      const data = options.data ?? pipeline.data;
      return [data === undefined ? '' : pathHash(data.bucket), data?.prefix ?? '', options.marker ?? MARKER];
    },
    check(name, pipeline, problems) {
      problems.check((options.data ?? pipeline.data) !== undefined, `${name} must be told its data: PipelineTrigger.onNewData({ data })`);
      problems.pattern(`${name}.marker`, options.marker, /^[^*?\\]{1,256}$/, 'be 1 to 256 characters without *, ? and \\');
    },
    bind(childId, { scope, pipelineArn, data }) {
      const { bucket, prefix } = (options.data ?? data)!;
      const trigger = new Construct(scope, childId);
      warnOfSilence(trigger, bucket);
      const role = new MlRole(trigger, 'Role', { service: 'events.amazonaws.com', description: 'Starts a pipeline when new data is complete' });
      role.allow({ actions: ['sagemaker:StartPipelineExecution'], resources: [pipelineArn] });
      const letters = DeadLetters.of(scope);
      const rule = new CfnRule(trigger, 'Rule', {
        description: `Starts a pipeline when an object ${prefix}*${options.marker ?? MARKER} is written`,
        eventPattern: {
          'source': ['aws.s3'],
          'detail-type': ['Object Created'],
          'detail': { bucket: { name: [bucket.bucketName] }, object: { key: [{ wildcard: `${prefix}*${options.marker ?? MARKER}` }] } },
        },
        targets: [{
          id: 'Pipeline',
          arn: pipelineArn,
          roleArn: role.roleArn,
          sageMakerPipelineParameters: DEFAULT_PARAMETERS,
          retryPolicy: RETRIES,
          deadLetterConfig: { arn: letters.queueArn },
        }],
      });
      rule.node.addDependency(role);
      letters.acceptFrom(rule.attrArn);
    },
  };
}
