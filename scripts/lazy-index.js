'use strict';
// Rewrites lib/ after compilation so that a file is loaded when something of it is used first: an app that only serves does not load what trains, and
// an endpoint without monitors does not load them. In lib/index.js the names stand as plain exports too, which is what Node reads for
// `import { … } from` in ES modules.
const fs = require('node:fs');
const path = require('node:path');

const LIB = path.resolve(__dirname, '..', 'lib');

/** Files behind an index, however deep. */
function leaves(file) {
  const stars = [...fs.readFileSync(file, 'utf8').matchAll(/__exportStar\(require\("([^"]+)"\), exports\)/g)].map(m => path.resolve(path.dirname(file), m[1]));
  return stars.length === 0 ? [file] : stars.flatMap(target => leaves(fs.existsSync(`${target}.js`) ? `${target}.js` : path.join(target, 'index.js')));
}

/** `const name_1 = require("…")`, as the compiler writes imports, becomes a function that loads on its first call. */
function lazyRequires(file) {
  const text = fs.readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/^const (\w+_\d+) = require\("([^"]+)"\);$/gm)];
  const rewritten = imports.reduce((all, [line, name, id]) => all
    .replace(line, '')
    .replace(new RegExp(`\\b${name}\\.`, 'g'), `(${name}()).`)
    .replace(/^"use strict";$/m, `"use strict";\nlet ${name}_loaded; const ${name} = () => ${name}_loaded ??= require("${id}");`), text);
  if (imports.length > 0) { fs.writeFileSync(file, rewritten); }
}

function files(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap(entry => entry.isDirectory() ? files(path.join(dir, entry.name)) : [path.join(dir, entry.name)]);
}

function main() {
  const index = path.join(LIB, 'index.js');
  if (!fs.readFileSync(index, 'utf8').includes('__exportStar(')) { return; } // rewritten already
  const named = leaves(index).flatMap(file => Object.keys(require(file)).map(name => [name, `./${path.relative(LIB, file).replace(/\.js$/, '')}`]));
  const api = new Set(Object.keys(JSON.parse(fs.readFileSync(path.join(LIB, '..', '.jsii'), 'utf8')).types).map(fqn => fqn.split('.').at(-1)));
  const exported = named.filter(([name]) => api.has(name)); // the rest is internal to the files
  files(LIB).filter(file => file.endsWith('.js') && file !== index).forEach(lazyRequires);
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
