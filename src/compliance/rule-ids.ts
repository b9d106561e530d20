/** Core writes the ids behind this word, in either case, depending on its version. */
const CORE_PREFIX = /^annotation::/i;

/** The rule that an id means, written with core's prefix or without. */
export function ruleOf(id: string): string {
  return id.replace(CORE_PREFIX, '');
}

/** The id under which AwsSolutions reports a wildcard resource of a policy. */
export function wildcardRule(resolved: unknown): string {
  return `AwsSolutions-IAM5[Resource::${flatten(resolved)}]`;
}

/** CloudFormation's functions as cdk-nag writes them in the ids of its findings. */
export function flatten(value: any): string {
  if (value === undefined) { return ''; }
  if (typeof value === 'string') { return value.replace(/\$\{/g, '<').replace(/\}/g, '>'); }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(flatten).join(value['Fn::Join'][0]); }
  if (value['Fn::GetAtt']) { return `<${value['Fn::GetAtt'].map(flatten).join('.')}>`; }
  if (value['Fn::Sub'] ?? value['Fn::ImportValue']) { return flatten(value['Fn::Sub'] ?? value['Fn::ImportValue']); }
  return value.Ref ? `<${flatten(value.Ref)}>` : JSON.stringify(value);
}
