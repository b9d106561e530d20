import { Token, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BatchTransformProps } from './batch-transform-props';
import { checkSchedules } from './batch-transform-schedule';
import { Problems } from '../../core/problems';
import { checkTopicHere } from '../../delivery/topic-check';
import { MlInstanceType } from '../../instances/ml-instance-type';
import { unlistedInstanceType } from '../../jobs/transform-job';
import { checkTransform } from '../../jobs/transform-options';
import { checkVpc } from '../../network/vpc-placement';
import { BATCH_EXCLUDES, checkModelFitsKind, checkPlatform } from '../models/model-fit';

/** Names of jobs have up to 63 characters, of which a dash and an id of up to 36 are another's. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html */
export const MAX_PREFIX = 26;
const PREFIX = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,25}$/;

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Tag.html */
const MAX_TAGS = 50;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

/** What is wrong with a batch transform. */
export function checkBatch(scope: Construct, props: BatchTransformProps, problems: Problems): void {
  props.model._check('model', problems, scope);
  checkModelFitsKind('model', props.model, 'a batch transform', BATCH_EXCLUDES, problems);
  checkPlatform('model', props.model, props.instanceType === undefined ? [] : [props.instanceType], problems);
  props.input._check('input', problems);
  props.output._check('output', problems);
  props.dataCapture?.destination._check('dataCapture.destination', problems);
  props.instanceType?._check('instanceType', problems);
  problems.pattern('jobNamePrefix', props.jobNamePrefix, PREFIX, `be 1 to ${MAX_PREFIX} letters, digits and dashes, with no dash at either end`);
  if (props.jobNamePrefix !== undefined && PREFIX.test(props.jobNamePrefix)) {
    problems.range('jobNamePrefix (characters)', props.jobNamePrefix.length, 1, MAX_PREFIX);
  }
  checkTags(props.jobTags, problems);
  checkSchedules(props.schedules ?? [], problems);
  checkVpc(props, problems);
  checkTopicHere('onFailedJob', props.onFailedJob, scope, problems);
  checkTopicHere('onDeadLetters', props.onDeadLetters, scope, problems);
  const delivers = (props.schedules ?? []).length > 0 || props.onFailedJob !== undefined;
  problems.check(props.onDeadLetters === undefined || delivers, 'onDeadLetters needs schedules or onFailedJob');
  checkTransform(props, prop => prop, problems);
}

/** Says what is legal, but risky. */
export function warnOfBatch(scope: Construct, props: BatchTransformProps, instanceType: MlInstanceType, networkIsolation: boolean): void {
  const warn = (id: string, text: string) => Validations.of(scope).addWarning(id, text);
  const unlisted = unlistedInstanceType(instanceType);
  if (instanceType._hasLocalDisks) {
    warn('cdk-ml-patterns:localDisks', `Instances of ${instanceType.instanceTypeName} have disks of their own, which the key of the batch transform does not encrypt.`);
  }
  if (unlisted !== undefined) { warn('cdk-ml-patterns:transformInstanceType', unlisted); }
  if (networkIsolation && Object.keys(props.environment ?? {}).length > 0) {
    // the SageMaker Python SDK leaves them out for such models (Model.transformer); no page of AWS says why
    warn('cdk-ml-patterns:transformEnvironmentIsolated', 'A container without network may not get environment variables from a job: give them to the model.');
  }
  if (props.input._reads(props.output)) {
    warn('cdk-ml-patterns:outputIsInput', `What is written below '${props.output.prefix}' is read again by the next run.`);
  }
}

function checkTags(tags: BatchTransformProps['jobTags'], problems: Problems): void {
  const entries = Object.entries(tags ?? {});
  problems.count('jobTags', entries, 0, MAX_TAGS);
  for (const [key, value] of entries) {
    problems.range(`jobTags (characters of the key '${key}')`, key.length, 1, MAX_TAG_KEY);
    if (!Token.isUnresolved(value)) { problems.range(`jobTags.${key} (characters)`, value.length, 0, MAX_TAG_VALUE); }
  }
}
