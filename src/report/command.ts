import { writeFileSync } from 'fs';
import { verdictOf } from './compliance';
import { BadInput } from './files';
import { count } from './json';
import { pageOf } from './page';
import { reportOf } from './report';

const USAGE = `Usage: cdk-ml-report <cdk.out> [--out report.html]

Writes one self-contained HTML page about a synthesised AWS CDK app: its architecture, its SageMaker pipelines,
every permission in words, and the result of the compliance checks.`;

/** Runs the command and returns its exit code. */
export async function command(args: string[]): Promise<number> {
  try {
    await write(args);
    return 0;
  } catch (e) {
    // What the caller can put right is one line; anything else is a fault of this program and keeps its stack trace.
    if (!(e instanceof BadInput)) { throw e; }
    console.error(`cdk-ml-report: ${e.message}`);
    return 1;
  }
}

async function write(args: string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) { return console.log(USAGE); }
  const { directory, out } = parse(args);
  const report = reportOf(directory);
  const page = await pageOf(report);
  try {
    writeFileSync(out, page);
  } catch {
    throw new BadInput(`cannot write: ${out}`);
  }
  console.log(`${out}: ${count(report.stacks.length, 'stack')}, checks: ${verdictOf(report.compliance).words.toLowerCase()}`);
}

function parse(args: string[]): { directory: string; out: string } {
  const rest = [...args];
  const at = rest.findIndex(a => a === '--out' || a === '-o');
  const [, out] = at < 0 ? [] : rest.splice(at, 2);
  const [directory, ...more] = rest;
  if (directory === undefined || directory.startsWith('-') || more.length > 0 || (at >= 0 && out === undefined)) { throw new BadInput(USAGE.split('\n')[0]); }
  return { directory, out: out ?? 'report.html' };
}
