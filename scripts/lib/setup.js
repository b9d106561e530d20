'use strict';
// Makes each command work in a fresh clone: node_modules is there and is what package-lock.json asks for.
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, run } = require('./exec');

const STAMP = path.join(ROOT, 'node_modules', '.package-lock.sha256');

function lockHash() {
  return createHash('sha256').update(fs.readFileSync(path.join(ROOT, 'package-lock.json'))).digest('hex');
}

function installed() {
  return fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === lockHash();
}

/** Installs the dependencies unless they are current; returns whether it did. */
function ensureInstalled(log) {
  requireNode(20);
  if (installed()) { return false; }
  run('npm', ['ci', '--no-audit', '--no-fund'], { log });
  fs.writeFileSync(STAMP, lockHash());
  return true;
}

function requireNode(major) {
  if (Number(process.versions.node.split('.')[0]) < major) {
    throw new Error(`Node ${major} or newer is needed, this is ${process.versions.node}`);
  }
}

module.exports = { ensureInstalled };
