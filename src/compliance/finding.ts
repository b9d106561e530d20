/** A rule that a resource breaks, accepted or not. */
export interface Finding {
  readonly pack?: string;
  /** Id of the rule and, in square brackets, what it found. */
  readonly rule: string;
  readonly level: 'error' | 'warning';
  /** Construct path of the resource. */
  readonly path: string;
  readonly info: string;
  /** Why it is accepted, if it is. */
  readonly reason?: string;
}

/** What one pack made of some resources. */
export interface Inspection {
  /** How many different rules applied to at least one of the resources. */
  readonly rules: number;
  readonly findings: Finding[];
}
