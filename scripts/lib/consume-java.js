'use strict';
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { ROOT, run } = require('./exec');

const DIST = path.join(ROOT, 'dist', 'java');
const CACHED = path.join(os.homedir(), '.m2', 'repository', 'io', 'github', 'cdkmlpatterns');

/** Adds the packed library as a Maven repository of the app, compiles and runs the class that the pom names. */
function synth(dir, { versions, env, log }) {
  fs.rmSync(CACHED, { recursive: true, force: true }); // Maven never looks again for a release that it has
  const file = path.join(dir, 'pom.xml');
  const pom = fs.readFileSync(file, 'utf8');
  const repository = `<repositories><repository><id>packed</id><url>${pathToFileURL(DIST)}</url></repository></repositories>`;
  fs.writeFileSync(file, pom.replace('</properties>', `</properties>\n  ${repository}`));

  const classpath = path.join(dir, 'classpath.txt');
  run('mvn', [...maven(versions), 'compile', 'dependency:build-classpath', `-Dmdep.outputFile=${classpath}`], { cwd: dir, log });
  const [, main] = /<mainClass>(.*)<\/mainClass>/.exec(pom);
  const entries = [path.join(dir, 'target', 'classes'), fs.readFileSync(classpath, 'utf8').trim()];
  run('java', ['-cp', entries.join(path.delimiter), main], { cwd: dir, env, log });
}

/** Of all classes, which says no time. */
const SUMMARY = /^(?:\[\w+\] )?Tests run: 4, Failures: 0, Errors: 1, Skipped: 0\s*$/m;

/** What runs the unit tests of the app, once it has been compiled, and says that all but one have passed. */
function tests(versions) {
  return { command: 'mvn', args: [...maven(versions), 'test'], outcome: [SUMMARY, /FindingsTest\.findingWhichFails\b/] };
}

function maven(versions) {
  return [
    '--quiet', '--batch-mode',
    `-Daws-cdk-lib.version=${versions.cdk}`, `-Dconstructs.version=${versions.constructs}`, `-Dcdk-ml-patterns.version=${packedVersion()}`,
  ];
}

function packedVersion() {
  const [version] = fs.readdirSync(path.join(DIST, 'io', 'github', 'cdkmlpatterns', 'cdk-ml-patterns'), { withFileTypes: true })
    .filter(entry => entry.isDirectory());
  return version.name;
}

module.exports = { synth, tests };
