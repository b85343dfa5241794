import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { imageName, reasonText } from '../../../views/plan-symbols.ts';
import { formatUsd } from '../../../views/text.ts';
import type { ActorStory, PictureCard } from '../actor-view.ts';
import { path, percent, time } from '../parts.ts';

export interface ImagePage {
  readonly story: ActorStory;
  readonly card: PictureCard;
  readonly canDecide: boolean;
}

/** One picture, large, with where it comes from and what can be decided about it. */
export function imagePage({ story, card, canDecide }: ImagePage): Html {
  const { plan, images, orphans } = story;
  const all = [...images, ...orphans];
  const at = all.findIndex(({ key }) => key === card.key);
  const home = path`/actors/${plan.actor}`;
  const step = (to: PictureCard | undefined, label: string, rel: string) =>
    to === undefined
      ? NO_HTML
      : html`<a href="${path`/actors/${plan.actor}/images/${to.key}`}" rel="${rel}">${label}</a>`;
  return html`<article class="image" id="image" data-actor="${home}" data-key="${card.key}" data-pinned="${card.pinned ? '1' : ''}" data-category="${card.category ?? ''}" data-categories="${story.categories.map(({ name }) => name).join(' ')}"><div class="crumbs"><a href="/">Fleet</a><a href="${home}#i-${card.key}" rel="up">${plan.actor}</a>${step(all[at - 1], 'Previous picture', 'prev')}${step(all[at + 1], 'Next picture', 'next')}</div><div class="beside"><figure>${large(plan.actor, card)}</figure><div class="facts" data-live="facts"><h1>${card.number === undefined ? 'Picture' : `Picture ${card.number}`} <em>${imageName(card.image)}</em></h1>${fate(card)}${card.remark === undefined ? NO_HTML : html`<p class="banner warn">${card.remark}</p>`}${facts(story, card)}${canDecide ? decide(story, card) : NO_HTML}</div></div></article>`;
}

function large(actor: string, { digest, state, width, height, number }: PictureCard): Html {
  if (digest === undefined || state === 'unreadable')
    return html`<div class="blank">${state === 'unreadable' ? 'This file is no picture.' : 'Nobody has looked at it yet.'}</div>`;
  const size =
    width === undefined || height === undefined ? NO_HTML : html` width="${width}" height="${height}"`;
  const address = path`/actors/${actor}/pictures/${digest}`;
  return html`<img src="${address}/preview.webp" alt="Image ${number ?? ''} of ${actor}" decoding="async"${size}><figcaption><a href="${address}/original">Original file</a></figcaption>`;
}

function fate({ fate: action, rejected }: PictureCard): Html {
  if (action === undefined) return NO_HTML;
  return html`<p class="banner out"><b>The next plan deletes it:</b> ${reasonText(action)}${rejected === undefined ? '' : `: ${rejected}`}.</p>`;
}

function facts({ categories }: ActorStory, card: PictureCard): Html {
  const { category, quality, confidence, judgedBy, pinned, generated, width, height, image, state, origin } =
    card;
  const title = categories.find(({ name }) => name === category)?.title ?? category ?? state;
  const rows: (readonly [string, Html | string | undefined])[] = [
    ['Category', `${title}${judgedBy === 'person' ? ', said by a person' : ''}`],
    ['Quality', quality === undefined ? undefined : `${quality} of 10`],
    ['Confidence', confidence === undefined ? undefined : percent(confidence)],
    ['Pinned', pinned ? 'yes: never deleted' : undefined],
    ['Origin', generated ? 'generated' : 'uploaded'],
    ['Model', origin.model],
    [
      'Prompt',
      origin.prompt === undefined
        ? undefined
        : `${origin.promptNumber === undefined ? '' : `${origin.promptNumber}: `}${origin.prompt}`,
    ],
    ['Seed', origin.seed === undefined ? undefined : String(origin.seed)],
    [
      'Run',
      origin.run === undefined ? undefined : html`<a href="${path`/runs/${origin.run}`}">${origin.run}</a>`,
    ],
    ['Cost', origin.costUsd === undefined ? undefined : formatUsd(origin.costUsd)],
    ['Made', origin.createdAt === undefined ? undefined : time(origin.createdAt)],
    ['Size', width === undefined || height === undefined ? undefined : `${width} × ${height} px`],
    ['Place', html`<code>${image}</code>`],
  ];
  const shown = rows.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<dt>${name}</dt><dd>${value}</dd>`],
  );
  return html`<dl class="sheet">${joinHtml(shown)}</dl>`;
}

function decide({ plan, categories }: ActorStory, card: PictureCard): Html {
  const address = path`/actors/${plan.actor}/images/${card.key}`;
  const choices = categories.map(
    ({ name, title }, index) =>
      html`<button name="category" value="${name}"${name === card.category ? html` aria-pressed="true"` : NO_HTML}>${title}${index < 9 ? html` <kbd class="needs-script" aria-hidden="true">${index + 1}</kbd>` : NO_HTML}</button>`,
  );
  const pin =
    card.entry === undefined
      ? NO_HTML
      : html`<form method="post" action="${address}/${card.pinned ? 'unpin' : 'pin'}"><button>${card.pinned ? 'Unpin' : 'Pin: never delete it'} <kbd class="needs-script" aria-hidden="true">p</kbd></button></form>`;
  const judge =
    card.digest === undefined
      ? NO_HTML
      : html`<form method="post" action="${address}/relabel"><fieldset><legend>It is of the category</legend>${joinHtml(choices)}</fieldset></form><form method="post" action="${address}/reject" class="stack"><label for="why">This one is bad, because</label><div class="row"><input id="why" data-go="x" name="reason" required maxlength="500" placeholder="six fingers"><button class="danger">Reject <kbd class="needs-script" aria-hidden="true">x</kbd></button></div></form>${withdraw(address, card)}`;
  return html`<section class="decide" id="decide" aria-labelledby="h-decide"><h2 id="h-decide">Decide</h2>${pin}${judge}</section>`;
}

function withdraw(address: string, { judgedBy, rejected }: PictureCard): Html {
  if (judgedBy !== 'person' && rejected === undefined) return NO_HTML;
  return html`<form method="post" action="${address}/withdraw"><button class="plain">Take back what was said by hand</button></form>`;
}
