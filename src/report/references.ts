import { isObject, JsonObject, listOf, objectOf } from './json';
import { Resource, StackModel } from './model';

/** What a CloudFormation function points to. */
export interface Reference {
  readonly stack: StackModel;
  readonly logicalId: string;
  readonly attribute?: string;
}

/** Follows the references of templates, from stack to stack too. */
export class References {
  private readonly resources = new Map<string, Resource>();
  private readonly exports = new Map<string, { stack: StackModel; value: unknown }>();

  constructor(stacks: readonly StackModel[]) {
    for (const stack of stacks) {
      stack.resources.forEach(r => this.resources.set(r.key, r));
      for (const output of Object.values(stack.outputs).map(objectOf)) {
        this.exports.set(JSON.stringify(objectOf(output.Export).Name), { stack, value: output.Value });
      }
    }
  }

  /** The reference that `value` is, if it is one to a resource or a parameter of a stack. */
  public follow(stack: StackModel, value: unknown): Reference | undefined {
    const [name, argument] = functionOf(value) ?? [];
    if (name === 'Ref') { return { stack, logicalId: String(argument) }; }
    if (name === 'Fn::GetAtt') {
      const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : listOf(argument).map(String);
      return { stack, logicalId, attribute: attribute.join('.') };
    }
    if (name !== 'Fn::ImportValue') { return undefined; }
    const exported = this.exports.get(JSON.stringify(argument));
    return exported === undefined ? undefined : this.follow(exported.stack, exported.value);
  }

  public resource(reference: Reference): Resource | undefined {
    return this.resources.get(`${reference.stack.key}.${reference.logicalId}`);
  }

  /** All resources that `value` mentions, in order of appearance. */
  public within(stack: StackModel, value: unknown): Resource[] {
    if (Array.isArray(value)) { return value.flatMap(v => this.within(stack, v)); }
    if (!isObject(value)) { return []; }
    const reference = this.follow(stack, value);
    const found = reference === undefined ? undefined : this.resource(reference);
    if (found !== undefined) { return [found]; }
    const inSub = substitutions(value).flatMap(r => this.resource({ stack, logicalId: r.split('.')[0] }) ?? []);
    return [...inSub, ...Object.values(value).flatMap(v => this.within(stack, v))];
  }
}

/** A CloudFormation function is an object with one key of a certain form. */
export function functionOf(value: unknown): [string, unknown] | undefined {
  if (!isObject(value)) { return undefined; }
  const [entry, ...more] = Object.entries(value);
  return entry !== undefined && more.length === 0 && (entry[0] === 'Ref' || entry[0].startsWith('Fn::')) ? entry : undefined;
}

function substitutions(value: JsonObject): string[] {
  const text = listOf(value['Fn::Sub'])[0];
  return typeof text === 'string' ? [...text.matchAll(/\$\{([^!}]+)\}/g)].map(m => m[1]) : [];
}
