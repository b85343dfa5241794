import { redactSecrets } from './redact.ts';

/** Control, zero-width and bidirectional characters: they change what a reader sees, and in a terminal what it does. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/** Shows characters that cannot be seen as `<U+200B>`, so that text of unknown origin is safe to print. Keeps tabs and newlines. */
export function visibleText(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => `<U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

/** Text of unknown origin as part of a message: on one line, in bounds, without secrets, safe to print. */
export function quotedText(text: string, maxLength = 80): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return `"${visibleText(redactSecrets(cut).replace(/[\r\n\t]+/g, ' '))}"`;
}
