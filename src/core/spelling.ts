/** How languages write a property or method of the library, by what the runtime of jsii says about the program; the others write it as TypeScript does. */
const SPELLINGS: [RegExp, (name: string) => string][] = [
  [/^python/i, name => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)],
  [/^(go|dotnet)/i, name => name[0].toUpperCase() + name.slice(1)],
];

/** The name of a property or method of the library in the language of the program. */
export function spelled(name: string, agent = process.env.JSII_AGENT ?? ''): string {
  return SPELLINGS.find(([language]) => language.test(agent))?.[1](name) ?? name;
}
