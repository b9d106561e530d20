'use strict';
// Each stage installs the packed library into a copy of an example, as a user would, and synthesises it.
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('../lib/exec');
const { mustEqual } = require('../lib/assemblies');
const { mustFailReadably } = require('../lib/consumer-tests');
const go = require('../lib/consume-go');
const java = require('../lib/consume-java');
const python = require('../lib/consume-python');
const typescript = require('../lib/consume-typescript');
const { CONSUMED: WORK } = require('../lib/templates');

const TEMPLATES = path.join(ROOT, 'test', 'compliance', 'templates');
const VERSIONS = { cdk: '2.262.0', constructs: '10.6.0', jsii: '1.140.0' };
const NEWEST = { ...VERSIONS, cdk: '2.276.0', context: { '@aws-cdk/core:validateAgainstDefaultRules': true } }; // CDK only warns otherwise

/** Whole apps: the examples, and the programs that test what languages treat differently. */
function appsOf(language) {
  return [path.join(ROOT, 'examples', language), path.join(ROOT, 'test', 'languages', language)]
    .flatMap(folder => fs.readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => path.join(folder, entry.name)));
}

/** Runs every app of a language, of which `consumer.synth` installs, builds and runs one, and the unit tests of those that have some. */
function consume(stage, language, versions, consumer, log) {
  const apps = appsOf(language);
  for (const app of apps) {
    const dir = path.join(WORK, stage, path.basename(app));
    fs.rmSync(dir, { recursive: true, force: true });
    fs.cpSync(app, dir, { recursive: true, filter: file => !/[\\/](node_modules|out|target|\.venv|cdk\.out)$/.test(file) });
    consumer.synth(dir, { versions, env: cdkEnvironment(dir, versions.context), log });
    if (fs.existsSync(path.join(dir, 'finding.txt'))) { mustFailReadably(dir, consumer.tests(versions), log); }
  }
  return apps.map(app => path.basename(app));
}

/** What the CDK CLI hands to an app, and where the templates of others are that some take in. */
function cdkEnvironment(dir, more) {
  const { context } = JSON.parse(fs.readFileSync(path.join(dir, 'cdk.json'), 'utf8'));
  return { CDK_OUTDIR: path.join(dir, 'cdk.out'), CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...more }), CDK_VALIDATION: 'true', TEMPLATES };
}

function consumeTypescript(stage, versions, log) {
  const apps = consume(stage, 'typescript', versions, typescript, log);
  if (versions !== VERSIONS) { compareMessages(apps, stage); }
  return `${apps.join(', ')} with aws-cdk-lib ${versions.cdk}`;
}

function consumeAndCompare(language, consumer, log) {
  const apps = consume(language, language, VERSIONS, consumer, log);
  const counts = apps.map(app => mustEqual(path.join(WORK, 'typescript', app, 'cdk.out'), path.join(WORK, language, app, 'cdk.out')));
  compareMessages(apps, language);
  return apps.map((app, i) => `${app}: ${counts[i]} files equal those of TypeScript`).join(', ');
}

/** What messages call a method in other languages than TypeScript and Java. */
const SPELLED = { python: 'as_string()', go: 'AsString()' };

/** The messages that TypeScript writes, each whole and with methods as the language spells them, in whatever it puts around them. */
function mustHoldMessages(expected, actual, language) {
  if (!fs.existsSync(expected)) { return; }
  const given = fs.readFileSync(actual, 'utf8');
  const messages = fs.readFileSync(expected, 'utf8').replaceAll('asString()', SPELLED[language] ?? 'asString()');
  const lost = messages.split('\n----\n').filter(message => !given.includes(message));
  if (lost.length > 0) { throw new Error(`${actual} lacks the message:\n${lost.join('\n')}`); }
}

function compareMessages(apps, stage) {
  apps.forEach(app => mustHoldMessages(path.join(WORK, 'typescript', app, 'errors.txt'), path.join(WORK, stage, app, 'errors.txt'), stage));
}

const compared = (language, consumer) => ({
  name: `consume-${language}`,
  needs: [`package-${language}`, 'consume-typescript'],
  tools: [language],
  run: log => consumeAndCompare(language, consumer, log),
});

module.exports = [
  { name: 'consume-typescript', needs: ['package-js'], run: log => consumeTypescript('typescript', VERSIONS, log) },
  { name: 'consume-typescript-newest', needs: ['package-js', 'consume-typescript'], run: log => consumeTypescript('typescript-newest', NEWEST, log) },
  compared('python', python),
  compared('java', java),
  compared('go', go),
];
