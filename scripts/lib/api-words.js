'use strict';
// Words that a binding has to rename, quote or apologise for. Words reserved only where no member can stand (Java's `requires`, C#'s
// `ascending`) are left out.
const PYTHON = `False None True and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield match case type self print exec`;
const JAVA = `abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for
  goto if implements import instanceof int interface long native new package private protected public return short static strictfp super switch
  synchronized this throw throws transient try void volatile while true false null var record yield sealed permits`;
const GO = `break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct
  switch type var string error len cap append copy make new nil`;
const CSHARP = `abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event
  explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator
  out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw
  true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while dynamic record`;

const LANGUAGES = Object.entries({ Python: PYTHON, Java: JAVA, Go: GO, 'C#': CSHARP }).map(([language, words]) => [language, new Set(words.split(/\s+/))]);

/** Members that Java's Object and the generated builders already have. */
const TAKEN = new Set(['build', 'builder', 'equals', 'hashCode', 'clone', 'finalize', 'notify', 'notifyAll', 'wait', 'jsiiGet', 'jsiiSet', 'jsiiCall']);

/** The languages in which `name` is a reserved word. */
function reservedIn(name) {
  return LANGUAGES.filter(([, words]) => words.has(name)).map(([language]) => language);
}

module.exports = { reservedIn, TAKEN };
