import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** The definition of the only pipeline in a stack; references of CloudFormation are written as `${LogicalId.Attribute}`. */
export function definitionOf(stack: Stack): any {
  const pipelines = Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Pipeline'));
  if (pipelines.length !== 1) { throw new Error(`expected 1 pipeline, found ${pipelines.length}`); }
  return JSON.parse(text(pipelines[0].Properties.PipelineDefinition.PipelineDefinitionBody));
}

function text(value: any): string {
  if (typeof value === 'string') { return value; }
  if (value['Fn::Join']) { return value['Fn::Join'][1].map(text).join(value['Fn::Join'][0]); }
  if (value['Fn::GetAtt']) { return `\${${value['Fn::GetAtt'].join('.')}}`; }
  if (value['Fn::Sub']) { return value['Fn::Sub']; }
  if (value.Ref) { return `\${${value.Ref}}`; }
  throw new Error(`cannot read ${JSON.stringify(value)}`);
}
