/** CloudFormation's functions as cdk-nag writes them in the ids of its findings. */
export function flatten(value: any): string {
  if (value === undefined) { return ''; }
  if (typeof value === 'string') { return value.replace(/\$\{/g, '<').replace(/\}/g, '>'); }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(flatten).join(value['Fn::Join'][0]); }
  if (value['Fn::GetAtt']) { return `<${value['Fn::GetAtt'].map(flatten).join('.')}>`; }
  if (value['Fn::Sub'] ?? value['Fn::ImportValue']) { return flatten(value['Fn::Sub'] ?? value['Fn::ImportValue']); }
  return value.Ref ? `<${flatten(value.Ref)}>` : JSON.stringify(value);
}
