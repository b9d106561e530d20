import { Phrase } from './phrase';

/** Text that is HTML already. Only the tag below and the graphs make it, so everything else is escaped. */
export class Html {
  constructor(public readonly text: string) {}
}

type Value = Html | readonly Html[] | string | number | undefined;

/** Template tag: what is put in is escaped, unless it came from this tag. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.map((s, i) => s + (i < values.length ? rendered(values[i]) : '')).join(''));
}

export const nothing = new Html('');

function rendered(value: Value): string {
  if (value === undefined) { return ''; }
  if (Array.isArray(value)) { return value.map(rendered).join('\n'); }
  return value instanceof Html ? value.text : escape(String(value));
}

export function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

/** A phrase: quotations from a template look like code, and what ‹ › holds is marked. */
export function words(phrase: Phrase): Html {
  const pieces = phrase.map(p => typeof p === 'string' ? html`${p}` : html`<code${tip(p.code, p.full)}>${marked(p.code)}</code>`);
  return new Html(pieces.map(p => p.text).join(''));
}

function tip(text: string, full: string | undefined): Html {
  return full === undefined || full === text ? nothing : html` title="${full}"`;
}

export function marked(text: string): Html {
  const parts = text.split(/(‹[^›]*›)/).map(part => part.startsWith('‹') && part.endsWith('›') ? html`<b>${part.slice(1, -1)}</b>` : html`${part}`);
  return new Html(parts.map(p => p.text).join(''));
}
