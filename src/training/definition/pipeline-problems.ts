import { Tokenization } from 'aws-cdk-lib';
import { PipelineParameter } from './pipeline-parameter';
import { Problems } from '../../core/problems';

/** Problems of a pipeline, in which a number may be a parameter: its default is what an execution uses that says nothing else. */
export class PipelineProblems extends Problems {
  protected known(name: string, value: number | undefined): { name: string; value: number } | undefined {
    const token = value === undefined ? undefined : Tokenization.reverseNumber(value);
    if (!(token instanceof PipelineParameter)) { return super.known(name, value); }
    return super.known(`${name} (default of the parameter '${token.parameterName}')`, token._defaultValue as number | undefined);
  }
}
