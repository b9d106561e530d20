/** A piece of a sentence: words of ours, or something quoted from a template. */
export type Piece = string | { readonly code: string; readonly full?: string };

export type Phrase = readonly Piece[];

export function code(text: string, full?: string): Piece {
  return { code: text, full };
}

export function plain(phrase: Phrase): string {
  return phrase.map(p => typeof p === 'string' ? p : p.code).join('');
}

/** `a, b and c`. */
export function enumerate(phrases: readonly Phrase[], word = 'and'): Phrase {
  return phrases.flatMap((p, i) => [...i === 0 ? [] : [i === phrases.length - 1 ? ` ${word} ` : ', '], ...p]);
}
