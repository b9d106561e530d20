import { Tokenization } from 'aws-cdk-lib';
import { PipelineVariable } from './pipeline-variable';

/** A number where the service wants a text; variables stay variables. */
export function numberText(value: number): string {
  const token = Tokenization.reverseNumber(value);
  return token instanceof PipelineVariable ? token.asString() : Tokenization.stringifyNumber(value);
}
