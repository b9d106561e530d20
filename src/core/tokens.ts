import { Token } from 'aws-cdk-lib';

/** What a number token (-1.888…e+289) and a Go pointer look like once a language has formatted them into a string. */
const SPOILT: [RegExp, string][] = [
  [/-?\d\.\d+[eE]\+?289/, 'a number token that was formatted as text: use asString() of the variable'],
  [/%!\w\(\*?\w*|0xc0[0-9a-f]{8}/, 'a Go pointer that was formatted as text: dereference it with *'],
];

/** Says what is wrong with a string that holds the remains of a token, if anything is. */
export function mangledToken(value: string): string | undefined {
  return SPOILT.find(([pattern]) => pattern.test(value))?.[1];
}

/** In lower case, as the ARNs of SageMaker are; a name that is only known at deployment stays as it is, since its token would be lost. */
export function lowerCase(name: string): string {
  return Token.isUnresolved(name) ? name : name.toLowerCase();
}
