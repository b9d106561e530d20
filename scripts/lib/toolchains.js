'use strict';
const { available } = require('./exec');

/** What each toolchain is made of; every program is started once to see that it works. */
const TOOLCHAINS = {
  python: [['python3', ['-c', 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))'], 'python3 >= 3.10 with venv']],
  java: [['javac', ['-version'], 'a JDK'], ['mvn', ['--version'], 'mvn']],
  go: [['go', ['version'], 'go']],
  nginx: [['sh', ['-c', 'test -d /proc/self && PATH=$PATH:/usr/sbin nginx -v'], 'nginx, on Linux']], // Debian keeps it from users' PATH
};

/** Names of the programs that the toolchains lack on this machine. */
function missingTools(names) {
  return names.flatMap(name => TOOLCHAINS[name]).filter(([command, args]) => !available(command, args)).map(([, , label]) => label);
}

module.exports = { missingTools };
