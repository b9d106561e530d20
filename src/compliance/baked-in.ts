import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ComplianceEnforcement, ComplianceException, ComplianceLevel, ComplianceOptions } from './compliance-options';
import { collect } from './evidence/collector';
import { acceptForConsumer, showReasons, writeExcuses } from './excuses';
import { Finding } from './finding';
import { warnLate } from './late-warning';
import { countOf, findingLines, waysOut } from './messages';
import { madeResources, markOurs, sealOurs } from './ours';
import { ComplianceSettings, complianceSettings } from './settings';
import { foreignExceptions, unusedExceptions } from './unused-exceptions';
import { Problems } from '../core/problems';

/** Metadata that carries the result to the cloud assembly, where the report reads it. */
export const COMPLIANCE_METADATA = 'cdk-ml-patterns:compliance';

const UNUSED = 'cdk-ml-patterns:unusedException';
const FOREIGN = 'cdk-ml-patterns:exceptionOfUnknownPack';

/**
 * Makes `scope` judge itself at synth.
 *
 * A validation on the construct's own node, not a registered plug-in: that one sees the whole app, prints even when all is well, and in
 * older versions of aws-cdk-lib only sets the exit code of Node, which Python, Java and Go never see.
 *
 * Throws `problems`, those of the construct's other props, together with its own.
 */
export function bakeInChecks(scope: Construct, options: ComplianceOptions = {}, problems = new Problems()): void {
  const settings = complianceSettings(scope, options, problems);
  problems.throwIfAny(scope);
  markOurs(scope);
  acceptForConsumer(scope, options.exceptions ?? []);
  scope.node.addValidation({ validate: () => judge(scope, settings, options.exceptions ?? []) });
}

/** Ends what `bakeInChecks` began, as the last line of the constructor: only what the constructor has made is judged. */
export function sealChecks(scope: Construct): void {
  sealOurs(scope);
  madeResources(scope).forEach(showReasons);
}

/** Writes the reasons for every pack to see, runs the packs, keeps the record, and returns what stops synth. */
function judge(scope: Construct, settings: ComplianceSettings, exceptions: ComplianceException[]): string[] {
  const resources = madeResources(scope);
  if (resources.length === 0) {
    if (settings.report) { collect(scope, { enforcement: settings.enforcement, resources, packs: [] }); }
    return [];
  }
  writeExcuses(resources);
  // Checks that are off leave a record too, so that the report can say so.
  const packs = settings.enforcement === ComplianceEnforcement.OFF ? [] : settings.packs;
  const results = packs.map(pack => ({ pack: pack.packName, ...pack._inspect(resources) }));
  const findings = results.flatMap(r => r.findings);
  keepRecord(scope, {
    enforcement: settings.enforcement,
    resources: resources.length,
    packs: results.map(({ pack, rules, findings: found }) => ({ pack, rules, findings: found.map(({ acceptances, ...finding }) => finding) })),
  });
  const open = findings.filter(f => f.reason === undefined);
  if (settings.report) { collect(scope, { enforcement: settings.enforcement, resources, packs: results }); }
  const fails = settings.enforcement === ComplianceEnforcement.FAIL;
  const stops = (f: Finding) => fails && (f.level === 'error' || settings.level === ComplianceLevel.WARNING);
  open.filter(f => !stops(f)).forEach(f => Annotations.of(scope).addWarningV2(f.rule, `${f.info} (${f.path})`));
  if (settings.enforcement !== ComplianceEnforcement.OFF) {
    foreignExceptions(scope, exceptions, packs).forEach(text => warnLate(scope, FOREIGN, text));
  }
  const unused = unusedExceptions(scope, exceptions, packs, findings);
  if (!fails) { unused.forEach(text => warnLate(scope, UNUSED, text)); }
  return [...open.some(stops) ? [message(scope, open.filter(stops))] : [], ...fails && unused.length > 0 ? [unusedMessage(scope, unused)] : []];
}

function unusedMessage(scope: Construct, unused: string[]): string {
  return [`${nameOf(scope)} has ${unused.length} problem${unused.length === 1 ? '' : 's'}:`, ...unused.map(text => `  - ${text}`)].join('\n');
}

function nameOf(scope: Construct): string {
  return `${scope.constructor.name} at '${scope.node.path}'`;
}

/** Metadata cannot be removed, so a later synth writes into the entry of the first. */
function keepRecord(scope: Construct, record: object): void {
  const kept = scope.node.metadata.find(m => m.type === COMPLIANCE_METADATA);
  if (kept === undefined) { scope.node.addMetadata(COMPLIANCE_METADATA, record); } else { Object.assign(kept.data, record); }
}

function message(scope: Construct, findings: Finding[]): string {
  return [`${nameOf(scope)} has ${countOf(findings)}:`, ...findingLines(findings), ...waysOut(scope.constructor.name, findings)].join('\n');
}
