import { IAlarmRef } from 'aws-cdk-lib/aws-cloudwatch';
import { IPipelineRef as ICodePipelineRef } from 'aws-cdk-lib/aws-codepipeline';
import { IRepositoryRef } from 'aws-cdk-lib/aws-ecr';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { IPipelineRef } from 'aws-cdk-lib/aws-sagemaker';
import { IConstruct } from 'constructs';
import { eventTrigger } from './event-trigger';
import { TriggerKind } from './trigger-kind';
import { EventTriggerOptions, ImagePushTriggerOptions } from './trigger-options';
import { pathHash } from '../../core/names';
import { inOrder } from '../../core/sorted';
import { IModelRegistry } from '../../registry/model-registry';
import { versionPattern } from '../../registry/version-events';
import { literalText } from '../definition/literal';
import { PipelineParameter } from '../definition/pipeline-parameter';
import { textParts } from '../definition/render';
import { executionPattern } from '../events/patterns';
import { RegisterModelStep } from '../steps/models/register-model-step';

/**
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html
 *
 * @internal
 */
export function imagePushTrigger(repository: IRepositoryRef, options: ImagePushTriggerOptions): TriggerKind {
  const { repositoryName } = repository.repositoryRef;
  const { imageTag: tag } = options;
  return eventTrigger({
    id: 'OnImagePush',
    role: 'an image is pushed',
    when: () => `an image is pushed${tag === undefined ? '' : ` as ${tag}`}`,
    says: () => [pathHash(repository), tag ?? ''],
    pattern: () => ({
      'source': ['aws.ecr'],
      'detail-type': ['ECR Image Action'],
      'detail': {
        'action-type': ['PUSH'],
        'result': ['SUCCESS'],
        'repository-name': [repositoryName],
        ...tag !== undefined && { 'image-tag': tag.includes('*') ? [{ wildcard: tag }] : [tag] },
      },
    }),
    sender: { name: 'a repository', env: repository.env },
    parameters: options.parameters,
    check: (name, _, problems) => problems.pattern(`${name}.imageTag`, tag, /^[A-Za-z0-9_*][A-Za-z0-9._*-]{0,127}$/, 'be a tag: up to 128 letters, digits, _, . and -, or * for any of them'),
  });
}

/**
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
 *
 * @internal
 */
export function codePipelineTrigger(pipeline: ICodePipelineRef, options: EventTriggerOptions): TriggerKind {
  return eventTrigger({
    id: 'OnCodePipeline',
    role: 'a code pipeline has succeeded',
    when: () => 'a code pipeline has succeeded',
    says: () => [pathHash(pipeline)],
    pattern: () => ({
      'source': ['aws.codepipeline'],
      'detail-type': ['CodePipeline Pipeline Execution State Change'],
      'detail': { pipeline: [pipeline.pipelineRef.pipelineName], state: ['SUCCEEDED'] },
    }),
    sender: { name: 'a code pipeline', env: pipeline.env },
    parameters: options.parameters,
  });
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 *
 * @internal
 */
export function alarmTrigger(alarm: IAlarmRef, options: EventTriggerOptions): TriggerKind {
  return eventTrigger({
    id: 'OnAlarm',
    role: 'an alarm goes off',
    when: () => 'an alarm goes off',
    says: () => [pathHash(alarm)],
    pattern: () => ({
      'source': ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      'resources': [alarm.alarmRef.alarmArn],
      'detail': { state: { value: ['ALARM'] } },
    }),
    sender: { name: 'an alarm', env: alarm.env },
    parameters: options.parameters,
  });
}

/**
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-pipeline
 *
 * @internal
 */
export function pipelineSuccessTrigger(pipeline: IPipelineRef, options: EventTriggerOptions): TriggerKind {
  return eventTrigger({
    id: 'OnPipeline',
    role: 'another pipeline has succeeded',
    when: () => 'another pipeline has succeeded',
    says: () => [pathHash(pipeline)],
    pattern: () => executionPattern(pipeline, pipeline.pipelineRef.pipelineName, ['Succeeded']),
    sender: { name: 'a pipeline', env: pipeline.env },
    parameters: options.parameters,
    startedBy: ({ scope }) => holds(scope, pipeline) ? 'succeeds' : undefined,
    check: (name, { scope }, problems) => problems.check(!holds(scope, pipeline), `${name} would start the pipeline again whenever it succeeds, for ever`),
  });
}

/**
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html#eventbridge-model-package
 *
 * @internal
 */
export function modelApprovedTrigger(registry: IModelRegistry, options: EventTriggerOptions): TriggerKind {
  return eventTrigger({
    id: 'OnModelApproved',
    role: 'a model is approved',
    when: () => 'a model is approved',
    says: () => [pathHash(registry)],
    pattern: () => versionPattern([registry], 'Approved'),
    sender: { name: 'a registry', env: registry.env },
    parameters: options.parameters,
    startedBy: ({ scope, steps }, own) => {
      const passed = scope === own.scope ? options.parameters : undefined; // what another is started with is not known
      return steps.some(s => s instanceof RegisterModelStep && approvesInto(s, registry, passed)) ? 'registers a model as Approved' : undefined;
    },
    check: (name, { steps }, problems) => {
      const certain = steps.filter(s => !steps.some(c => c._type === 'Condition' && c._all().includes(s))); // a condition may end it: a warning at synth
      const approving = certain.filter(s => s instanceof RegisterModelStep && approvesInto(s, registry, options.parameters)).map(s => `'${s.stepName}'`);
      problems.check(approving.length === 0, `${name} would start the pipeline again whenever ${approving.join(', ')} registers a model as Approved, for ever`);
    },
  });
}

/** Whether one stands in the other, as the pipeline of an MlTrainingPipeline does. */
function holds(scope: IConstruct, pipeline: IConstruct): boolean {
  return scope.node.scopes.includes(pipeline) || pipeline.node.scopes.includes(scope);
}

/** Whether an execution that the trigger starts registers a version that is approved at once, and so starts the next. */
function approvesInto(step: RegisterModelStep, registry: IModelRegistry, passed: EventTriggerOptions['parameters'] = {}): boolean {
  const [one, other] = [step._registry, registry].map(r => r.modelPackageGroupName);
  if (step._registry !== registry && one !== other) { return false; }
  const [part, ...rest] = textParts(step._approvalStatus);
  const parameter = part instanceof PipelineParameter && rest.length === 0 ? passed[part.parameterName] : undefined;
  return (parameter ?? literalText(step._approvalStatus)) === 'Approved';
}

/** A pattern in one order, whatever that is in which a language gives it: the id is made of it. */
function inOrderOf({ source, account, region, resources, id, time, version, detail, detailType }: EventPattern): object {
  const all = { source, account, region, resources, id, time, version, 'detail': inOrder(detail), 'detail-type': detailType };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** @internal */
export function anyEventTrigger(pattern: EventPattern, options: EventTriggerOptions): TriggerKind {
  const rendered = inOrderOf(pattern);
  return eventTrigger({
    id: 'OnEvent',
    role: 'an event arrives',
    when: () => 'an event arrives',
    says: () => [JSON.stringify(rendered)],
    pattern: () => rendered,
    parameters: options.parameters,
    check: (name, _, problems) => problems.check(Object.keys(rendered).length > 0, `${name} must say which events: PipelineTrigger.onEvent({ source: [...] })`),
  });
}
