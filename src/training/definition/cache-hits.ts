import { PlacedStep, Reading, readingsOf } from './placed-step';

/** What differs in each execution. */
const CHANGING = ['Execution.PipelineExecutionId', 'Execution.PipelineExecutionArn', 'Execution.StartDateTime', 'Execution.CurrentDateTime'];

/** Where a job writes, which SageMaker does not compare. https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-default-keys.html */
const OUTPUTS = [
  'CheckpointConfig', 'DataCaptureConfig', 'DebugHookConfig', 'ExperimentConfig', 'OutputDataConfig', 'ProcessingOutputConfig', 'ProfilerConfig', 'TensorBoardOutputConfig',
  'TransformOutput',
];

/** Outputs that lie below the name of a job, which each run makes anew. */
const NAMED: Record<string, RegExp> = {
  Training: /^ModelArtifacts\./,
  Tuning: /^(BestTrainingJob|TrainingJobSummaries)\b/,
  AutoML: /^BestCandidate/,
};

/** Why the arguments of a cached step are others in each execution, so that no result is used again; undefined if nothing tells. */
export function neverHit(all: PlacedStep[]): Map<PlacedStep, string | undefined> {
  const known = new Map<PlacedStep, string | undefined>();
  const why = (placed: PlacedStep): string | undefined => {
    if (!known.has(placed)) {
      known.set(placed, undefined);
      known.set(placed, whyChanging(placed, all, from => !from.step._isCached || why(from) !== undefined));
    }
    return known.get(placed);
  };
  all.filter(p => p.step._isCached).forEach(why);
  return known;
}

/** What makes the arguments of a step differ in each execution, if anything tells. */
function whyChanging({ rendered }: PlacedStep, all: PlacedStep[], alwaysRuns: (from: PlacedStep) => boolean): string | undefined {
  const compared = readingsOf(withoutOutputs(rendered.Arguments));
  const own = compared.find(r => CHANGING.includes(r.path));
  if (own !== undefined) { return `its arguments hold ${own.path}, which differs in each execution`; }
  for (const reading of compared) {
    const from = all.find(p => p.step === reading.variable?._step);
    if (from !== undefined && moves(from, reading) && alwaysRuns(from)) {
      const remedy = from.step._isCached ? '' : `: cache '${from.step.stepName}' too`;
      return `it reads the output of '${from.step.stepName}', which runs in each execution and writes elsewhere each time${remedy}`;
    }
  }
  return undefined;
}

/** Whether what is read lies elsewhere after each run: SageMaker puts models below the name of the job, everything else goes where it is told. */
function moves(from: PlacedStep, { path }: Reading): boolean {
  const member = path.split('.').slice(2).join('.');
  if (NAMED[from.step._type] !== undefined) { return NAMED[from.step._type].test(member); }
  const output = /^ProcessingOutputConfig\.Outputs\['([^']*)'\]/.exec(member)?.[1];
  const outputs = from.rendered.Arguments?.ProcessingOutputConfig?.Outputs;
  const written = output !== undefined && Array.isArray(outputs) ? outputs.find((o: any) => o?.OutputName === output) : undefined;
  const transformed = member.startsWith('TransformOutput.') ? from.rendered.Arguments?.TransformOutput : undefined;
  return readingsOf(written ?? transformed).some(r => CHANGING.includes(r.path));
}

function withoutOutputs(value: any): any {
  if (Array.isArray(value)) { return value.map(withoutOutputs); }
  if (value === null || typeof value !== 'object' || value.resolve !== undefined) { return value; }
  return Object.fromEntries(Object.entries(value).filter(([key]) => !OUTPUTS.includes(key)).map(([key, inner]) => [key, withoutOutputs(inner)]));
}
