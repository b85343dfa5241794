import type { SourceRange } from './diagnostic.ts';
import { redactSecrets } from './redact.ts';
import { visibleText } from './visible-text.ts';

/** Characters of a source line that are shown; longer lines are cut around the place. */
const MAX_WIDTH = 100;

/**
 * The line with the problem, up to two lines before it and one after, numbered, with carets below the place. Safe to print whatever
 * the source holds.
 *
 *       2 | kind: Distribution
 *     > 3 | shares: 65
 *         | ^^^^^^
 */
export function codeFrame(lines: readonly string[], range: SourceRange): string {
  const first = Math.max(1, range.line - 2);
  const last = Math.min(lines.length, range.line + 1);
  const digits = String(last).length;
  const offset = Math.max(0, range.column - 1 - (MAX_WIDTH - 20));
  const frame: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const line = lines[number - 1] ?? '';
    const marked = number === range.line;
    frame.push(
      `${marked ? '>' : ' '} ${String(number).padStart(digits)} | ${windowOf(redactSecrets(line), offset).text}`.trimEnd(),
    );
    if (marked) frame.push(`  ${' '.repeat(digits)} | ${carets(line, range, offset)}`);
  }
  return frame.join('\n');
}

/** The part of a line that is shown, printable, tabs as two blanks. */
function windowOf(line: string, offset: number): { text: string; lead: string } {
  const lead = offset > 0 ? '…' : '';
  const cut = line.slice(offset, offset + MAX_WIDTH);
  return { text: `${lead}${printable(cut)}${line.length > offset + MAX_WIDTH ? '…' : ''}`, lead };
}

function carets(line: string, range: SourceRange, offset: number): string {
  const start = range.column - 1;
  const end =
    range.endLine === undefined || range.endLine === range.line
      ? (range.endColumn ?? range.column + 1) - 1
      : line.trimEnd().length;
  const { lead } = windowOf(line, offset);
  const before = printable(line.slice(offset, start)).length + lead.length;
  const width = printable(line.slice(start, Math.min(end, offset + MAX_WIDTH))).length;
  return ' '.repeat(before) + '^'.repeat(Math.max(1, width));
}

function printable(text: string): string {
  return visibleText(text.replaceAll('\t', '  '));
}
