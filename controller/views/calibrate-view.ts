import type { Calibration } from '../usecases/calibrate-measure.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import { renderTable } from './table.ts';
import { countOf, formatNumber, formatUsd } from './text.ts';

const MISTAKES_SHOWN = 10;

/** How far an evaluator can be trusted: the figures first, then where it goes wrong. */
export function renderCalibration(result: Calibration, { palette, width }: ViewOptions): string {
  const { categories, confusion, positions, mistakes } = result;
  const names = categories.map(({ category }) => category);
  const matrix = renderTable(
    [
      { title: 'LABEL' },
      ...[...names, '-'].map((name) => ({ title: escapeText(name), align: 'right' }) as const),
      { title: 'FOUND', align: 'right' },
      { title: 'RIGHT', align: 'right' },
    ],
    categories.map(({ category, recall, precision }) => [
      escapeText(category),
      ...[...names, '-'].map((taken) => formatNumber(confusion[category]?.[taken] ?? 0)),
      percent(recall),
      percent(precision),
    ]),
    { width, header: palette.dim },
  );
  const worst = [...positions].sort((a, b) => a.accuracy - b.accuracy).slice(0, 5);
  return `${[
    palette.bold(escapeText(result.evaluator)),
    `${countOf(result.pictures - result.unreadable, 'picture')}, ${countOf(result.runs, 'run')}${result.unreadable === 0 ? '' : `; ${result.unreadable} could not be used`}`,
    '',
    `Accuracy                   ${percent(result.accuracy)}`,
    `Accuracy where sure        ${percent(result.certainAccuracy)}`,
    `Unsure                     ${percent(result.uncertainShare)}`,
    `Without a verdict          ${percent(result.failedShare)}`,
    `The same in every run      ${percent(result.agreement)}`,
    `Cost                       ${formatUsd(result.costUsd)} (at most ${formatUsd(result.estimateUsd)} was expected)`,
    '',
    ...matrix,
    '',
    `Weakest cells of the sheet: ${worst.map(({ position, accuracy }) => `${position} (${percent(accuracy)})`).join(', ')}`,
    ...(mistakes.length === 0 ? [] : ['', palette.yellow('Taken for something else:')]),
    ...mistakes
      .slice(0, MISTAKES_SHOWN)
      .map(({ name, taken }) => `  ${escapeText(name)}: ${escapeText(taken)}`),
    ...(mistakes.length > MISTAKES_SHOWN ? [`  ... and ${mistakes.length - MISTAKES_SHOWN} more`] : []),
  ].join('\n')}\n`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${(share * 100).toFixed(1)} %`;
}
