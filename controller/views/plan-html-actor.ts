import type { Action, ActionCounts, ActorPlan, DeleteAction, GenerateAction } from '../plan/plan.ts';
import { type Html, html, joinHtml, NO_HTML } from './escape-html.ts';
import { analysisOf } from './plan-analysis.ts';
import { colourOf, mixList, mixStrip } from './plan-html-mix.ts';
import { costText } from './plan-outcome.ts';
import { ACTION_KINDS, imageName, reasonText } from './plan-symbols.ts';
import { truncate } from './text.ts';

/** Gives the picture of a content digest as a data URI, as long as there is room for more pictures. */
export type PictureOf = (digest: string) => string | undefined;

const TONES = { delete: 'out', generate: 'in', restore: 'back', adopt: 'back', forget: 'warn' } as const;
const SIGNS = { delete: '−', generate: '+', restore: '↺', adopt: '↳', forget: '×' } as const;
/** Images of one actor that are shown; a thousand pictures in a row tell nobody anything. */
const SHOWN = 200;

/** The line by which an actor is known before it is opened. */
export function actorSummary(actor: ActorPlan): Html {
  const { categories, total, actions, cost } = actor;
  const name = actor.name === undefined ? NO_HTML : html` <em>${truncate(actor.name, 80)}</em>`;
  const pills = ACTION_KINDS.flatMap(({ kind, verb }) => {
    const count = actions.filter((action) => action.kind === kind).length;
    return count === 0
      ? []
      : [
          html`<span class="pill ${TONES[kind]}" title="${count} to ${verb}">${SIGNS[kind]}${count}<span class="sr"> to ${verb}</span></span>`,
        ];
  });
  const status =
    actor.status === 'changes' || actor.status === 'balanced'
      ? NO_HTML
      : html`<span class="pill ${actor.status}">${actor.status}</span>`;
  const price = cost.maximumUsd > 0 || !cost.known ? costText(cost).split(' (')[0]! : '';
  return html`<summary><span class="who"><b>${truncate(actor.actor, 80)}</b>${name}</span>${mixStrip(categories)}<span class="acts">${status}${joinHtml(pills)}</span><span class="count">${total.before} → ${total.after}</span><span class="money">${price}</span></summary>`;
}

/** Everything about an actor: why, the mix, the pictures that go and come, the slots that are filled, and what was odd. */
export function actorBody(actor: ActorPlan, pictureOf: PictureOf, without: ActionCounts | undefined): Html {
  const { categories, actions, notes, distribution, total, cost } = actor;
  const facts = [
    `type ${actor.type === '' ? '(none)' : actor.type}`,
    ...(distribution === undefined ? [] : [`distribution ${distribution}`]),
    `${total.before} → ${total.after} images, target ${total.target}`,
    ...(cost.maximumUsd > 0 || !cost.known ? [`cost ${costText(cost)}`] : []),
  ];
  return joinHtml([
    html`<p>${analysisOf(actor)}${without === undefined ? NO_HTML : html` <em>${withoutText(without)}</em>`}</p>`,
    categories.length === 0 ? NO_HTML : mixList(categories),
    gallery(
      'Goes to the trash',
      actions.filter((action) => action.kind === 'delete'),
      (action) => leaving(actor, action, pictureOf),
    ),
    gallery(
      'Comes',
      actions.filter((action) => action.kind === 'generate'),
      (action) => emptySlot(actor, action),
      'slots',
    ),
    gallery(
      'Comes back',
      actions.filter((action) => action.kind === 'restore' || action.kind === 'adopt'),
      (action) => returning(action, pictureOf),
    ),
    forgotten(actions),
    notes.length === 0
      ? NO_HTML
      : html`<h3>Remarks</h3><ul class="notes">${joinHtml(notes.slice(0, SHOWN).map(({ message }) => html`<li>${message}</li>`))}</ul>`,
    html`<p class="fine">${facts.join(' · ')}</p>`,
  ]);
}

function withoutText(counts: ActionCounts): string {
  const parts = ACTION_KINDS.filter(({ kind }) => counts[kind] > 0).map(
    ({ kind, verb }) => `${counts[kind]} to ${verb}`,
  );
  return parts.length === 0
    ? 'Without this change nothing would be done.'
    : `Without this change: ${parts.join(', ')}.`;
}

function gallery<Kind extends Action>(
  title: string,
  actions: readonly Kind[],
  item: (action: Kind) => Html,
  look = '',
): Html {
  if (actions.length === 0) return NO_HTML;
  const more = actions.length - SHOWN;
  const rest = more > 0 ? html`<p class="fine">and ${more} more, in the plan file</p>` : NO_HTML;
  return html`<h3>${title} (${actions.length})</h3><ul class="gallery ${look}">${joinHtml(actions.slice(0, SHOWN).map(item))}</ul>${rest}`;
}

function leaving(actor: ActorPlan, action: DeleteAction, pictureOf: PictureOf): Html {
  const number = action.number > 0 ? `#${action.number}` : imageName(action.image);
  const title = categoryTitle(actor, action.category);
  const alt = `Image ${number} of ${actor.actor}: ${title}, quality ${action.quality}`;
  return html`<li>${frame(pictureOf(action.digest), alt)}<div class="cap"><b>${number}</b> <span class="why">${reasonText(action)}</span><small>${title}, quality ${action.quality} of 10</small><small>${imageName(action.image)}</small></div></li>`;
}

function returning(action: Action, pictureOf: PictureOf): Html {
  if (action.kind !== 'restore' && action.kind !== 'adopt') return NO_HTML;
  const from = action.kind === 'restore' ? 'back from the trash' : 'taken in: it lay unused in the store';
  return html`<li>${frame(pictureOf(action.digest), `${imageName(action.image)}: ${action.category}`)}<div class="cap"><b>${imageName(action.image)}</b><small>${action.category}, quality ${action.quality} of 10</small><small>${from}</small></div></li>`;
}

function emptySlot(actor: ActorPlan, { category, attempts }: GenerateAction): Html {
  const index = Math.max(
    0,
    actor.categories.findIndex((counts) => counts.category === category),
  );
  const [first] = attempts;
  const more =
    attempts.length > 1
      ? html`<small>at most ${attempts.length} attempts, each with another prompt or seed</small>`
      : NO_HTML;
  return html`<li class="slot"><div class="cap"><b><span class="dot k${colourOf(index)}"></span>${categoryTitle(actor, category)}</b><small>prompt ${first?.promptNumber ?? 0}</small>${truncate(first?.prompt ?? '', 400)}${more}</div></li>`;
}

function forgotten(actions: readonly Action[]): Html {
  const entries = actions.filter((action) => action.kind === 'forget');
  if (entries.length === 0) return NO_HTML;
  const items = entries
    .slice(0, SHOWN)
    .map((action) => html`<li>${imageName(action.image)}: ${reasonText(action)}</li>`);
  return html`<h3>Entries dropped from the manifest (${entries.length})</h3><ul class="notes">${joinHtml(items)}</ul>`;
}

function frame(source: string | undefined, alt: string): Html {
  return source === undefined
    ? html`<div class="frame none">no picture here</div>`
    : html`<div class="frame"><img src="${source}" alt="${alt}" loading="lazy" decoding="async"></div>`;
}

function categoryTitle({ categories }: ActorPlan, name: string): string {
  return categories.find(({ category }) => category === name)?.title || name;
}
