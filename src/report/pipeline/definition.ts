import { isObject, JsonObject, listOf, objectOf } from '../json';
import { Resource, StackModel } from '../model';
import { functionOf } from '../references';
import { TemplateText } from '../template-text';

/** A pipeline of the assembly, with its definition as far as it can be read. */
export interface PipelineModel {
  readonly resource: Resource;
  readonly name: string;
  readonly definition?: JsonObject;
  /** Why there is no definition. */
  readonly problem?: string;
}

export function pipelines(stacks: readonly StackModel[], text: TemplateText): PipelineModel[] {
  return stacks.flatMap(s => s.resources).filter(r => r.type === 'AWS::SageMaker::Pipeline').map(resource => {
    const name = resource.properties.PipelineName === undefined ? resource.path : text.of(resource.stack, resource.properties.PipelineName);
    return { resource, name, ...definitionOf(resource, text) };
  });
}

function definitionOf({ stack, properties }: Resource, text: TemplateText): { definition?: JsonObject; problem?: string } {
  const { PipelineDefinitionBody: body, PipelineDefinitionS3Location: location } = objectOf(properties.PipelineDefinition);
  if (location !== undefined) {
    const { Bucket, Key } = objectOf(location);
    return { problem: `Its definition lies in S3, at s3://${text.of(stack, Bucket)}/${text.of(stack, Key)}.` };
  }
  try {
    const definition: unknown = typeof body === 'string' || functionOf(body) !== undefined ? JSON.parse(jsonText(stack, body, text)) : body;
    return isObject(definition) ? { definition } : { problem: 'Its definition is empty.' };
  } catch {
    return { problem: 'Its definition is not JSON before the stack deploys, so it cannot be drawn.' };
  }
}

/** The body with what CloudFormation fills in replaced by words, which stand inside strings of JSON. */
function jsonText(stack: StackModel, body: unknown, text: TemplateText): string {
  const [name, argument] = functionOf(body) ?? [];
  if (name === 'Fn::Join') {
    const [delimiter, parts] = listOf(argument);
    return listOf(parts).map(p => typeof p === 'string' ? p : inString(text.of(stack, p))).join(String(delimiter));
  }
  if (name !== 'Fn::Sub') { return String(body); }
  const [template, variables] = listOf(argument);
  return String(template).replace(/\$\{[^}]+\}/g, part => inString(text.of(stack, { 'Fn::Sub': [part, objectOf(variables)] })));
}

function inString(words: string): string {
  return JSON.stringify(words).slice(1, -1);
}
