import { Layer, LAYERS, resourceType } from './resource-types';
import { groupBy } from '../json';
import { StackModel } from '../model';

export interface InventoryRow {
  readonly layer: Layer;
  readonly type: string;
  readonly name: string;
  readonly count: number;
  readonly purpose: string;
}

/** What the assembly is made of: one row for each type, in the order of the layers. */
export function inventory(stacks: readonly StackModel[]): InventoryRow[] {
  const groups = groupBy(stacks.flatMap(s => s.resources), r => r.type);
  const rows = [...groups].map(([type, resources]) => ({ ...resourceType(type), type, count: resources.length }));
  return LAYERS.flatMap(layer => rows.filter(r => r.layer === layer));
}
