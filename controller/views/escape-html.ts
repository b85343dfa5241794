import { escapeText } from './escape.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Most text is; telling so is much faster than escaping it. */
const HARMLESS = /^[ !#-%(-;=?-~]*$/;

/** Makes text of unknown origin show as it is in HTML, between tags and in quoted attributes; what cannot be seen is made visible. */
export function escapeHtml(text: string): string {
  if (HARMLESS.test(text)) return text;
  return escapeText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** As {@link escapeHtml} for text of several lines, in which line feeds stay. */
export function escapeHtmlBlock(text: string): string {
  return text.split('\n').map(escapeHtml).join('\n');
}

/** HTML that is safe to put into a page as it is. Only `html` and `joinHtml` make it. */
export interface Html {
  readonly safe: string;
}

/** A piece of HTML: text and numbers in it are escaped, other pieces are put in as they are. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Html)[]): Html {
  let safe = parts[0]!;
  for (const [index, value] of values.entries()) {
    safe += (typeof value === 'object' ? value.safe : escapeHtml(String(value))) + parts[index + 1]!;
  }
  return { safe };
}

export function joinHtml(pieces: readonly Html[]): Html {
  return { safe: pieces.map(({ safe }) => safe).join('') };
}

/** Nothing. */
export const NO_HTML: Html = { safe: '' };
