import { Construct } from 'constructs';
import { Problems } from '../../../core/problems';
import { Permission } from '../../../identity/permission-statement';

/** What an input needs of the step and the pipeline around it. */
export interface InputContext {
  readonly scope: Construct;
  /** The key of the jobs. */
  readonly keyArn?: string;
  /** Where the answer of a query goes if nothing else is said. */
  readonly defaultUri: () => string;
}

/** Where an input comes from. */
export interface InputSource {
  check(name: string, problems: Problems): void;
  /** What the role of the job needs. */
  permissions(context: InputContext): Permission[];
  render(localPath: string, context: InputContext): object;
}
