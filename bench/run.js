'use strict';
// What the constructs cost at synth, against the same resources written by hand. Every figure is CPU time of whole processes; compare the
// ratios, which are taken pair by pair in one interleaved run, and never the milliseconds of two runs.
const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ensureInstalled } = require('../scripts/lib/setup');

const ROOT = path.resolve(__dirname, '..');
const ADAPTERS = ['l1', 'ours', 'ours-checked'];
const COUNTS = [1, 50];
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const ENV = { ...process.env, CDK_VALIDATION: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));

function run(adapter, count) {
  const args = [path.join(__dirname, 'worker.js'), adapter, String(count), path.join(scratch, `${adapter}-${count}`)];
  return JSON.parse(execFileSync(process.execPath, args, { env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

/** Instructions of one run, where the machine counts them. */
function instructions(adapter, count) {
  const args = ['stat', '-x', ',', '-e', 'instructions:u', process.execPath, path.join(__dirname, 'worker.js'), adapter, String(count), path.join(scratch, 'perf')];
  const { status, stderr } = spawnSync('perf', args, { env: ENV, encoding: 'utf8' });
  const counted = Number((stderr ?? '').trim().split('\n').at(-1)?.split(',')[0]);
  return status === 0 && counted > 0 ? counted : undefined;
}

/** The resources of both must be the same, or the comparison says nothing. */
function assertSameResources() {
  const types = adapter => {
    const template = JSON.parse(fs.readFileSync(path.join(scratch, `${adapter}-1`, 'Serving.template.json'), 'utf8'));
    return Object.values(template.Resources).map(r => r.Type).sort().join();
  };
  for (const adapter of ADAPTERS) {
    if (types(adapter) !== types('l1')) { throw new Error(`${adapter} makes other resources than l1: ${types(adapter)} / ${types('l1')}`); }
  }
}

const sorted = values => [...values].sort((a, b) => a - b);
const median = values => sorted(values)[Math.floor(values.length / 2)];
const spread = values => `${median(values).toFixed(2)} (${sorted(values)[0].toFixed(2)}–${sorted(values).at(-1).toFixed(2)})`;

function measure() {
  const results = new Map(ADAPTERS.flatMap(a => COUNTS.map(n => [`${a} ${n}`, []])));
  for (const adapter of ADAPTERS) { COUNTS.forEach(n => run(adapter, n)); } // warm up caches of files
  assertSameResources();
  for (let round = 0; round < ROUNDS; round++) {
    for (const count of COUNTS) { ADAPTERS.forEach(a => results.get(`${a} ${count}`).push(run(a, count))); }
  }
  return results;
}

function report(results) {
  const of = (adapter, count, figure) => results.get(`${adapter} ${count}`).map(r => r[figure]);
  const ratio = (adapter, values, base) => spread(values(adapter).map((v, i) => v / base[i]));
  const [one, many] = COUNTS;
  const total = adapter => of(adapter, one, 'total');
  const slope = adapter => of(adapter, many, 'synth').map((v, i) => (v - of(adapter, one, 'synth')[i]) / (many - one));
  const rss = adapter => of(adapter, many, 'rss');
  const row = cells => console.log(cells.map((c, i) => String(c).padEnd(i === 0 ? 14 : 26)).join(''));

  console.log(`${ROUNDS} interleaved rounds, Node ${process.version}, aws-cdk-lib ${require('aws-cdk-lib/package.json').version}; median (lowest–highest)\n`);
  row(['', 'import, CPU ms', `${one} endpoint, CPU ms`, 'x l1', 'each further one, CPU ms', 'x l1', `${many}: memory MB`, 'x l1']);
  for (const adapter of ADAPTERS) {
    row([
      adapter, spread(of(adapter, one, 'imported')), spread(total(adapter)), ratio(adapter, total, total('l1')),
      spread(slope(adapter)), ratio(adapter, slope, slope('l1')), spread(rss(adapter)), ratio(adapter, rss, rss('l1')),
    ]);
  }
  const counts = ADAPTERS.map(a => instructions(a, one));
  console.log(counts.every(c => c !== undefined)
    ? `\ninstructions of ${one} endpoint: ${ADAPTERS.map((a, i) => `${a} ${(counts[i] / 1e6).toFixed(0)} M (x ${(counts[i] / counts[0]).toFixed(3)})`).join(', ')}`
    : '\ninstructions: this machine does not count them (perf stat)');
}

try {
  ensureInstalled();
  if (!fs.existsSync(path.join(ROOT, 'lib', 'index.js'))) { execFileSync('npx', ['projen', 'compile'], { cwd: ROOT, env: ENV, stdio: 'inherit' }); }
  report(measure());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  fs.rmSync(scratch, { recursive: true, force: true });
}
