/** What all results have in common. */
interface Result {
  readonly pack?: string;
  /** Id of the rule and, in square brackets, what it found. */
  readonly rule: string;
  /** Construct path of the resource. */
  readonly path: string;
  readonly info: string;
  /** The public control behind the rule, if the pack tells it. */
  readonly control?: string;
}

/** That somebody accepts a finding. */
export interface Acceptance {
  /** The library of what it makes itself, or the consumer, by an exception or by CDK's own means. */
  readonly by: 'consumer' | 'library';
  readonly reason: string;
}

/** A rule that a resource breaks, accepted or not. */
export interface Finding extends Result {
  readonly level: 'error' | 'warning';
  /** Why it is accepted, if it is, whoever says so. */
  readonly reason?: string;
  /** Who accepts it, each with the own reason. */
  readonly acceptances?: Acceptance[];
}

/** A rule that a resource satisfies. */
export type Pass = Result;

/** What one pack made of some resources. */
export interface Inspection {
  /** How many different rules applied to at least one of the resources. */
  readonly rules: number;
  readonly findings: Finding[];
  readonly passes: Pass[];
}
