import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { escapeBlock, escapeText } from './escape.ts';

/**
 * Problems of specs as workflow commands of GitHub Actions: each shows up at its line of the pull request. Text cannot begin another
 * command: line feeds are encoded as the runner wants them.
 */
export function renderWorkflowCommands(diagnostics: readonly Diagnostic[], folder: string): string {
  return diagnostics.map((diagnostic) => `${command(diagnostic, folder)}\n`).join('');
}

function command({ severity, code, summary, detail, range }: Diagnostic, folder: string): string {
  const place =
    range === undefined
      ? []
      : [
          `file=${property(`${folder}${range.file}`)}`,
          `line=${range.line}`,
          `col=${range.column}`,
          ...(range.endLine === undefined ? [] : [`endLine=${range.endLine}`]),
        ];
  return `::${severity} ${[...place, `title=${property(`${summary} (${code})`)}`].join(',')}::${message(detail)}`;
}

function message(text: string): string {
  return escapeBlock(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(escapeText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
