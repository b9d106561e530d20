'use strict';
// Writes docs/compliance-rules.md from the compiled rules: `node scripts/rules-table.js` after a compilation. A test compares the page with the sources.
const fs = require('node:fs');
const path = require('node:path');

const FILE = path.join(__dirname, '..', 'docs', 'compliance-rules.md');

const HEAD = `# Rules of MlSecurity

Written by \`scripts/rules-table.js\` from the rules themselves. [compliance.md](https://github.com/cdk-ml-patterns/cdk-ml-patterns/blob/main/docs/compliance.md) says how they are applied.
What stands in square brackets behind an id is told by each finding, and stands in exceptions, too: \`ML-SM13[Train]\`.

Controls named \`own\` are this library's; the others say the same of the same resource. Numbers of ECR and S3 in Security Hub were not looked up for this page.
`;

/** The page for `rules`, in their order. */
function rulesPage(rules) {
  const resource = type => type.replace(/^AWS::/, '').replace('::', ' ');
  const rows = rules.map(({ id, finds, level, types, info, control }) =>
    `| ${id}${finds ? `[*${finds}*]` : ''} | ${level} | ${types.map(resource).join(', ')} | ${info} | ${control} |`);
  return [HEAD, '| id | level | resource | what is wrong, and how to mend it | control |', '|---|---|---|---|---|', ...rows, ''].join('\n');
}

module.exports = { rulesPage, FILE };

if (require.main === module) { fs.writeFileSync(FILE, rulesPage(require('../lib/compliance/rules').ML_RULES)); }
