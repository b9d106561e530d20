import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Marks a value that is no text; never part of one, since JSON escapes it. */
const BARE = '\u0001';
const QUOTED_BARE = /"\\u0001(.*?)\\u0001"/g;

/** JSON in which CloudFormation's tokens still are string tokens, numbers and whole objects too. */
export function jsonWithTokens(value: unknown): string {
  return JSON.stringify(prepared(value)).replace(QUOTED_BARE, '$1');
}

function prepared(value: unknown): unknown {
  if (typeof value === 'number' && Token.isUnresolved(value)) { return bare(Tokenization.reverseNumber(value)!); }
  if (Array.isArray(value)) { return value.map(prepared); }
  if (value === null || typeof value !== 'object') { return value; }
  if (Tokenization.isResolvable(value)) { return bare(value); }
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, prepared(v)]));
}

function bare(token: IResolvable): string {
  return `${BARE}${Token.asString(token)}${BARE}`;
}

/** The same with what each token stands for in its place, which does not depend on what else the app makes. */
export function stableText(scope: IConstruct, text: string): string {
  const fragments = Tokenization.reverseString(text).mapTokens({ mapToken: token => nameOf(scope, token) });
  return fragments.join({ join: (left, right) => `${left ?? ''}${right ?? ''}` });
}

/** A reference is known by its target at any time; other tokens by what they become. */
function nameOf(scope: IConstruct, token: IResolvable): string {
  if (Reference.isReference(token)) { return `<${token.target.node.path}.${token.displayName}>`; }
  return JSON.stringify(Stack.of(scope).resolve(token)) ?? '';
}

/**
 * What the references in a text point to, as their properties say it at synth: another Dockerfile, another name. Those of what they point to in turn, imported
 * values and values of parameters at deployment are not in it.
 */
export function targetsText(scope: IConstruct, text: string): string {
  const resolver = new ReferencesResolver();
  Tokenization.resolve(text, { scope, resolver, preparing: false });
  return [...resolver.found].map(element => [element.node.path, JSON.stringify(propertiesOf(element))].join(' ')).sort().join('\n');
}

/** Collects what references point to, those inside of other tokens too. */
class ReferencesResolver extends DefaultTokenResolver {
  public readonly found = new Set<CfnElement>();

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    if (Reference.isReference(token) && CfnElement.isCfnElement(token.target)) { this.found.add(token.target); }
    return super.resolveToken(token, context, postProcessor);
  }
}

/** Of a resource without what says nothing of it, such as its metadata; of a parameter everything. */
function propertiesOf(element: CfnElement): unknown {
  const { Resources, ...others } = Stack.of(element).resolve((element as any)._toCloudFormation());
  return Resources === undefined ? others : Object.values<any>(Resources).map(({ Type, Properties }) => ({ Type, Properties }));
}
