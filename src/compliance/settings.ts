import { Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ComplianceEnforcement, ComplianceLevel, ComplianceOptions } from './compliance-options';
import { CompliancePack } from './compliance-pack';
import { ruleOf } from './rule-ids';
import { Problems } from '../core/problems';

/** Every option decided. */
export interface ComplianceSettings {
  readonly packs: CompliancePack[];
  readonly enforcement: string;
  readonly level: string;
  /** Whether the evidence is written beside the templates. */
  readonly report: boolean;
}

const MIN_REASON_LENGTH = 10;
const PREFIX = 'cdk-ml-patterns:';
const CONTEXT = `${PREFIX}compliance`;
const REPORT = `${CONTEXT}Report`;

/** All context keys of the library. */
const KEYS = [CONTEXT, `${CONTEXT}Packs`, `${CONTEXT}Level`, REPORT];

/** Props before context before defaults. */
export function complianceSettings(scope: IConstruct, options: ComplianceOptions, problems: Problems): ComplianceSettings {
  const context = (suffix: string, allowed: string[], from = scope): string | undefined => {
    const value = from.node.tryGetContext(CONTEXT + suffix);
    problems.oneOf(`context ${CONTEXT + suffix}`, value === undefined ? undefined : String(value), allowed);
    return value;
  };
  checkKeys(scope, problems);
  // Programs in JavaScript may leave out anything, and write any word for an enum.
  options.exceptions?.forEach(({ rule = '', reason = '' }, i) => {
    problems.check(rule.trim() !== '', `compliance.exceptions[${i}].rule must name a finding, got '${rule}'`);
    problems.check(Token.isUnresolved(reason) || reason.trim().length >= MIN_REASON_LENGTH,
      `compliance.exceptions[${i}].reason must say why in at least ${MIN_REASON_LENGTH} characters, got '${reason}'`);
  });
  problems.unique('rules of compliance.exceptions', (options.exceptions ?? []).map(e => ruleOf(e.rule ?? '')).filter(rule => rule !== ''));
  problems.oneOf('compliance.enforcement', options.enforcement, Object.values(ComplianceEnforcement));
  problems.oneOf('compliance.level', options.level, Object.values(ComplianceLevel));
  problems.check(options.packs?.length !== 0,
    'compliance.packs must hold at least 1 pack, got none: ComplianceEnforcement.OFF says that nothing is checked');
  const names: unknown = scope.node.tryGetContext(`${CONTEXT}Packs`);
  const packs = options.packs ?? (names === undefined ? CompliancePack._DEFAULTS : CompliancePack._named(names, problems));
  return {
    packs: [...new Set(packs)],
    enforcement: options.enforcement ?? context('', Object.values(ComplianceEnforcement)) ?? ComplianceEnforcement.FAIL,
    level: options.level ?? context('Level', Object.values(ComplianceLevel)) ?? ComplianceLevel.ERROR,
    report: String(context('Report', ['true', 'false'], Stage.of(scope))) === 'true',
  };
}

/** A misspelt key would do nothing, and say nothing. */
function checkKeys(scope: IConstruct, problems: Problems): void {
  const unknown = Object.keys(scope.node.getAllContext()).filter(key => key.toLowerCase().startsWith(PREFIX) && !KEYS.includes(key)).sort();
  unknown.forEach(key => problems.check(false, `context ${key} is no key of the library, which knows ${KEYS.join(', ')}`));
  const heeded = Stage.of(scope)?.node.tryGetContext(REPORT) === scope.node.tryGetContext(REPORT);
  problems.check(heeded, `context ${REPORT} must be set on an app or a stage, not below it`);
}
