'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, runTool } = require('./exec');
const { filesBelow } = require('./files');

const WORK = path.join(ROOT, '.verify', 'snippets');
const FIXTURE = path.join(ROOT, 'rosetta', 'default.ts-fixture');

/** Compiles every ```ts block of docs/ and CONTRIBUTING.md against the built library; returns how many there are. */
function compileSnippets(log) {
  fs.rmSync(WORK, { recursive: true, force: true });
  fs.mkdirSync(WORK, { recursive: true });
  const fixture = fs.readFileSync(FIXTURE, 'utf8');
  const snippets = pages().flatMap(page => blocks(page));
  snippets.forEach(({ name, code }) => fs.writeFileSync(path.join(WORK, `${name}.ts`), embed(fixture, code)));
  if (snippets.length > 0) { typeCheck(log); }
  return snippets.length;
}

function pages() {
  const docs = path.join(ROOT, 'docs');
  const below = fs.existsSync(docs) ? filesBelow(docs).map(file => path.join('docs', file)) : [];
  return [...below, 'CONTRIBUTING.md'].filter(file => file.endsWith('.md') && fs.existsSync(path.join(ROOT, file)));
}

/** Each block is named after its page and line, so that a compiler error says where it stands. */
function blocks(page) {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(?:ts|typescript)\b.*\n([\s\S]*?)^```/gm)].map(match => {
    const line = text.slice(0, match.index).split('\n').length;
    return { name: `${page.replaceAll(path.sep, '.')}.line-${line}`, code: match[1] };
  });
}

/** Imports and declarations go to the top of the fixture, everything else to where it says `/// here`. */
function embed(fixture, code) {
  const isOuter = line => /^(import .*;|declare const .*;)$/.test(line);
  const lines = code.split('\n');
  const body = lines.filter(line => !isOuter(line)).join('\n');
  return [...lines.filter(isOuter), fixture.replace('/// here', () => body)].join('\n');
}

function typeCheck(log) {
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: {
      noEmit: true, rootDir: '../..', noUnusedLocals: false, noUnusedParameters: false, paths: { 'cdk-ml-patterns': ['../../lib/index.d.ts'] },
    },
    include: ['*.ts'],
  };
  fs.writeFileSync(path.join(WORK, 'tsconfig.json'), JSON.stringify(config));
  runTool('typescript:tsc', ['-p', WORK], { log });
}

module.exports = { compileSnippets };
