import type { EvaluatedActor } from '../usecases/evaluate-library.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import { type Cell, renderTable } from './table.ts';
import { countOf, formatNumber } from './text.ts';

/**
 * What evaluating came to, one actor a line.
 *
 * @param place the state's URL, where records and contact sheets are.
 */
export function renderEvaluations(
  actors: readonly EvaluatedActor[],
  place: string,
  { palette, width }: ViewOptions,
): string {
  const categories = [...new Set(actors.flatMap((actor) => Object.keys(actor.categories)))];
  const rows = actors.map((actor): Cell[] => [
    escapeText(actor.actor),
    escapeText(actor.type === '' ? '-' : actor.type),
    formatNumber(actor.images),
    ...categories.map((category) => formatNumber(actor.categories[category] ?? 0)),
    doubt(actor.uncertain, palette.yellow),
    doubt(actor.unknown + actor.unreadable, palette.yellow),
    actor.error === undefined
      ? escapeText(actor.sheet)
      : { text: `error: ${escapeText(actor.error.message)}`, style: palette.red },
  ]);
  const columns = [
    { title: 'ACTOR' },
    { title: 'TYPE' },
    { title: 'IMAGES', align: 'right' },
    ...categories.map((category) => ({ title: escapeText(category).toUpperCase(), align: 'right' }) as const),
    { title: 'UNCERTAIN', align: 'right' },
    { title: 'UNKNOWN', align: 'right' },
    { title: 'CONTACT SHEET', flexible: true },
  ] as const;
  const images = actors.reduce((sum, actor) => sum + actor.images, 0);
  const end = `${countOf(actors.length, 'actor')}, ${countOf(images, 'image')}. Contact sheets and records are in ${escapeText(place)}`;
  return `${[...renderTable(columns, rows, { width, header: palette.dim }), '', end].join('\n')}\n`;
}

function doubt(count: number, style: (text: string) => string): Cell {
  return count === 0 ? '0' : { text: formatNumber(count), style };
}
