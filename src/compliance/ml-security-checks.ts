import { Annotations, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CompliancePack } from './compliance-pack';
import { writeExcuses } from './excuses';
import { Finding } from './finding';
import { countOf, findingLines } from './messages';
import { allResources } from './ours';
import { inspectMlSecurity, ML_RULES } from './rules';

/**
 * The library's own rules for machine learning on AWS, for a whole app.
 *
 * The constructs of this library run the rules on themselves without any set-up; this is for resources made in other ways.
 * Registered as a plug-in, errors stop synth and warnings are reported; what was accepted stands with its reason in the metadata of the
 * plug-in's report. In Python, Java and Go prefer `enforce`: some versions of aws-cdk-lib do not tell these languages what a plug-in found.
 *
 * @example
 * Validations.of(app).addPlugins(new MlSecurityChecks());
 */
export class MlSecurityChecks implements IPolicyValidationPlugin {
  /** Name of the plug-in in CDK's validation report. */
  public readonly name = CompliancePack.ML_SECURITY.packName;

  /** Ids of all rules. */
  public readonly ruleIds?: string[] = ML_RULES.map(r => r.id);

  /**
   * Judges every resource of the app; CDK calls it at synth.
   *
   * @param context the app that CDK has just synthesised
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    return this.validateScope(context.appConstruct);
  }

  /**
   * Judges every resource below a scope now, as they are now: for tests, and for programs that decide themselves what a finding means.
   *
   * @param scope an app, a stack or any other construct
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const findings = findingsBelow(scope);
    const open = findings.filter(f => f.reason === undefined);
    return { success: open.every(f => f.level !== 'error'), violations: open.map(violation), metadata: accepted(findings) };
  }

  /**
   * Has every resource below a scope judged at each synth: errors are one exception of `app.synth()`, in every language and with every
   * version of aws-cdk-lib; warnings become warnings of CDK.
   *
   * @param scope an app, a stack or any other construct
   */
  public enforce(scope: IConstruct): void {
    scope.node.addValidation({ validate: () => enforced(scope) });
  }
}

function findingsBelow(scope: IConstruct): Finding[] {
  const resources = allResources(scope);
  writeExcuses(resources); // the constructs of the library may not have been judged yet
  return inspectMlSecurity(resources).findings;
}

function enforced(scope: IConstruct): string[] {
  const open = findingsBelow(scope).filter(f => f.reason === undefined);
  const errors = open.filter(f => f.level === 'error');
  open.filter(f => f.level === 'warning').forEach(f => Annotations.of(scope).addWarningV2(f.rule, `${f.info} (${f.path})`));
  return errors.length === 0 ? [] : [[
    `${CompliancePack.ML_SECURITY.packName} has ${countOf(errors)}:`,
    ...findingLines(errors),
    '  To accept one with a reason: Validations.of(construct).acknowledge, with the id of the finding and the reason.',
  ].join('\n')];
}

/** What was accepted, where, and why: CDK's report has no other place for what is no violation. */
function accepted(findings: Finding[]): Record<string, string> | undefined {
  const reasons = findings.flatMap(({ rule, path, reason }) => reason === undefined ? [] : [[`${rule} at ${path}`, reason]]);
  return reasons.length === 0 ? undefined : Object.fromEntries(reasons);
}

function violation(finding: Finding) {
  return {
    ruleName: finding.rule,
    description: finding.info,
    severity: finding.level,
    violatingResources: [{ constructPath: finding.path, locations: ['Properties'] }],
  };
}
