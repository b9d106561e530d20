import Ajv from 'ajv';
import schema from './reference/strict.schema.json';
import { graphFaults } from './strict-graph';

const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** What is wrong with a definition, by the schema that was made of the service's own model and by its own references. */
export function strictFaults(definition: any): string[] {
  const faults = schemaFaults(definition);
  return faults.length > 0 ? faults : [...schemaFaults(withNumbers(definition)).map(fault => `a number in a place for text: ${fault}`), ...graphFaults(definition)];
}

function schemaFaults(definition: unknown): string[] {
  if (validate(definition)) { return []; }
  return (validate.errors ?? []).map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}

const SAMPLES: Record<string, unknown> = { Integer: 1, Float: 1, Boolean: true };

/** The definition with a number in place of each parameter that is one, so that the schema sees where it stands; joins make text of anything. */
function withNumbers(definition: any): any {
  const samples = new Map<string, unknown>(definition.Parameters.filter((p: any) => p.Type in SAMPLES).map((p: any) => [`Parameters.${p.Name}`, SAMPLES[p.Type]]));
  const replaced = (value: any): any => {
    if (Array.isArray(value)) { return value.map(replaced); }
    if (typeof value !== 'object' || value === null || 'Std:Join' in value) { return value; }
    if (samples.has(value.Get)) { return samples.get(value.Get); }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
  };
  return replaced(definition);
}
