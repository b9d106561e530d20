import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { Finding } from './finding';
import { allResources } from './ours';
import { inspectMlSecurity, ML_RULES, ML_SECURITY } from './rules';

/**
 * The library's own rules for machine learning on AWS, for a whole app.
 *
 * The constructs of this library run the rules on themselves without any set-up; this plug-in is for resources made in other ways.
 * Errors stop synth, warnings are reported; what was accepted stands with its reason in the metadata of the plug-in's report.
 *
 * @example
 * Validations.of(app).addPlugins(new MlSecurityChecks());
 */
export class MlSecurityChecks implements IPolicyValidationPlugin {
  /** Name of the plug-in in CDK's validation report. */
  public readonly name = ML_SECURITY;

  /** Ids of all rules. */
  public readonly ruleIds?: string[] = ML_RULES.map(r => r.id);

  /**
   * Judges every resource of the app; CDK calls it at synth.
   *
   * @param context the app that CDK has just synthesised
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { findings } = inspectMlSecurity(allResources(context.appConstruct));
    const open = findings.filter(f => f.reason === undefined);
    return { success: open.every(f => f.level !== 'error'), violations: open.map(violation), metadata: accepted(findings) };
  }
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
