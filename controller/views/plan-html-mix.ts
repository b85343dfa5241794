import type { CategoryCounts } from '../plan/plan.ts';
import { type Html, html, joinHtml, NO_HTML } from './escape-html.ts';

/** Colours that categories get, in their order; a ninth category begins anew. */
const COLOURS = 8;

export function colourOf(index: number): number {
  return index % COLOURS;
}

/** One category as a bar: before above after, the tolerance as a zone behind them, the target as a line across. */
export function mixBar(counts: CategoryCounts, colour: number, most: number): Html {
  const { before, after, target, band } = counts;
  const zone =
    band === undefined
      ? NO_HTML
      : html`<i class="zone" style="left:${percent(band.low, most)};width:${percent(band.high - band.low, most)}"></i>`;
  const bar = (kind: string, count: number) =>
    count === 0 ? NO_HTML : html`<i class="${kind} k${colour}" style="width:${percent(count, most)}"></i>`;
  return html`<span class="track" aria-hidden="true">${zone}${bar('was', before)}${bar('is', after)}<i class="goal" style="left:${percent(target, most)}"></i></span>`;
}

/** All categories of one actor, each with its numbers in words. */
export function mixList(categories: readonly CategoryCounts[]): Html {
  const most = Math.max(
    1,
    ...categories.flatMap(({ before, after, target, band }) => [before, after, target, band?.high ?? 0]),
  );
  const rows = categories.map((counts, index) => {
    const { title, category, before, after, target, band } = counts;
    const allowed = band === undefined || band.low === band.high ? '' : `, ${band.low}–${band.high} allowed`;
    const change = before === after ? html`<b>${after}</b>` : html`<b>${before} → ${after}</b>`;
    return html`<dt>${title || category}</dt><dd class="bar">${mixBar(counts, colourOf(index), most)}</dd><dd class="said">${change} <span>target ${target}${allowed}</span></dd>`;
  });
  return html`<dl class="mix">${joinHtml(rows)}</dl>`;
}

/** The mix before as one narrow strip: a single element, since there may be ten thousand of them. */
export function mixStrip(categories: readonly CategoryCounts[]): Html {
  const total = categories.reduce((sum, { before }) => sum + before, 0);
  if (total === 0) return html`<span class="strip"></span>`;
  let from = 0;
  const stops = categories.flatMap(({ before }, index) => {
    if (before === 0) return [];
    const to = from + before;
    const stop = `var(--c${colourOf(index)}) ${percent(from, total)} ${percent(to, total)}`;
    from = to;
    return [stop];
  });
  return html`<span class="strip" style="background:linear-gradient(90deg,${stops.join(',')})"></span>`;
}

function percent(part: number, whole: number): string {
  return `${Number(((100 * part) / whole).toFixed(2))}%`;
}
