/** The arguments of a step of a pipeline that hold further steps: the branches of a condition, and what a loop repeats. */
export const STEP_BRANCHES = ['IfSteps', 'ElseSteps', 'ForEachBody'] as const;

/** Name of such an argument. */
export type StepBranch = typeof STEP_BRANCHES[number];

/** A step of a rendered definition, and the branch of another in which it stands. */
export interface FoundStep {
  readonly step: any;
  readonly within?: { readonly step: any; readonly branch: StepBranch };
}

/** All steps of a rendered definition, those inside of a step after it, however deep; of any type, since a RawStep may hold steps, too. */
export function allSteps(definition: any): FoundStep[] {
  return found(definition?.Steps);
}

function found(steps: unknown, within?: FoundStep['within']): FoundStep[] {
  return [steps].flat().filter(isObject).flatMap(step => [
    { step, within },
    ...STEP_BRANCHES.flatMap(branch => found(step.Arguments?.[branch], { step, branch })),
  ]);
}

function isObject(value: unknown): value is any {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
