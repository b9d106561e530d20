/** Kinds of mistakes in a definition: the strict schema finds each in a reference, and each is refused where a pipeline is written. */
export const MISTAKES = [
  'a misspelt output', 'an unknown step', 'an unknown property file', 'a property file in no output', 'an undeclared parameter',
  'an undeclared parameter of the experiment', 'a number in a text place', 'a numeric parameter alone in a text place',
  'a numeric parameter alone in a list of texts', 'a text in a number place', 'a list as one variable', 'a wrong type of condition',
  'a path that is a variable', 'a property file by its name', 'two steps of one name', 'two steps of one name in branches',
  'two parameters of one name', 'a circle', 'a step that waits for itself', 'a condition that waits for its branch',
  'a reference into a branch', 'dependence into a branch', 'dependence on Fail', 'dependence on an unknown step',
  'a trigger that there is not', 'a required key that is missing', 'a required key of a list that is missing', 'an unknown key',
  'a name that the service refuses in pipelines', 'a name that is too long', 'a name with a space', 'an unknown type of step',
  'a parameter of an unknown type', 'a cache of a step that has none', 'too many instances', 'no steps', 'too large',
] as const;

export type Mistake = typeof MISTAKES[number];
