'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { filesBelow } = require('./files');

/** Files with stack traces or the name of the language in them; nothing of theirs is deployed. */
const NOT_DEPLOYED = /^(.*[\\/])?(manifest\.json|tree\.json|validation-report\.json|.*\.metadata\.json|cdk\.out)$/;

/** Throws unless both cloud assemblies hold the same templates, asset manifests and assets, byte for byte; returns how many files. */
function mustEqual(expected, actual) {
  const names = deployed(expected);
  if (!names.some(name => name.endsWith('.template.json'))) { throw new Error(`${expected} holds no template`); }
  const given = deployed(actual);
  const alone = [...names.filter(name => !given.includes(name)), ...given.filter(name => !names.includes(name))];
  if (alone.length > 0) { throw new Error(`only one of the two assemblies has ${alone.join(', ')}`); }
  const differing = names.filter(name => !fs.readFileSync(path.join(expected, name)).equals(fs.readFileSync(path.join(actual, name))));
  if (differing.length > 0) { throw new Error(`${differing.join(', ')} in ${actual} differ from those in ${expected}`); }
  return names.length;
}

function deployed(assembly) {
  return filesBelow(assembly).filter(name => !NOT_DEPLOYED.test(name));
}

module.exports = { mustEqual };
