import { acceptanceOf, checkAcceptance } from './acceptance';
import { decidingStep } from './measure-names';
import { TrainingPipelineEvaluation } from './training-pipeline-evaluation';
import { TrainingPipelineProcessing } from './training-pipeline-processing';
import { Problems } from '../../core/problems';
import { PipelineParameter } from '../definition/pipeline-parameter';
import { MlTrainingPipelineProps } from '../ml-training-pipeline-props';
import { ConditionStep } from '../steps/flow/condition-step';
import { DEFAULT_INSTANCE_TYPE } from '../steps/instances';
import { APPROVAL_STATUSES, DEFAULT_APPROVAL_STATUS } from '../steps/models/approval-status';
import { RegisterModelStep } from '../steps/models/register-model-step';
import { ProcessingInput } from '../steps/processing/processing-input';
import { ProcessingOutput } from '../steps/processing/processing-output';
import { ProcessingStep } from '../steps/processing/processing-step';
import { TrainingChannel } from '../steps/training/training-channel';
import { TrainingStep } from '../steps/training/training-step';
import { InputObject } from '../triggers/input-object';

/** Every default stands here, and only here. */
const DEFAULTS = {
  instanceCount: 1,
  contentType: 'text/csv',
  preprocess: ['python3', '/opt/ml/code/preprocess.py'],
  evaluate: ['python3', '/opt/ml/code/evaluate.py'],
};

const REPORT = 'EvaluationReport';
const UNKNOWN = 's3://unknown/';

/** What the steps themselves cannot check, since it is about how they fit together. */
export function checkTrainingSteps(props: MlTrainingPipelineProps, problems: Problems): void {
  const { processing, training, evaluation, acceptance } = props;
  const lists = { 'processing.outputs': processing.outputs, 'training.channels': training.channels, 'evaluation.inputs': evaluation.inputs };
  Object.entries(lists).forEach(([name, list]) => problems.knownList(name, list));
  problems.check(processing.outputs.length > 0, 'processing.outputs must hold 1 to 10 entries, got 0');
  training.channels.forEach((c, i) => problems.oneOf(`training.channels[${i}]`, c, processing.outputs));
  evaluation.inputs?.forEach((c, i) => problems.oneOf(`evaluation.inputs[${i}]`, c, processing.outputs));
  checkAcceptance(acceptance, problems);
}

/** The steps of the pipeline. */
export interface TrainingSteps {
  readonly process: ProcessingStep;
  readonly train: TrainingStep;
  readonly evaluate: ProcessingStep;
  readonly register: RegisterModelStep;
  readonly check: ConditionStep;
  /** In the order in which they are shown. */
  readonly parameters: PipelineParameter[];
}

/** The steps, and their parameters. */
export function trainingSteps(props: MlTrainingPipelineProps): TrainingSteps {
  const { processing, training, evaluation, registration } = props;
  const input = inputOf(props);
  const processingType = PipelineParameter.text('ProcessingInstanceType', { defaultValue: processing.instanceType ?? DEFAULT_INSTANCE_TYPE });
  const processingCount = PipelineParameter.integer('ProcessingInstanceCount', { defaultValue: processing.instanceCount ?? DEFAULTS.instanceCount });
  const trainingType = PipelineParameter.text('TrainingInstanceType', { defaultValue: training.instanceType ?? DEFAULT_INSTANCE_TYPE });
  const evaluationType = evaluation.instanceType === undefined ? [] : [PipelineParameter.text('EvaluationInstanceType', { defaultValue: evaluation.instanceType })];
  const status = registration.approvalStatus ?? DEFAULT_APPROVAL_STATUS;
  const approval = PipelineParameter.text('ModelApprovalStatus', { defaultValue: status, allowedValues: APPROVAL_STATUSES });

  const process = new ProcessingStep('Process', {
    ...jobOf(processing, DEFAULTS.preprocess),
    arguments: ['--input-data', input.uri],
    inputs: [ProcessingInput._of('input-1', input.uri, props.data, { localPath: '/opt/ml/processing/input' })],
    outputs: processing.outputs.map(name => ProcessingOutput.of(name)),
    instanceType: processingType.asString(),
    instanceCount: processingCount.asNumber(),
  });
  // an unknown output is a problem that is told together with the others
  const prepared = (name: string) => processing.outputs.includes(name) ? process.output(name) : UNKNOWN;
  const contentType = training.contentType ?? DEFAULTS.contentType;
  const train = new TrainingStep('Train', {
    ...training,
    channels: training.channels.map(name => TrainingChannel.s3(name, prepared(name), { contentType })),
    instanceType: trainingType.asString(),
  });
  const held = evaluation.inputs ?? processing.outputs.filter(name => !training.channels.includes(name));
  const evaluate = new ProcessingStep('Evaluate', {
    ...jobOf(evaluation, DEFAULTS.evaluate),
    inputs: [ProcessingInput.s3('model', train.modelArtifact), ...held.map(name => ProcessingInput.s3(name, prepared(name)))],
    outputs: [ProcessingOutput.of('evaluation')],
    report: { outputName: 'evaluation', path: evaluation.report, reportName: REPORT },
    instanceType: (evaluationType[0] ?? processingType).asString(),
  });
  const register = new RegisterModelStep('Register', {
    ...registration,
    modelArtifact: train.modelArtifact,
    qualityReport: registration.metrics?.qualityStatistics === undefined ? `${evaluate.output('evaluation')}/${evaluation.report}` : undefined,
    approvalStatus: approval.asString(),
  });
  const { condition, thresholds, measure, failure } = acceptanceOf(props.acceptance, evaluate);
  const check = new ConditionStep(decidingStep('Check', measure), { condition, ifSteps: [register], elseSteps: [failure] });
  const parameters = [...input.parameters, processingType, processingCount, trainingType, ...evaluationType, ...thresholds, approval];
  return { process, train, evaluate, register, check, parameters };
}

/** What both processings can say; code says itself what runs. */
function jobOf(said: TrainingPipelineProcessing | TrainingPipelineEvaluation, command: string[]) {
  const { image, code, entrypoint, volumeSize, maxRuntime, environment, cache, retries } = said;
  return { image, code, entrypoint: entrypoint ?? (code === undefined ? command : undefined), volumeSize, maxRuntime, environment, cache, retries };
}

/** The parameter InputData; bucket and key of an object in its place if a trigger passes them. */
function inputOf({ data, triggers = [] }: MlTrainingPipelineProps): { uri: string; parameters: PipelineParameter[] } {
  if (triggers.some(t => t._passesObject)) {
    const { uri, bucketParameter, keyParameter } = InputObject.of(data);
    return { uri, parameters: [bucketParameter, keyParameter] };
  }
  const inputData = PipelineParameter.text('InputData', { defaultValue: data.uri });
  return { uri: inputData.asString(), parameters: [inputData] };
}
