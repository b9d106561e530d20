'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { ROOT, runTool } = require('../lib/exec');

const DOTNET = path.join(ROOT, '.verify', 'dotnet');

function pack(target, log) {
  fs.rmSync(path.join(ROOT, 'dist', target), { recursive: true, force: true });
  runTool('jsii-pacmak', ['-v', '--target', target], { log });
}

function packDotnetSources(log) {
  fs.rmSync(DOTNET, { recursive: true, force: true });
  runTool('jsii-pacmak', ['-v', '--code-only', '--target', 'dotnet', '--outdir', DOTNET], { log });
  const { types, targets: { dotnet } } = JSON.parse(fs.readFileSync(path.join(ROOT, '.jsii'), 'utf8'));
  const sources = path.join(DOTNET, 'dotnet', dotnet.packageId, ...dotnet.namespace.split('.'));
  for (const { name, kind } of Object.values(types)) {
    const file = path.join(sources, `${kind === 'interface' && !/^I[A-Z]/.test(name) ? `I${name}` : name}.cs`);
    if (!fs.readFileSync(file, 'utf8').includes(`namespace ${dotnet.namespace}`)) {
      throw new Error(`${path.relative(ROOT, file)} is not in the namespace ${dotnet.namespace}`);
    }
  }
  return `C# sources of ${Object.keys(types).length} types generated, never compiled`;
}

module.exports = [
  { name: 'package-js', needs: ['compile', 'examples-in-docs'], run: log => pack('js', log) },
  { name: 'package-python', needs: ['compile', 'examples-in-docs'], tools: ['python'], run: log => pack('python', log) },
  { name: 'package-java', needs: ['compile', 'examples-in-docs'], tools: ['java'], run: log => pack('java', log) },
  { name: 'package-go', needs: ['compile', 'examples-in-docs'], tools: ['go'], run: log => pack('go', log) },
  { name: 'package-dotnet', needs: ['compile', 'examples-in-docs'], run: packDotnetSources },
];
