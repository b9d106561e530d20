import { Token } from 'aws-cdk-lib';

const THE_PROPERTY = 'use the property of it that is meant, such as a URI or a name';
const GO_POINTER = 'a Go pointer that was formatted as text: dereference it with *';

/** What a number token (-1.888…e+289) and an object of Python, Java or JavaScript look like in a string. */
const SPOILT: [RegExp, string][] = [
  [/\$\{(?!Token\[TOKEN)[Tt][Oo][Kk][Ee][Nn]\[[Tt][Oo][Kk][Ee][Nn]\.\d+\]\}/, 'the placeholder of a variable in other letters: nothing can change the case of a value that is not known yet'],
  [/\$\{Token(?:\[(?![^\]]*\]\})|$)/, 'a part of the placeholder of a variable: nothing can cut or split a value that is not known yet'],
  [/\d{200}/, 'a number token that was formatted as text: use asString() of the variable'],
  [/-?\d\.\d+[eE]\+?289/, 'a number token that was formatted as text: use asString() of the variable'],
  [/<[\w.]+ object at 0x[0-9a-f]+>/i, 'a Python object that was formatted as text: use as_string() of the variable'],
  [/\b(?:io\.github\.cdkmlpatterns|software\.(?:amazon|constructs))\.[\w.$]*@[0-9a-f]+/, `a Java object that was formatted as text: ${THE_PROPERTY}`],
  [/\[object Object\]/, `an object that was formatted as text: ${THE_PROPERTY}`],
];

/**
 * What a Go pointer looks like in a string, in a program of Go only: in others it may be any number. The heap of Go begins at a known place up to 1.25 (on amd64,
 * on arm64 of macOS and of Linux), which hardly another text has by chance; what it holds begins at multiples of 8.
 */
const POINTER = /%!\w\(\*?\w*|0x(?:c000|14000|4000)(?!0+\b)[0-9a-f]{5}[08](?![0-9a-f])/;

/** Since 1.26 the heap of Go lies anywhere in the 48 bits of an address, as many a legal text does that is no pointer. */
const ANY_POINTER = /0x[1-9a-f][0-9a-f]{8,10}[08](?![0-9a-f])/;

/**
 * What a cast to 32 or 64 bits makes of any number token in Java, Go and .NET: the least number there is. TypeScript and Python have no such casts, so there
 * it is a number of the user's own, and behind a letter or a digit it is a larger one behind a dash.
 */
const CAST = [-(2 ** 31), -(2 ** 63)];
const CAST_TEXT = /(?<![\w.])-(?:2147483648|9223372036854775808)(?!\.?\d)/;

/** Says what is wrong with a string that holds the remains of a token, if anything is. */
export function mangledToken(value: string): string | undefined {
  const spoilt = SPOILT.find(([pattern]) => pattern.test(value))?.[1].replace('asString', name => spelled(name));
  if (spoilt === undefined && casts() && CAST_TEXT.test(value)) {
    return `a number token that was cast to a whole number: use ${spelled('asString')}() of the variable, or write .0 behind it if it is a number of your own`;
  }
  return spoilt ?? (isGo() ? pointer(value) : undefined);
}

function pointer(value: string): string | undefined {
  if (POINTER.test(value)) { return GO_POINTER; }
  return ANY_POINTER.test(value) ? `${GO_POINTER}, or write 0X if it is a number of your own` : undefined;
}

/** The runtime of jsii tells what language the program is in, `go1.26.8/linux/amd64` or `Java/17.0.1` for example. */
function isGo(): boolean {
  return /^go\d/.test(process.env.JSII_AGENT ?? '');
}

function casts(): boolean {
  return /^(go\d|Java\/|DotNet\/)/.test(process.env.JSII_AGENT ?? '');
}

/** Says what is wrong with a number that is the result of arithmetic with a number token, if that can be told: these lie near 1e289, or are what casts make of them. */
export function mangledNumber(value: number): string | undefined {
  if (casts() && CAST.includes(value)) { return `a number token that was cast to a whole number: use ${spelled('asNumber')}() of the variable as it is`; }
  const spoilt = Math.abs(value) > 1e280 && Number.isFinite(value) && !Token.isUnresolved(value);
  return spoilt ? 'the result of arithmetic with a variable, whose value is not known yet: calculate in a step' : undefined;
}

/** In lower case, as the ARNs of SageMaker are; a name that is only known at deployment stays as it is, since its token would be lost. */
export function lowerCase(name: string): string {
  return Token.isUnresolved(name) ? name : name.toLowerCase();
}

/** How languages write a property or method of the library, by what the runtime of jsii says about the program; the others write it as TypeScript does. */
const SPELLINGS: [RegExp, (name: string) => string][] = [
  [/^python/i, name => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)],
  [/^(go|dotnet)/i, name => name[0].toUpperCase() + name.slice(1)],
];

/** The name of a property or method of the library in the language of the program. */
export function spelled(name: string, agent = process.env.JSII_AGENT ?? ''): string {
  return SPELLINGS.find(([language]) => language.test(agent))?.[1](name) ?? name;
}
