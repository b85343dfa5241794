import type { CategoryCounts } from '../../plan/plan.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../views/escape-html.ts';
import { formatTime } from '../../views/text.ts';
import type { Standing } from './fleet-row.ts';

/** Colours that categories get, in their order; a ninth category begins anew. As in the report of a plan. */
const COLOURS = 8;

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  failing: 'Failing',
  off: 'Out of balance',
  waiting: 'Waiting',
  balanced: 'Balanced',
};

/** `OutsideTolerance` as people read it. */
export function reasonWords(reason: string): string {
  const words = reason.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function colourOf(index: number): number {
  return index % COLOURS;
}

/**
 * A class that hands a share of a whole to the style sheet, in percent: the pages' policy allows no style in the markup.
 *
 * @param letter `v`: a length; `a`: where it begins.
 */
export function share(letter: 'v' | 'a', part: number, whole: number): string {
  const percent = whole === 0 ? 0 : Math.round((100 * part) / whole);
  return `${letter}${Math.min(100, Math.max(0, percent))}`;
}

export function chip(standing: Standing, text: string = STANDING_WORDS[standing]): Html {
  return html`<span class="chip ${standing}">${text}</span>`;
}

/** A small picture of an actor; empty where there is none. Says nothing that the name beside it does not. */
export function face(actor: string): Html {
  return html`<span class="face"><img src="${path`/actors/${actor}/face.webp`}" alt="" width="44" height="44" loading="lazy" decoding="async"></span>`;
}

/** A time that the browser's script shows in the reader's own zone. */
export function time(rfc3339: string): Html {
  return html`<time datetime="${rfc3339}">${formatTime(rfc3339)} UTC</time>`;
}

/** The same where there is no room for the hour. */
export function day(rfc3339: string): Html {
  return html`<time datetime="${rfc3339}" data-day>${rfc3339.slice(0, 10)}</time>`;
}

/** A share as people read it beside a picture. */
export function percent(part: number): string {
  return `${Math.round(part * 100)}%`;
}

/** Counts as one narrow strip, each category in its colour. */
export function mixStrip(counts: readonly number[]): Html {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const parts = counts.map((count, index) =>
    count === 0 ? NO_HTML : html`<i class="k${colourOf(index)} ${share('v', count, total)}"></i>`,
  );
  return html`<span class="strip" aria-hidden="true">${joinHtml(parts)}</span>`;
}

/** One category as a bar: how many there are, the tolerance as a zone, the target as a line. */
export function mixBar(
  { now, target, band }: { now: number; target: number; band: CategoryCounts['band'] },
  colour: number,
  most: number,
): Html {
  const zone =
    band === undefined || band.low === band.high
      ? NO_HTML
      : html`<i class="zone ${share('a', band.low, most)} ${share('v', band.high - band.low, most)}"></i>`;
  return html`<span class="track" aria-hidden="true">${zone}<i class="is k${colour} ${share('v', now, most)}"></i><i class="goal ${share('a', target, most)}"></i></span>`;
}

/** A path with its parts encoded: ids come from file names, and those may hold anything. */
export function path(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  return parts.reduce<string>(
    (text, part, index) => text + encodeURIComponent(String(part)) + strings[index + 1]!,
    strings[0]!,
  );
}

/** Hidden fields of a form that only acts. */
export function hidden(fields: Readonly<Record<string, string>>): Html {
  return joinHtml(
    Object.entries(fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
    ),
  );
}
