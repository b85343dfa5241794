import type { GenerateAction } from '../../../plan/plan.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { imageName, reasonText } from '../../../views/plan-symbols.ts';
import { formatUsd, truncate } from '../../../views/text.ts';
import type { ActorStory, PictureCard } from '../actor-view.ts';
import { colourOf, path, percent } from '../parts.ts';

/** A thousand pictures in a row tell nobody anything. */
const SHOWN = 200;

/** Shapes of frames, width by height, up to which ratio each is taken. */
const SHAPES = [
  ['tall', 2 / 3, 0.72],
  ['portrait', 4 / 5, 0.92],
  ['square', 1, 1.15],
  ['landscape', 4 / 3, Number.POSITIVE_INFINITY],
] as const;
type Shape = (typeof SHAPES)[number];

/** How much of a picture may be cut off at its edges, so that it fills its frame. */
const CUT = 0.08;

/** The shape of the frames: that of most pictures, so that few of them need a mat. Training pictures of one actor tend to be of one shape. */
function shapeOf(images: readonly PictureCard[]): Shape {
  const ratios = images
    .flatMap(({ width, height }) => (width === undefined || height === undefined ? [] : [width / height]))
    .sort((a, b) => a - b);
  const middle = ratios[Math.floor(ratios.length / 2)] ?? 1;
  return SHAPES.find(([, , upTo]) => middle < upTo)!;
}

/** All pictures by category: what is there, what goes and why, and the slots that wait for a picture. */
export function gallery(story: ActorStory, canDecide: boolean): Html {
  const { plan, images, orphans, categories } = story;
  const groups = plan.categories.map((counts, index) => {
    const members = images.filter(({ category }) => category === counts.category);
    const slots = plan.actions.filter(
      (action): action is GenerateAction => action.kind === 'generate' && action.category === counts.category,
    );
    const title = counts.title || counts.category;
    const { before, target, after } = counts;
    const said = before === after ? `${before} of ${target}` : `${before} of ${target}, then ${after}`;
    return group(story, canDecide, {
      id: `cat-${index}`,
      title,
      said,
      colour: colourOf(index),
      key: index < 9 ? index + 1 : undefined,
      members,
      slots,
    });
  });
  const known = new Set(categories.map(({ name }) => name));
  const others = images.filter(({ category }) => category === undefined || !known.has(category));
  return html`${joinHtml(groups)}${rest(story, canDecide, 'unsorted', 'Not evaluated', 'nobody knows of which category', others)}${rest(story, canDecide, 'orphans', 'Not in the training set', 'in the folder, but the manifest does not name it', orphans)}`;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly said: string;
  readonly colour: number | undefined;
  readonly key: number | undefined;
  readonly members: readonly PictureCard[];
  readonly slots: readonly GenerateAction[];
}

function rest(
  story: ActorStory,
  canDecide: boolean,
  id: string,
  title: string,
  said: string,
  members: readonly PictureCard[],
): Html {
  if (members.length === 0) return NO_HTML;
  return group(story, canDecide, { id, title, said, colour: undefined, key: undefined, members, slots: [] });
}

function group(
  story: ActorStory,
  canDecide: boolean,
  { id, title, said, colour, key, members, slots }: Group,
): Html {
  const dot = colour === undefined ? NO_HTML : html`<i class="dot k${colour}" aria-hidden="true"></i>`;
  const hint =
    key === undefined || !canDecide
      ? NO_HTML
      : html`<kbd class="needs-script" title="Press ${key} on a picture to move it here">${key}</kbd>`;
  const cards = members.slice(0, SHOWN).map((card) => pictureCard(story, card, canDecide));
  const empty = slots.map((slot) => emptySlot(slot));
  const more = members.length - SHOWN;
  return html`<section class="category" aria-labelledby="${id}"><h2 id="${id}">${dot}${title} <small>${said}</small> ${hint}</h2><ul class="grid ${shapeOf(story.images)[0]}">${joinHtml([...cards, ...empty])}</ul>${more > 0 ? html`<p class="fine">and ${more} more</p>` : NO_HTML}</section>`;
}

function pictureCard(story: ActorStory, card: PictureCard, canDecide: boolean): Html {
  const { plan } = story;
  const address = path`/actors/${plan.actor}/images/${card.key}`;
  const going = card.fate !== undefined;
  const label = describe(card);
  return html`<li class="card ${going ? 'going' : ''} ${card.pinned ? 'pinned' : ''}" id="i-${card.key}" data-key="${card.key}" data-pinned="${card.pinned ? '1' : ''}" data-category="${card.category ?? ''}"><a class="pic" href="${address}">${picture(story, card, label)}${going ? html`<span class="fate">Goes: ${reasonText(card.fate!)}</span>` : NO_HTML}</a><div class="cap"><span class="num">${card.number === undefined ? '' : `#${card.number}`}</span>${quality(card)}<span class="badges">${badges(card)}</span>${confidence(card)}</div>${canDecide && card.entry !== undefined ? pinForm(address, card) : NO_HTML}</li>`;
}

function picture(
  { plan, images }: ActorStory,
  { digest, width, height, state }: PictureCard,
  label: string,
): Html {
  if (digest === undefined || state === 'unreadable') {
    return html`<span class="blank"><span class="sr">${label}. </span>${state === 'unreadable' ? 'no picture' : 'not looked at yet'}</span>`;
  }
  const size =
    width === undefined || height === undefined ? NO_HTML : html` width="${width}" height="${height}"`;
  const [, shape] = shapeOf(images);
  const fits = width !== undefined && height !== undefined && Math.abs(width / height / shape - 1) < CUT;
  return html`<img class="${fits ? 'fits' : ''}" src="${thumbAddress(plan.actor, digest)}" alt="${label}" loading="lazy" decoding="async"${size}>`;
}

export function thumbAddress(actor: string, digest: string): string {
  return path`/actors/${actor}/pictures/${digest}/thumb.webp`;
}

/** What somebody who cannot see the picture has to know. */
function describe({ number, category, quality: score, pinned, fate, generated, state }: PictureCard): string {
  const parts = [
    `Image${number === undefined ? '' : ` ${number}`}`,
    category ?? state,
    ...(score === undefined ? [] : [`quality ${score} of 10`]),
    ...(pinned ? ['pinned'] : []),
    ...(generated ? ['generated'] : []),
    ...(fate === undefined ? [] : [`goes: ${reasonText(fate)}`]),
  ];
  return parts.join(', ');
}

function quality({ quality: score }: PictureCard): Html {
  if (score === undefined) return html`<span class="quality"></span>`;
  return html`<span class="quality" title="Quality ${score} of 10"><span class="sr">Quality </span>${score}<small aria-hidden="true">/10</small><span class="sr"> of 10</span></span>`;
}

function confidence({ confidence: sure }: PictureCard): Html {
  if (sure === undefined) return NO_HTML;
  return html`<span class="sure" title="How sure the evaluator is of the category">${percent(sure)} sure</span>`;
}

function badges({ pinned, generated, judgedBy, state, duplicateOf, rejected, origin }: PictureCard): Html {
  const badge = (look: string, text: string, title: string) =>
    html`<span class="badge ${look}" title="${title}">${text}</span>`;
  return joinHtml([
    pinned ? badge('pin', 'pinned', 'Never deleted') : NO_HTML,
    rejected === undefined ? NO_HTML : badge('bad', 'rejected', rejected),
    judgedBy === 'person' ? badge('', 'by hand', 'A person said of which category it is') : NO_HTML,
    state === 'uncertain'
      ? badge('warn', 'unsure', 'The evaluator was not sure: never deleted for being too many')
      : NO_HTML,
    duplicateOf === undefined
      ? NO_HTML
      : badge('warn', 'duplicate', `The same picture as ${imageName(duplicateOf)}`),
    generated ? badge('made', 'generated', madeOf(origin)) : badge('', 'uploaded', 'Shot or uploaded'),
  ]);
}

/** Where a generated picture comes from, in one line; its page tells it in full. */
function madeOf({ promptNumber, seed, model, costUsd, run }: PictureCard['origin']): string {
  const parts = [
    promptNumber === undefined ? 'Made by a model' : `Prompt ${promptNumber}`,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(model === undefined ? [] : [model]),
    ...(costUsd === undefined ? [] : [formatUsd(costUsd)]),
    ...(run === undefined ? [] : [run]),
  ];
  return parts.join(', ');
}

function pinForm(address: string, { pinned, number }: PictureCard): Html {
  const verb = pinned ? 'Unpin' : 'Pin';
  return html`<div class="quick"><form method="post" action="${address}/${pinned ? 'unpin' : 'pin'}"><button>${verb}<span class="sr"> image ${number ?? ''}</span></button></form><a class="button" href="${address}#decide">Decide<span class="sr"> about image ${number ?? ''}</span></a></div>`;
}

function emptySlot({ attempts }: GenerateAction): Html {
  const [first] = attempts;
  const more = attempts.length > 1 ? html`<small>up to ${attempts.length} attempts</small>` : NO_HTML;
  return html`<li class="card slot"><div class="prompt"><b>Comes: prompt ${first?.promptNumber ?? 0}</b><p>${truncate(first?.prompt ?? '', 220)}</p>${more}</div></li>`;
}
