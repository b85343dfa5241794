import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { codeOf, escapeMarkdown } from './escape-markdown.ts';
import { fitLines } from './fit-lines.ts';
import { planMarker } from './plan-markdown.ts';
import { countOf, truncate } from './text.ts';

const LIMIT = 60_000;

/** Specs that cannot be planned, as the comment that else shows the plan. `folder` as in `renderJunit`. */
export function renderValidationMarkdown(
  diagnostics: readonly Diagnostic[],
  folder: string,
  key: string,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const row = ({ severity, summary, detail, range }: Diagnostic) => {
    const place = range === undefined ? '' : codeOf(truncate(`${folder}${range.file}:${range.line}`, 120));
    return `| ${severity === 'error' ? '⛔' : '⚠️'} ${severity} | ${place} | **${escapeMarkdown(summary)}** ${escapeMarkdown(truncate(detail, 400))} |`;
  };
  return [
    planMarker(key),
    '## Callsheet plan',
    '',
    `**No plan: the specs have ${countOf(errors, 'error')}.** Nothing will be changed until they are mended.`,
    '',
    '| | Where | What |',
    '| --- | --- | --- |',
    ...fitLines(diagnostics, row, LIMIT, (left) => `| | | and ${countOf(left, 'more problem')} |`),
    '',
  ].join('\n');
}
