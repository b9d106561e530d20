import { createHash } from 'crypto';
import { CfnMapping, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BUILT_DIGITS, BUILT_PREFIX } from '../tag-patterns';

/** Of CloudFormation's pseudo parameters, those that never change for a stack. */
const FIXED = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix'];

/** Functions whose value follows from their arguments. */
const PURE = ['Fn::Join', 'Fn::Select', 'Fn::Split'];

/** No function of CloudFormation, so nothing that is known. */
const UNKNOWN = { 'Fn::Unknown': '' };

/** The name of an image, which is only known at deployment, but whose content may be known before. */
export interface KnownContent {
  /** Decided by the content; undefined if that is only known at deployment as well. */
  readonly contentTag: string | undefined;
}

/** The tag of what is made from `parts`, and which of these are only known at deployment, so that there is none. */
export function contentTag(scope: IConstruct, parts: Record<string, unknown>): { readonly tag?: string; readonly unknown: string[] } {
  const texts = Object.entries(parts).map(([name, part]) => [name, knownText(scope, part)] as const);
  const unknown = texts.filter(([, text]) => text === undefined).map(([name]) => name);
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  return { unknown, tag: unknown.length > 0 ? undefined : `${BUILT_PREFIX}${hash.slice(0, BUILT_DIGITS)}` };
}

/** The value as the template has it, with the tables that it looks into; undefined if something else than the template decides it. */
function knownText(scope: IConstruct, value: unknown): string | undefined {
  const resolved = Tokenization.resolve([value], { scope, resolver: new ContentResolver(), preparing: false });
  const tables: unknown[] = [];
  return isKnown(Stack.of(scope), resolved, tables) ? JSON.stringify([resolved, tables]) : undefined;
}

function isKnown(stack: Stack, value: unknown, tables: unknown[]): boolean {
  if (typeof value !== 'object' || value === null) { return true; }
  return Object.entries(value).every(([key, v]) => {
    if (key === 'Ref') { return FIXED.includes(v); }
    if (key === 'Fn::FindInMap') { return isLookedUp(stack, v, tables); }
    return (!key.startsWith('Fn::') || PURE.includes(key)) && isKnown(stack, v, tables);
  });
}

function isLookedUp(stack: Stack, [name, ...keys]: unknown[], tables: unknown[]): boolean {
  const table = stack.node.findAll().find(c => c instanceof CfnMapping && c.stack === stack && stack.resolve(c.logicalId) === name);
  if (table !== undefined) { tables.push(stack.resolve((table as any)._toCloudFormation())); }
  return table !== undefined && isKnown(stack, keys, tables);
}

/** An image that is built counts by its content, wherever it lies; the parts of a text stay apart. */
class ContentResolver extends DefaultTokenResolver {
  constructor() {
    super({ join: (left, right) => [left, right] });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if ('contentTag' in token) { return (token as IResolvable & KnownContent).contentTag ?? UNKNOWN; }
    return super.resolveToken(token, context, postProcessor);
  }
}
