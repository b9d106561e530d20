import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { Evidence, EvidenceRow } from './evidence';
import { Finding, Pass } from '../finding';
import { areOurs } from '../ours';

/** What judging one construct has given. */
export interface Judgement {
  readonly enforcement: string;
  readonly resources: CfnResource[];
  readonly packs: { readonly pack: string; readonly findings: Finding[]; readonly passes: Pass[] }[];
}

/** The constructs of a stage that are still to be judged in this synth, and what was said of the others. */
interface Collected {
  readonly waiting: Set<IConstruct>;
  readonly judged: Evidence['constructs'][number][];
  readonly rows: EvidenceRow[];
}

const stages = new WeakMap<IConstruct, Collected>();

/**
 * Takes in what was found in one construct, and writes the evidence beside the templates when the last one of its stage has been judged: then also
 * if findings stop synth, which writes no templates.
 */
export function collect(scope: IConstruct, judgement: Judgement): void {
  const stage = Stage.of(scope)!;
  const collected = stages.get(stage) ?? { waiting: new Set(areOurs(stage).filter(c => Stage.of(c) === stage)), judged: [], rows: [] };
  stages.set(stage, collected);
  collected.waiting.delete(scope);
  if (judgement.resources.length > 0) {
    collected.judged.push({ construct: scope.node.path, enforcement: judgement.enforcement, resources: judgement.resources.length });
    collected.rows.push(...rowsOf(scope, judgement));
  }
  if (collected.waiting.size > 0) { return; }
  stages.delete(stage);
  // Loaded only where it is asked for.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  (require('./write') as typeof import('./write')).writeEvidence(stage.outdir, collected.judged, collected.rows);
}

function rowsOf(scope: IConstruct, { resources, packs }: Judgement): EvidenceRow[] {
  const byPath = new Map(resources.map(r => [r.node.path, r]));
  const place = (path: string) => {
    const resource = byPath.get(path)!;
    const stack = Stack.of(resource);
    return {
      construct: scope.node.path,
      resource: path,
      logicalId: stack.resolve(resource.logicalId),
      type: resource.cfnResourceType,
      template: stack.templateFile,
    };
  };
  return packs.flatMap(({ pack, findings, passes }): EvidenceRow[] => [
    ...findings.map(f => ({
      pack,
      rule: f.rule,
      verdict: f.reason === undefined ? 'open' as const : 'accepted' as const,
      level: f.level,
      control: controlOf(f),
      info: f.info,
      reason: f.reason,
      acceptances: f.acceptances,
      ...place(f.path),
    })),
    ...passes.map(p => ({ pack, rule: p.rule, verdict: 'passed' as const, control: controlOf(p), info: p.info, ...place(p.path) })),
  ]);
}

/** The packs of cdk-nag name controls at the end of what they say. */
function controlOf({ control, info }: Pass): string | undefined {
  return control ?? /\(Control IDs?: (.*)\)\.?$/.exec(info)?.[1];
}
