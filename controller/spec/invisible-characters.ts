import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceText } from './source-text.ts';

/** Characters that reorder or hide text: what a reviewer sees is then not what the program reads. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Warns of invisible characters, one problem a line. */
export function invisibleCharacters(source: SourceText): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let lastLine = 0;
  for (const match of source.text.matchAll(HIDDEN)) {
    const { line } = source.counter.linePos(match.index);
    if (line === lastLine) continue;
    lastLine = line;
    const name = `U+${match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    const detail = `This line holds the invisible character ${name}: it can make the line read differently from what it means. Delete it.`;
    diagnostics.push(source.problem('invisible-character', match.index, match.index + 1, detail));
    if (diagnostics.length > 50) break;
  }
  return diagnostics;
}
