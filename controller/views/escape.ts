/**
 * Makes text from users, files and providers safe to print on one line of a terminal: what would move the cursor, change colours, reverse
 * the reading direction or hide is shown as a visible escape (`\x1b`, `\u{202e}`). Printable text of any script stays as it is.
 */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, visible).replace(LONE_SURROGATE, '\uFFFD');
}

/** As {@link escapeText} for text of several lines: line feeds and tabs stay, carriage returns before a line feed go. */
export function escapeBlock(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.split('\t').map(escapeText).join('\t'))
    .join('\n');
}

/**
 * Control characters, line and paragraph separators, bidirectional marks, embeddings, overrides and isolates, invisible characters
 * that take no part in shaping (a zero-width joiner does), interlinear annotation and tag characters.
 */
const UNSAFE =
  /[\p{Cc}\u2028\u2029\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u00AD\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function visible(character: string): string {
  const code = character.codePointAt(0)!;
  return (
    NAMED[character] ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`)
  );
}
