'use strict';
// Judges what the examples synthesise: by linters and scanners that know nothing of this library, and by deploying it on an emulator.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../lib/exec');
const { listed, missed, readWaivers, waive } = require('../lib/findings');
const { canIsolate } = require('../lib/offline');
const { templates } = require('../lib/templates');
const cfnLint = require('../scanners/cfn-lint');
const checkov = require('../scanners/checkov');
const cfnGuard = require('../scanners/cfn-guard');
const policyScanners = require('../scanners/policies');

const WAIVERS = path.join(ROOT, 'scripts', 'scanners', 'waivers.json');
const BAD = path.join(ROOT, 'test', 'scanners', 'bad.template.json');
const EXPECTED = JSON.parse(fs.readFileSync(path.join(ROOT, 'test', 'scanners', 'expected.json'), 'utf8'));

/** What one scanner finds in the templates; it must also see what is wrong with the template that is known to be bad. */
function scan(scanner, judged, log) {
  const raw = scanner.scan([...judged.map(t => t.file), BAD], log).map(finding => ({ ...finding, scanner: scanner.name }));
  const about = file => raw.filter(finding => path.resolve(finding.file) === file);
  const blind = missed(about(BAD), EXPECTED[scanner.name].map(rule => `${scanner.name}:${rule}`));
  if (blind.length > 0) { throw new Error(`${path.relative(ROOT, BAD)} is wrong, but nothing was reported by ${blind.join(', ')}`); }
  return judged.flatMap(({ name, file }) => about(file).map(finding => ({ ...finding, template: name })));
}

function judge(scanners, log) {
  const judged = templates();
  const found = scanners.flatMap(scanner => scan(scanner, judged, log));
  const names = scanners.map(scanner => scanner.name);
  const waivers = readWaivers(WAIVERS).map(waiver => ({ ...waiver, rules: waiver.rules.filter(rule => names.includes(rule.split(':')[0])) }));
  const { standing, waived, unused } = waive(found, waivers);
  fs.appendFileSync(log, `${listed(standing)}\n`);
  const errors = standing.filter(finding => finding.level === 'error');
  const problems = [
    ...errors.length > 0 ? [`${errors.length} errors in templates`] : [],
    ...unused.map(waiver => `the waiver of ${waiver} excuses nothing`),
  ];
  if (problems.length > 0) { throw new Error(problems.join(', ')); }
  return `${names.join(', ')}: ${judged.length} templates without errors, ${standing.length} warnings, ${waived.length} waived${canIsolate() ? ', offline' : ''}`;
}

const NEEDS = ['consume-typescript', 'consume-typescript-newest'];

module.exports = [
  { name: 'cfn-lint', needs: NEEDS, tools: ['python'], run: log => judge([cfnLint], log) },
  { name: 'scanners', needs: NEEDS, tools: ['python'], run: log => judge([checkov, cfnGuard, ...policyScanners], log) },
];
