import type { TrashRecord } from '../../../records/actor-record.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { imageName } from '../../../views/plan-symbols.ts';
import type { ActorStory } from '../actor-view.ts';
import { day, path } from '../parts.ts';
import { thumbAddress } from './actor-gallery.ts';

const SHOWN = 100;

/** What was deleted and can still come back. */
export function trash({ plan, trash: items, categories }: ActorStory, canDecide: boolean): Html {
  const titles = new Map(categories.map(({ name, title }) => [name, title]));
  if (items.length === 0) return NO_HTML;
  const cards = items
    .toSorted((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1))
    .slice(0, SHOWN)
    .map((item) => trashed(plan.actor, item, titles, canDecide));
  return html`<section class="category" aria-labelledby="h-trash"><h2 id="h-trash">Trash <small>${items.length} that can come back</small></h2><ul class="grid small">${joinHtml(cards)}</ul></section>`;
}

function trashed(
  actor: string,
  item: TrashRecord,
  titles: ReadonlyMap<string, string>,
  canDecide: boolean,
): Html {
  const { id, digest, image, category, quality, deletedAt, expiresAt } = item;
  const name = imageName(image);
  const alt = `${name}, ${category ?? 'of unknown category'}${quality === undefined ? '' : `, quality ${quality} of 10`}`;
  const restore = canDecide
    ? html`<form method="post" action="${path`/actors/${actor}/restore`}"><input type="hidden" name="trash" value="${id}"><button class="restore">Restore<span class="sr"> ${name}</span></button></form>`
    : NO_HTML;
  return html`<li class="card"><span class="pic"><img src="${thumbAddress(actor, digest)}" alt="${alt}" loading="lazy" decoding="async"></span><div class="cap"><span class="badges" title="${name}">${titles.get(category ?? '') ?? category ?? 'not evaluated'}</span>${quality === undefined ? NO_HTML : html`<span class="quality">${quality}</span>`}<small>${item.reason.replaceAll('-', ' ')} ${day(deletedAt)}</small><small>until ${day(expiresAt)}</small></div>${restore}</li>`;
}
