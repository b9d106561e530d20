import { architecture, Architecture } from './architecture/architecture';
import { inventory, InventoryRow } from './architecture/inventory';
import { readAssembly, readEvidence } from './assembly';
import { complianceOf, ComplianceReport } from './compliance';
import { permissions } from './iam/policies';
import { StackModel } from './model';
import { PipelineModel, pipelines } from './pipeline/definition';
import { References } from './references';
import { TemplateText } from './template-text';

/** Everything that the page says, without a word of HTML. */
export interface Report {
  readonly stacks: readonly StackModel[];
  readonly architecture: Architecture;
  readonly inventory: InventoryRow[];
  readonly pipelines: PipelineModel[];
  readonly permissions: ReturnType<typeof permissions>;
  readonly compliance: ComplianceReport;
}

/** Reads a cloud assembly. */
export function reportOf(directory: string): Report {
  const stacks = readAssembly(directory);
  const references = new References(stacks);
  const text = new TemplateText(references);
  return {
    stacks,
    architecture: architecture(stacks, references),
    inventory: inventory(stacks),
    pipelines: pipelines(stacks, text),
    permissions: permissions(stacks, text),
    compliance: complianceOf(stacks, readEvidence(directory)),
  };
}
