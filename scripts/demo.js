'use strict';
// From a fresh clone to an architecture on screen: installs, compiles, synthesises the example, runs its checks, shows what was made.
const fs = require('node:fs');
const path = require('node:path');
const { ensureCompiled } = require('./lib/compiled');
const { synthesise } = require('./lib/demo-app');
const { ROOT } = require('./lib/exec');
const { ensureInstalled } = require('./lib/setup');

const OUT = path.join(ROOT, 'demo-out');
const LOG = path.join(OUT, 'demo.log');
const CDK_OUT = path.join(OUT, 'cdk.out');
const EXAMPLE = path.join('examples', 'typescript', 'abalone');

/** Says what happens and how long it took; `work` may return false for "nothing to do". */
function step(words, work) {
  process.stdout.write(`${words} … `);
  const start = Date.now();
  let did;
  try {
    did = work();
  } catch (error) {
    throw new Error(`${words}: ${error.message}. All output: ${path.relative(process.cwd(), LOG)}`);
  }
  console.log(did === false ? 'up to date' : `${((Date.now() - start) / 1000).toFixed(1)} s`);
}

async function main() {
  fs.mkdirSync(OUT, { recursive: true });
  fs.rmSync(LOG, { force: true });
  step('Installing dependencies', () => ensureInstalled(LOG));
  step('Compiling the library', () => ensureCompiled(path.join(OUT, 'compiled.sha256'), LOG));
  // The checks are part of the constructs: a finding stops synth.
  step(`Synthesising and checking ${EXAMPLE}`, () => synthesise(path.join(ROOT, EXAMPLE), path.join(OUT, 'app'), CDK_OUT, LOG));

  const { reportOf, pageOf, summaryText } = require('../lib/report');
  const report = reportOf(CDK_OUT);
  const file = path.join(OUT, 'report.html');
  fs.writeFileSync(file, await pageOf(report));
  console.log(`\n${summaryText(report)}\n`);
  const below = name => path.relative(process.cwd(), path.join(CDK_OUT, name));
  console.log(`Templates: ${below('')}\nReport:    ${path.relative(process.cwd(), file)} (open it in a browser)\nEvidence:  ${below('compliance-report')}.{json,html,sarif}`);
}

/** The end of what the failed program wrote. */
function lastWords() {
  return fs.existsSync(LOG) ? fs.readFileSync(LOG, 'utf8').trimEnd().split('\n').slice(-25).join('\n') : '';
}

main().catch(error => {
  console.error(`\n${lastWords()}\n\nThe demo failed. ${error.message}`);
  process.exitCode = 1;
});
