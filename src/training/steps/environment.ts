import { Token } from 'aws-cdk-lib';
import { Problems } from '../../core/problems';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
const KEY = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const MAX_ENTRIES = 100;

/** Names that a shell takes, and values of at most `maxValue` characters. */
export function checkEnvironment(name: string, environment: { [name: string]: string } | undefined, maxValue: number, problems: Problems): void {
  const entries = Object.entries(environment ?? {});
  problems.count(name, entries, 0, MAX_ENTRIES);
  for (const [key, value] of entries) {
    problems.pattern(`${name} key`, key, KEY, 'be letters, digits and _, and not begin with a digit');
    if (!Token.isUnresolved(value)) { problems.range(`${name}.${key} (characters)`, value.length, 0, maxValue); }
  }
}
