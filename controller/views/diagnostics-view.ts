import { type Diagnostic, sortDiagnostics } from '../diagnostics/diagnostic.ts';
import { visibleText } from '../diagnostics/visible-text.ts';
import { type Palette, plainPalette } from './palette.ts';

/**
 * All problems for a terminal, in reading order, with a summary line at the end; empty when there is none. Safe to print whatever
 * the specs hold.
 *
 *     error[unknown-field]: Unknown field
 *       --> distribution.yaml:9:21
 *         8 |   categories:
 *       > 9 |     photorealistic: { shares: 65 }
 *           |                       ^^^^^^
 *       "shares" is not a field of spec.categories.photorealistic. Did you mean "share"?
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  colors: Palette = plainPalette,
): string {
  if (diagnostics.length === 0) return '';
  const blocks = sortDiagnostics(diagnostics).map((diagnostic) => formatOne(diagnostic, colors));
  return `${blocks.join('\n\n')}\n\n${summaryLine(diagnostics)}\n`;
}

/** `2 errors, 1 warning in 2 files` */
export function summaryLine(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const files = new Set(diagnostics.map(({ range }) => range?.file).filter((file) => file !== undefined))
    .size;
  const counts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  return `${counts.join(', ')}${files > 0 ? ` in ${plural(files, 'file')}` : ''}`;
}

function formatOne({ severity, code, summary, detail, range, frame }: Diagnostic, colors: Palette): string {
  const tint = severity === 'error' ? colors.red : colors.yellow;
  const lines = [`${colors.bold(tint(`${severity}[${code}]`))}${colors.bold(`: ${summary}`)}`];
  if (range !== undefined)
    lines.push(`  ${colors.cyan(`--> ${visibleText(range.file)}:${range.line}:${range.column}`)}`);
  for (const line of frame?.split('\n') ?? [])
    lines.push(`  ${paintFrameLine(line, colors, tint)}`.trimEnd());
  lines.push(`  ${visibleText(detail)}`);
  return lines.join('\n');
}

function paintFrameLine(line: string, colors: Palette, tint: (text: string) => string): string {
  const bar = line.indexOf('|');
  const [gutter, text] = [line.slice(0, bar + 1), line.slice(bar + 1)];
  return `${colors.dim(gutter)}${/^\s*\^+$/.test(text) ? tint(text) : text}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
