import { PipelineVariable } from '../../definition/pipeline-variable';
import { ReportMetric } from '../../definition/report-metric';
import { PipelineStep } from '../pipeline-step';

/** A value of a step of the body of a ForEachStep, and where the step has it; undefined if it is none. */
export function bodyOutput(variable: PipelineVariable, body: PipelineStep[]): { step: PipelineStep; path: string } | undefined {
  const [, stepName, path] = /^Steps\.([^.]+)\.(.+)$/.exec(variable.path) ?? [];
  const step = body.find(s => variable._step === undefined ? s.stepName === stepName : s === variable._step);
  return step === undefined || path === undefined || variable instanceof ReportMetric ? undefined : { step, path };
}
