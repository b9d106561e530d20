import { isObject, listOf, objectOf } from './json';
import { StackModel } from './model';
import { functionOf, References } from './references';

const PSEUDO: Record<string, string> = {
  'AWS::AccountId': '‹account›',
  'AWS::Region': '‹region›',
  'AWS::Partition': '‹partition›',
  'AWS::URLSuffix': '‹url suffix›',
  'AWS::StackName': '‹stack name›',
  'AWS::StackId': '‹stack id›',
  'AWS::NoValue': '',
};

/** Turns a value of a template into text: what is only known when the stack deploys stands in ‹ ›, resources by construct path. */
export class TemplateText {
  constructor(public readonly references: References) {}

  public of(stack: StackModel, value: unknown): string {
    if (!isObject(value)) { return Array.isArray(value) ? value.map(v => this.of(stack, v)).join(', ') : String(value ?? ''); }
    const [name, argument] = functionOf(value) ?? [];
    if (name === 'Fn::Join') {
      const [delimiter, parts] = listOf(argument);
      return listOf(parts).map(p => this.of(stack, p)).join(String(delimiter));
    }
    if (name === 'Fn::Sub') { return this.substituted(stack, listOf(argument)); }
    const reference = this.references.follow(stack, value);
    if (reference !== undefined) { return this.reference(reference.stack, reference.logicalId, reference.attribute ?? ''); }
    if (name === 'Fn::ImportValue') { return `‹import ${this.of(stack, argument)}›`; }
    if (name === 'Fn::Base64') { return this.of(stack, argument); }
    return `‹${name === undefined ? JSON.stringify(value) : `${name} ${JSON.stringify(argument)}`}›`;
  }

  private reference(stack: StackModel, logicalId: string, attribute: string): string {
    const pseudo = PSEUDO[logicalId];
    if (pseudo !== undefined) { return pseudo; }
    const resource = this.references.resource({ stack, logicalId });
    if (resource === undefined) { return `‹parameter ${logicalId}›`; }
    // An ARN is the resource itself, for a reader.
    return attribute === '' || attribute.endsWith('Arn') ? `‹${resource.path}›` : `‹${resource.path}.${attribute}›`;
  }

  private substituted(stack: StackModel, [text, variables]: readonly unknown[]): string {
    return String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) { return `\${${name.slice(1)}}`; }
      const variable = objectOf(variables)[name];
      if (variable !== undefined) { return this.of(stack, variable); }
      const [logicalId, ...attribute] = name.split('.');
      return this.reference(stack, logicalId, attribute.join('.'));
    });
  }
}
