import { CompliancePack } from './compliance-pack';

/**
 * What happens when a compliance check finds something.
 */
export enum ComplianceEnforcement {
  /** Findings at or above the level stop synth with one error; the others become warnings. */
  FAIL = 'fail',

  /** All findings become warnings, which `cdk synth --strict` turns into errors. */
  REPORT = 'report',

  /** No check runs. */
  OFF = 'off',
}

/**
 * How grave a finding is.
 */
export enum ComplianceLevel {
  /** The rule protects data or permissions. */
  ERROR = 'error',

  /** The rule is good practice; breaking it can be a fair choice, of cost for example. */
  WARNING = 'warning',
}

/**
 * A rule that a construct may break, with the reason an auditor reads.
 */
export interface ComplianceException {
  /** Id of the finding as it stands in the error, for example `ML-SM1` or `AwsSolutions-IAM5[Resource::*]`. */
  readonly rule: string;

  /** Why breaking the rule is right here, at least 10 characters; it stands in the compliance report. */
  readonly reason: string;
}

/**
 * How the compliance checks judge a construct of this library.
 *
 * Every construct runs them at synth without any set-up, on its own resources only. Where a construct says nothing, the context
 * keys `cdk-ml-patterns:compliance` (`fail`, `report` or `off`), `cdk-ml-patterns:compliancePacks` (names, separated by commas) and
 * `cdk-ml-patterns:complianceLevel` (`error` or `warning`) decide for everything below the place where they are set. The key
 * `cdk-ml-patterns:complianceReport` (`true`) of an app has `compliance-report.json`, `.html` and `.sarif` written beside its templates.
 */
export interface ComplianceOptions {
  /**
   * The packs of rules that judge the construct, at least one.
   *
   * @default - CompliancePack.ML_SECURITY and CompliancePack.AWS_SOLUTIONS, or what the context says
   */
  readonly packs?: CompliancePack[];

  /**
   * What a finding does.
   *
   * @default - ComplianceEnforcement.FAIL, or what the context says
   */
  readonly enforcement?: ComplianceEnforcement;

  /**
   * The lowest level that stops synth when findings are enforced.
   *
   * @default - ComplianceLevel.ERROR, or what the context says
   */
  readonly level?: ComplianceLevel;

  /**
   * Rules that may be broken by this construct, with reasons; each once.
   *
   * @default - none beyond those the library gives a reason for itself
   */
  readonly exceptions?: ComplianceException[];
}
