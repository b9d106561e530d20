import { CfnResource } from 'aws-cdk-lib';
import { Inspection } from './finding';
import { inspectWithNag } from './nag-engine';
import { inspectMlSecurity } from './rules';
import { Problems } from '../core/problems';

/**
 * A set of compliance rules.
 *
 * All but `ML_SECURITY` are the packs of cdk-nag 3, which is part of this package.
 *
 * @see https://github.com/cdklabs/cdk-nag
 */
export class CompliancePack {
  /** This library's own rules for machine learning on AWS; ids start with `ML-`. */
  public static readonly ML_SECURITY = new CompliancePack('MlSecurity', 'ML-', resources => inspectMlSecurity(resources)); // the rules are loaded by their first use

  /** Rules of the AWS Solutions security matrix; ids start with `AwsSolutions-`. */
  public static readonly AWS_SOLUTIONS = CompliancePack.nag('AwsSolutions', 'AwsSolutionsChecks');

  /** Rules for the HIPAA security rule; ids start with `HIPAA.Security-`. */
  public static readonly HIPAA_SECURITY = CompliancePack.nag('HIPAA.Security', 'HIPAASecurityChecks');

  /** Rules for NIST 800-53, revision 4; ids start with `NIST.800.53.R4-`. */
  public static readonly NIST_800_53_R4 = CompliancePack.nag('NIST.800.53.R4', 'NIST80053R4Checks');

  /** Rules for NIST 800-53, revision 5; ids start with `NIST.800.53.R5-`. */
  public static readonly NIST_800_53_R5 = CompliancePack.nag('NIST.800.53.R5', 'NIST80053R5Checks');

  /** Rules for PCI DSS 3.2.1; ids start with `PCI.DSS.321-`. */
  public static readonly PCI_DSS_321 = CompliancePack.nag('PCI.DSS.321', 'PCIDSS321Checks');

  /** Rules for serverless applications; ids start with `Serverless-`. */
  public static readonly SERVERLESS = CompliancePack.nag('Serverless', 'ServerlessChecks');

  /** @internal */
  public static readonly _DEFAULTS = [CompliancePack.ML_SECURITY, CompliancePack.AWS_SOLUTIONS];

  /**
   * The packs that a context value names.
   *
   * @internal
   */
  public static _named(names: unknown, problems: Problems): CompliancePack[] {
    const all = [
      CompliancePack.ML_SECURITY, CompliancePack.AWS_SOLUTIONS, CompliancePack.HIPAA_SECURITY, CompliancePack.NIST_800_53_R4,
      CompliancePack.NIST_800_53_R5, CompliancePack.PCI_DSS_321, CompliancePack.SERVERLESS,
    ];
    const wanted = (Array.isArray(names) ? names : String(names).split(',')).map(n => String(n).trim());
    wanted.forEach(n => problems.oneOf('context cdk-ml-patterns:compliancePacks', n, all.map(p => p.packName)));
    return all.filter(p => wanted.includes(p.packName));
  }

  private static nag(packName: string, className: string): CompliancePack {
    return new CompliancePack(packName, `${packName}-`, resources => inspectWithNag(className, resources));
  }

  private constructor(
    /** Name of the pack, as the context key `cdk-ml-patterns:compliancePacks` takes it. */
    public readonly packName: string,
    private readonly prefix: string,
    private readonly inspect: (resources: CfnResource[]) => Inspection,
  ) {}

  /**
   * Whether an id is of a rule of the pack, to judge by its beginning.
   *
   * @internal
   */
  public _judges(rule: string): boolean {
    return rule.trim().toLowerCase().startsWith(this.prefix.toLowerCase());
  }

  /**
   * Judges resources.
   *
   * @internal
   */
  public _inspect(resources: CfnResource[]): Inspection {
    const { rules, findings, passes } = this.inspect(resources);
    return { rules, findings: findings.map(f => ({ ...f, pack: this.packName })), passes };
  }
}
