import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { analysisOf } from '../../../views/plan-analysis.ts';
import { costText } from '../../../views/plan-outcome.ts';
import { countOf } from '../../../views/text.ts';
import type { ActorStory } from '../actor-view.ts';
import { standingOf } from '../fleet-row.ts';
import { chip, colourOf, mixBar, path, reasonWords, time } from '../parts.ts';
import { gallery } from './actor-gallery.ts';
import { history } from './actor-history.ts';
import { trash } from './actor-trash.ts';

export interface ActorPage {
  readonly story: ActorStory;
  readonly canDecide: boolean;
  /** The actors before and after this one. */
  readonly neighbours: { readonly previous: string | undefined; readonly next: string | undefined };
}

/** One actor: its pictures first, then why, then what has been. */
export function actorPage({ story, canDecide, neighbours }: ActorPage): Html {
  const { plan, conditions } = story;
  return html`<article class="actor" id="actor" data-actor="${path`/actors/${plan.actor}`}" data-categories="${story.categories.map(({ name }) => name).join(' ')}"><div class="crumbs"><a href="/">Fleet</a>${neighbour(neighbours.previous, 'Previous', 'prev')}${neighbour(neighbours.next, 'Next', 'next')}</div><div data-live="actor-head"><p class="eyebrow">${plan.type === '' ? 'No type' : `Type ${plan.type}`}${plan.distribution === undefined ? '' : ` · distribution ${plan.distribution}`}</p><h1>${plan.actor}${plan.name === undefined ? NO_HTML : html` <em>${plan.name}</em>`}</h1>${standing(story)}${suspended(story, canDecide)}<div class="two narrow"><section aria-labelledby="h-mix"><h2 id="h-mix">Mix</h2>${mix(story)}</section><section aria-labelledby="h-next"><h2 id="h-next">Next</h2>${next(story, canDecide)}</section></div></div><div data-live="gallery">${gallery(story, canDecide)}</div><div data-live="actor-rest">${trash(story, canDecide)}${contactSheets(story)}${conditionList(conditions)}${history(story)}</div></article>`;
}

function neighbour(actor: string | undefined, label: string, rel: string): Html {
  return actor === undefined
    ? NO_HTML
    : html`<a href="${path`/actors/${actor}`}" rel="${rel}">${label}: ${actor}</a>`;
}

function standing({ conditions }: ActorStory): Html {
  const [ready] = conditions;
  if (ready === undefined) return NO_HTML;
  const stalled = conditions.some(({ type }) => type === 'Stalled');
  const word = standingOf(ready, stalled);
  return html`<p class="lead">${chip(word)} ${ready.message}</p>`;
}

function suspended({ suspended: record, plan }: ActorStory, canDecide: boolean): Html {
  if (record === undefined) return NO_HTML;
  const until = record.until === undefined ? NO_HTML : html` until ${time(record.until)}`;
  const resume = canDecide
    ? html`<form method="post" action="${path`/actors/${plan.actor}/resume`}"><button data-do="s">Resume</button></form>`
    : NO_HTML;
  return html`<div class="banner warn"><p><b>Suspended</b> by ${record.by}${until}: ${record.reason}</p>${resume}</div>`;
}

function mix({ plan }: ActorStory): Html {
  const { categories, total } = plan;
  if (categories.length === 0) return html`<p class="fine">No distribution holds for this actor.</p>`;
  const most = Math.max(
    1,
    ...categories.flatMap(({ before, target, band }) => [before, target, band?.high ?? 0]),
  );
  const rows = categories.map(({ title, category, before, target, band }, index) => {
    const allowed = band === undefined || band.low === band.high ? '' : `, ${band.low}–${band.high} allowed`;
    return html`<dt>${title || category}</dt><dd class="said"><b>${before}</b> <span>of ${target}${allowed}</span></dd><dd class="bar">${mixBar({ now: before, target, band }, colourOf(index), most)}</dd>`;
  });
  return html`<dl class="mix">${joinHtml(rows)}</dl><p class="fine">${countOf(total.before, 'image')}, target ${total.target}.${unknown(plan)}</p>`;
}

function unknown({ unknown: count, unreadable }: ActorStory['plan']): string {
  const parts = [
    ...(count > 0 ? [`${count} not evaluated`] : []),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(', ')}.`;
}

function next({ plan, suspended: record }: ActorStory, canDecide: boolean): Html {
  const cost = plan.cost.maximumUsd > 0 || !plan.cost.known ? ` Cost ${costText(plan.cost)}.` : '';
  const address = path`/actors/${plan.actor}`;
  const suspend =
    record === undefined
      ? html`<details class="act"><summary data-go="s">Suspend</summary><form method="post" action="${address}/suspend" class="stack"><label for="why-actor">Why? Everybody will read it.</label><input id="why-actor" name="reason" required maxlength="500"><button>Suspend this actor</button></form></details>`
      : NO_HTML;
  const acts = canDecide
    ? html`<div class="acts"><form method="post" action="${address}/plan"><button data-do="r">Reconcile now</button></form>${suspend}</div>`
    : NO_HTML;
  return html`<p>${analysisOf(plan)}${cost}</p>${remarks(plan)}${acts}`;
}

const REMARKS = 20;

function remarks({ notes, status }: ActorStory['plan']): Html {
  // For these, the sentence above is made of the notes; what is said of one picture is said at the picture.
  const told = status === 'error' || status === 'unmanaged';
  const shown = told ? [] : notes.filter(({ image }) => image === undefined).slice(0, REMARKS);
  if (shown.length === 0) return NO_HTML;
  return html`<ul class="notes">${joinHtml(shown.map(({ message }) => html`<li>${message}</li>`))}</ul>`;
}

function contactSheets({ plan, sheets, analysis }: ActorStory): Html {
  if (sheets.length === 0) return NO_HTML;
  const pictures = sheets.map(
    (_, index) =>
      html`<a href="${path`/actors/${plan.actor}/sheets/${index + 1}.jpg`}"><img src="${path`/actors/${plan.actor}/sheets/${index + 1}.jpg`}" alt="Contact sheet ${index + 1} of ${plan.actor}, as the evaluator saw it" loading="lazy" decoding="async"></a>`,
  );
  return html`<details class="fold" id="sheet"><summary><h2>Contact sheet</h2></summary>${analysis === undefined ? NO_HTML : html`<p class="lead">${analysis}</p>`}<div class="sheets">${joinHtml(pictures)}</div></details>`;
}

function conditionList(conditions: ActorStory['conditions']): Html {
  const rows = conditions.map(
    ({ type, status, reason, message, lastTransitionTime }) =>
      html`<tr><th scope="row">${type}</th><td>${status}</td><td>${reasonWords(reason)}</td><td>${message}</td><td>${lastTransitionTime === undefined ? NO_HTML : time(lastTransitionTime)}</td></tr>`,
  );
  return html`<section aria-labelledby="h-cond"><h2 id="h-cond">Conditions</h2><div class="scroll" tabindex="0" role="group" aria-labelledby="h-cond"><table class="plain-table stacked"><thead><tr><th scope="col">Condition</th><th scope="col">Status</th><th scope="col">Reason</th><th scope="col">What it means</th><th scope="col">Since</th></tr></thead><tbody>${joinHtml(rows)}</tbody></table></div></section>`;
}
