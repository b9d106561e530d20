import { Aws, CfnMapping, Stack, Token } from 'aws-cdk-lib';

/** Accounts by Region, and by what is looked for. */
type Rows = Record<string, Record<string, string>>;

/** The account in the Region of the stack: looked up at synth or, where the Region is only known at deployment, in a table that the stack has once. */
export function accountInRegion(stack: Stack, tableId: string, rows: Rows, column: string): string | undefined {
  if (!Token.isUnresolved(stack.region)) { return rows[stack.region]?.[column]; }
  const found = stack.node.tryFindChild(tableId) as CfnMapping | undefined;
  return (found ?? new CfnMapping(stack, tableId, { mapping: rows })).findInMap(Aws.REGION, column);
}
