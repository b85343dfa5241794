import type { ActionKind } from '../../../plan/plan.ts';
import type { ActionOutcome, ActorRun, RunRecord } from '../../../records/run-record.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { formatUsd } from '../../../views/text.ts';
import type { ActorStory } from '../actor-view.ts';
import { path, time } from '../parts.ts';
import { thumbAddress } from './actor-gallery.ts';

const DONE: Readonly<Record<ActionKind, string>> = {
  delete: 'deleted',
  generate: 'generated',
  restore: 'restored',
  adopt: 'taken in',
  forget: 'forgotten',
};
/** Enough for an actor whose whole set is made anew. */
const PICTURES = 24;

/** What was done with this actor, by whom, with the counts and the pictures before and after. */
export function history({ plan, runs, categories }: ActorStory): Html {
  if (runs.length === 0) return NO_HTML;
  const items = runs.map((run) => {
    const part = run.actors.find(({ actor }) => actor === plan.actor);
    return html`<li><div class="when">${time(run.startedAt)}</div><div><p><a href="${path`/runs/${run.id}`}"><b>${kindWords(run.kind)}</b></a> by ${run.by}${run.note === undefined ? '' : `: ${run.note}`}${cost(part)}</p>${part === undefined ? NO_HTML : beforeAfter(part, categories)}${part === undefined ? NO_HTML : runPictures(plan.actor, part)}${part?.error === undefined ? NO_HTML : html`<p class="out">${part.error.message}</p>`}</div></li>`;
  });
  return html`<section aria-labelledby="h-history"><h2 id="h-history">History</h2><ol class="history">${joinHtml(items)}</ol></section>`;
}

export function kindWords(kind: RunRecord['kind']): string {
  const words = kind.replace('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cost(part: ActorRun | undefined): string {
  return part === undefined || part.costUsd === 0 ? '' : `, ${formatUsd(part.costUsd)}`;
}

function beforeAfter({ before, after }: ActorRun, categories: ActorStory['categories']): Html {
  if (before === undefined || after === undefined) return NO_HTML;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const parts = names.map((name) => {
    const title = categories.find((category) => category.name === name)?.title ?? name;
    const from = before[name] ?? 0;
    const to = after[name] ?? 0;
    return html`<li>${title} ${from === to ? html`${to}` : html`${from} → <b>${to}</b>`}</li>`;
  });
  return html`<ul class="counts">${joinHtml(parts)}</ul>`;
}

/** What came and what went in a run, as far as there are pictures of it. */
export function runPictures(actor: string, { actions }: ActorRun): Html {
  const told = actions.filter(({ outcome, digest }) => outcome === 'done' && digest !== undefined);
  if (told.length === 0) return NO_HTML;
  const frames = told.slice(0, PICTURES).map((action) => frame(actor, action));
  const more = told.length - frames.length;
  return html`<ul class="film">${joinHtml(frames)}</ul>${more > 0 ? html`<small>and ${more} more</small>` : NO_HTML}`;
}

function frame(actor: string, { kind, digest, category }: ActionOutcome): Html {
  return html`<li class="${kind}"><img src="${thumbAddress(actor, digest!)}" alt="${DONE[kind]}${category === undefined ? '' : `: ${category}`}" loading="lazy" decoding="async"><small>${DONE[kind]}</small></li>`;
}
