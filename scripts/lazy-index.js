'use strict';
// Rewrites lib/index.js after compilation so that each name loads its file on first use: an app that only serves does not load what trains.
// The names stand there as plain exports too, which is what Node reads for `import { … } from` in ES modules.
const fs = require('node:fs');
const path = require('node:path');

const LIB = path.resolve(__dirname, '..', 'lib');

/** Files behind an index, however deep. */
function leaves(file) {
  const stars = [...fs.readFileSync(file, 'utf8').matchAll(/__exportStar\(require\("([^"]+)"\), exports\)/g)].map(m => path.resolve(path.dirname(file), m[1]));
  return stars.length === 0 ? [file] : stars.flatMap(target => leaves(fs.existsSync(`${target}.js`) ? `${target}.js` : path.join(target, 'index.js')));
}

function main() {
  const index = path.join(LIB, 'index.js');
  if (!fs.readFileSync(index, 'utf8').includes('__exportStar(')) { return; } // rewritten already
  const named = leaves(index).flatMap(file => Object.keys(require(file)).map(name => [name, `./${path.relative(LIB, file).replace(/\.js$/, '')}`]));
  const api = new Set(Object.keys(JSON.parse(fs.readFileSync(path.join(LIB, '..', '.jsii'), 'utf8')).types).map(fqn => fqn.split('.').at(-1)));
  const exported = named.filter(([name]) => api.has(name)); // the rest is internal to the files
  fs.writeFileSync(index, [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    `${exported.map(([name]) => `exports.${name} = `).join('')}void 0;`,
    'const lazy = (name, get) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });',
    ...exported.map(([name, file]) => `lazy("${name}", () => require("${file}").${name});`),
    '',
  ].join('\n'));
}

main();
