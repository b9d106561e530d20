'use strict';
// A finding is `{ scanner, level, template, resource, rule, text }`; its level is error or warning.
const fs = require('node:fs');

const MAX_WAIVERS = 3;
const MAX_TEXT = 300; // some rules list everything that would be allowed

/** Reads `[{ rules: ["scanner:rule"], resource: regular expression, reason }]` and throws where one says nothing. */
function readWaivers(file) {
  const waivers = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (waivers.length > MAX_WAIVERS) { throw new Error(`${file} holds ${waivers.length} waivers, at most ${MAX_WAIVERS} are allowed`); }
  for (const { rules, resource, reason } of waivers) {
    if (!(rules?.length > 0) || !resource || !(reason?.length > 20)) { throw new Error(`${file}: each waiver needs rules, a resource and a reason`); }
  }
  return waivers;
}

/** Splits findings into those that stand and those that a waiver excuses; `unused` are rules of waivers that excuse nothing. */
function waive(findings, waivers) {
  const used = new Set();
  const excuse = finding => waivers.find(({ rules, resource }) => {
    const matches = rules.includes(ruleOf(finding)) && new RegExp(`^(?:${resource})$`).test(finding.resource);
    if (matches) { used.add(`${ruleOf(finding)} on ${resource}`); }
    return matches;
  });
  const waived = findings.filter(excuse);
  const unused = waivers.flatMap(({ rules, resource }) => rules.map(rule => `${rule} on ${resource}`)).filter(waiver => !used.has(waiver));
  return { standing: findings.filter(finding => !waived.includes(finding)), waived, unused };
}

const ruleOf = ({ scanner, rule }) => `${scanner}:${rule}`;

/** One line per finding, errors last, where the end of a log is shown. */
function listed(findings) {
  const inOrder = [...findings].sort((a, b) => Number(a.level === 'error') - Number(b.level === 'error') || a.template.localeCompare(b.template));
  return inOrder.map(f => `${f.level.toUpperCase().padEnd(8)}${f.template}  ${f.resource || '(template)'}  ${ruleOf(f)}  ${f.text.slice(0, MAX_TEXT)}`).join('\n');
}

/** Rules that a scanner should have reported about the template that is known to be bad. */
function missed(findings, expected) {
  const reported = new Set(findings.filter(f => f.level === 'error').map(ruleOf));
  return expected.filter(rule => !reported.has(rule));
}

module.exports = { readWaivers, waive, listed, missed };
