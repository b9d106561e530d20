'use strict';
// The templates that the example apps of TypeScript made, which the other languages repeat byte for byte.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./exec');
const { filesBelow } = require('./files');

const CONSUMED = path.join(ROOT, '.verify', 'consume');
const STAGES = ['typescript', 'typescript-newest'];

/** Cloud assemblies as `{ app, dir }`: those of the newest aws-cdk-lib only where a template differs. */
function assemblies() {
  const apps = fs.readdirSync(path.join(ROOT, 'examples', 'typescript'), { withFileTypes: true }).filter(e => e.isDirectory()).map(e => e.name);
  const [first, newest] = STAGES.map(stage => apps.map(app => ({ app, stage, dir: path.join(CONSUMED, stage, app, 'cdk.out') })));
  return [...first, ...newest.filter((other, i) => fingerprint(other.dir) !== fingerprint(first[i].dir)).map(a => ({ ...a, app: `${a.app} (${a.stage})` }))];
}

function templateFiles(dir) {
  return filesBelow(dir).filter(file => file.endsWith('.template.json'));
}

function fingerprint(dir) {
  return JSON.stringify(templateFiles(dir).map(file => [file, fs.readFileSync(path.join(dir, file), 'utf8')]));
}

/** Every template as `{ name, file }`, such as `abalone/Serving.template.json`. */
function templates() {
  const found = assemblies().flatMap(({ app, dir }) => templateFiles(dir).map(file => ({ name: `${app}/${file}`, file: path.join(dir, file) })));
  if (found.length === 0) { throw new Error('the examples made no template'); }
  return found;
}

module.exports = { CONSUMED, assemblies, templates };
