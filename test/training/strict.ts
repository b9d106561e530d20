import Ajv from 'ajv';
import schema from './reference/strict.schema.json';

const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** What the schema that was made of the service's own model finds wrong with a definition. */
export function strictFaults(definition: unknown): string[] {
  if (validate(definition)) { return []; }
  return (validate.errors ?? []).map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
}
