import { PipelineParameter } from './pipeline-parameter';
import { renderVariables } from './render';
import { PipelineStep } from '../steps/pipeline-step';
import { StepContext } from '../steps/step-context';
import { MlflowTracking } from '../tracking/mlflow-tracking';
import { PipelineExperiment, renderExperiment } from '../tracking/pipeline-experiment';

/** What a definition is made of. */
export interface DefinitionParts {
  readonly steps: PipelineStep[];
  readonly parameters?: PipelineParameter[];
  readonly experiment?: PipelineExperiment;
  readonly mlflow?: MlflowTracking;
}

/** A definition, with CloudFormation's tokens still in it, and the parameters in the order given, then in the order of use. */
export function renderDefinition(parts: DefinitionParts, context: StepContext): { definition: object; parameters: PipelineParameter[] } {
  const used: PipelineParameter[] = [];
  const render = (value: unknown) => renderVariables(value, v => v instanceof PipelineParameter && used.push(v));
  const experiment = render(renderExperiment(parts.experiment));
  const mlflow = parts.mlflow && { MlflowConfig: render(parts.mlflow._render()) };
  const steps = parts.steps.map(s => render(s._render(context)));
  const parameters = [...new Set([...parts.parameters ?? [], ...used])];
  const definition = {
    Version: '2020-12-01',
    Metadata: {},
    Parameters: parameters.map(p => renderVariables(p._render(), () => undefined)),
    PipelineExperimentConfig: experiment,
    ...mlflow,
    Steps: steps,
  };
  return { definition, parameters };
}
