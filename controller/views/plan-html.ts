import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type {
  ActionCounts,
  ActorPlan,
  ActorPlanStatus,
  GuardResult,
  Plan,
  TypeSummary,
} from '../plan/plan.ts';
import { pendingActions } from '../plan/plan.ts';
import { type Html, html, joinHtml, NO_HTML } from './escape-html.ts';
import { baseEffectText } from './plan-base.ts';
import { actorBody, actorSummary } from './plan-html-actor.ts';
import { colourOf, mixBar } from './plan-html-mix.ts';
import { PictureBudget } from './plan-html-pictures.ts';
import { PLAN_SCRIPT } from './plan-html-script.ts';
import { PLAN_STYLE } from './plan-html-style.ts';
import { costText, planSummaryLine } from './plan-outcome.ts';
import { countOf, formatNumber, formatTime } from './text.ts';

export interface PlanHtmlOptions {
  /** JPEG thumbnails by the content digest of their picture. What is not here is shown as a blank frame. */
  readonly thumbnails: ReadonlyMap<string, Uint8Array>;
  /** Bytes of pictures in the page at most, as text; 15 MB unless given. */
  readonly pictureBytes?: number;
}

const PICTURE_BYTES = 15_000_000;
/** Actors that are there without a script; the others are held compressed until somebody scrolls to them. */
const EAGER = 200;
/** Actors that are laid out together, or not at all while they are far away. */
const GROUP = 50;

/** A plan as one HTML page that needs nothing else: no request leaves it, and its policy forbids any. */
export function renderPlanHtml(plan: Plan, options: PlanHtmlOptions): string {
  const pictures = new PictureBudget(options.thumbnails, options.pictureBytes ?? PICTURE_BYTES);
  const main = joinHtml([
    cards(plan),
    scopeNotice(plan),
    guards(plan.guards),
    attention(plan.actors),
    types(plan.types),
    actors(plan, pictures),
  ]);
  // After the actors: only then is it known what did not fit.
  const left =
    pictures.leftOut === 0
      ? NO_HTML
      : html`<p>${countOf(pictures.leftOut, 'picture')} left out, to keep this page below ${formatNumber((options.pictureBytes ?? PICTURE_BYTES) / 1_000_000)} MB of pictures.</p>`;
  return page(plan, html`${header(plan)}<main id="main">${main}</main>${footer(plan, left)}`);
}

function page(plan: Plan, body: Html): string {
  const csp = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src '${hash(PLAN_SCRIPT)}'; base-uri 'none'; form-action 'none'`;
  const head = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${csp}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>Callsheet plan ${plan.id}</title>`;
  return `${head.safe}<style>${PLAN_STYLE}</style></head><body>${body.safe}<script>${PLAN_SCRIPT}</script></body></html>\n`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function header(plan: Plan): Html {
  const { source, createdAt } = plan;
  const state = source.dirty === true ? ', with changes that are not committed' : '';
  const commit =
    source.commit === undefined
      ? NO_HTML
      : html`<span>commit <code>${source.commit.slice(0, 12)}</code></span>`;
  return html`<a class="skip" href="#main">Skip to the plan</a><header><p class="eyebrow">Callsheet plan</p><h1>${headline(plan)}</h1><p class="meta"><span>${formatTime(createdAt)} UTC</span><span>specs <code>${source.revision}</code>${state}</span>${commit}</p></header>`;
}

function headline(plan: Plan): string {
  const { summary, types, actors } = plan;
  const changed = actors.filter((actor) => pendingActions(actor).length > 0).length;
  if (changed === 0) return planSummaryLine(plan);
  const come = summary.generate + summary.restore + summary.adopt;
  const gone =
    summary.delete === 0
      ? 'No image goes'
      : `${countOf(summary.delete, 'image')} ${summary.delete === 1 ? 'goes' : 'go'}`;
  const scope = types.length === 1 ? '' : ` across ${countOf(types.length, 'actor type')}`;
  return `${gone}, ${come === 0 ? 'none' : formatNumber(come)} ${come === 1 ? 'comes' : 'come'}: ${formatNumber(changed)} of ${countOf(actors.length, 'actor')} change${scope}.`;
}

function cards({ summary, actors }: Plan): Html {
  const changed = actors.filter((actor) => pendingActions(actor).length > 0).length;
  const back = summary.restore + summary.adopt;
  const card = (look: string, value: string, label: string) =>
    html`<li class="${look}"><b>${value}</b><span>${label}</span></li>`;
  const { known, estimateUsd, maximumUsd } = summary.cost;
  const most =
    known && maximumUsd > estimateUsd ? `cost; ${costText(summary.cost).replace(/^.*\(|\)$/g, '')}` : 'cost';
  return html`<ul class="cards" aria-label="In numbers">${joinHtml([
    card('out', formatNumber(summary.delete), 'to the trash'),
    card('in', formatNumber(summary.generate), 'to be generated'),
    card('back', formatNumber(back), 'back or taken in'),
    card('', costText(summary.cost).split(' (')[0]!, most),
    card('', formatNumber(changed), `of ${countOf(actors.length, 'actor')} change`),
  ])}</ul>`;
}

function scopeNotice({ selection, summary }: Plan): Html {
  const said = [
    ...(selection.actors !== undefined || selection.types !== undefined
      ? ['This plan is about a part of the library only.']
      : []),
    ...(selection.refresh
      ? []
      : ['It was made without a paid call: images that nobody has evaluated yet are unknown in it.']),
    ...(summary.cost.known ? [] : ['The price of a picture is not known, so it cannot be applied.']),
  ];
  return said.length === 0 ? NO_HTML : html`<p class="banner">${said.join(' ')}</p>`;
}

function guards(results: readonly GuardResult[]): Html {
  if (results.length === 0) return NO_HTML;
  const order = (['deny', 'warn', 'pass'] as const).flatMap((result) =>
    results.filter((guard) => guard.result === result),
  );
  const rows = order.map(({ name, result, message, actors = [] }) => {
    const named =
      actors.length === 0 ? '' : ` (${actors.slice(0, 8).join(', ')}${actors.length > 8 ? ', …' : ''})`;
    return html`<li><span><span class="pill ${result}">${result}</span></span><b>${name}</b><span>${message}${named}</span></li>`;
  });
  return html`<h2 id="guards">Guards</h2><ul class="rows panel">${joinHtml(rows)}</ul>`;
}

const ATTENTION: readonly ActorPlanStatus[] = [
  'error',
  'incomplete',
  'unreachable',
  'suspended',
  'unmanaged',
];
const ATTENTION_SHOWN = 300;

function attention(all: readonly ActorPlan[]): Html {
  const found = ATTENTION.flatMap((status) => all.filter((actor) => actor.status === status));
  if (found.length === 0) return NO_HTML;
  const rows = found
    .slice(0, ATTENTION_SHOWN)
    .map(
      ({ actor, status, notes }) =>
        html`<li><span><span class="pill ${status}">${status}</span></span><b>${actor}</b><span>${notes.at(-1)?.message ?? ''}</span></li>`,
    );
  const more = found.length - ATTENTION_SHOWN;
  return html`<h2 id="attention">Not in order</h2><ul class="rows panel">${joinHtml(rows)}</ul>${more > 0 ? html`<p class="fine">and ${formatNumber(more)} more, in the plan file</p>` : NO_HTML}`;
}

function types(all: readonly TypeSummary[]): Html {
  if (all.length === 0) return NO_HTML;
  const legend = html`<ul class="legend"><li class="l-was">before</li><li>after</li><li class="l-goal">target</li><li class="l-zone">tolerance (of single actors)</li></ul>`;
  return html`<h2 id="types">The mix, by actor type</h2>${legend}<div class="panel scroll" tabindex="0" role="region" aria-labelledby="types"><table><thead><tr><th scope="col">Type</th><th scope="col">Category</th><th scope="col" class="wide"><span class="sr">Bars</span></th><th scope="col" class="n">Before</th><th scope="col" class="n">After</th><th scope="col" class="n">Target</th></tr></thead>${joinHtml(all.map(typeRows))}</table></div>`;
}

function typeRows({ type, actors, changed, categories }: TypeSummary): Html {
  const most = Math.max(1, ...categories.flatMap(({ before, after, target }) => [before, after, target]));
  const rows = categories.map((counts, index) => {
    const name =
      index > 0
        ? NO_HTML
        : html`<th scope="rowgroup" class="type" rowspan="${categories.length}"><b>${type === '' ? '(no type)' : type}</b><small>${formatNumber(changed)} of ${countOf(actors, 'actor')} change</small></th>`;
    return html`<tr>${name}<td>${counts.title || counts.category}</td><td class="wide">${mixBar(counts, colourOf(index), most)}</td><td class="n">${formatNumber(counts.before)}</td><td class="n">${formatNumber(counts.after)}</td><td class="n">${formatNumber(counts.target)}</td></tr>`;
  });
  return html`<tbody>${joinHtml(rows)}</tbody>`;
}

/** Actors that change, those that lose most first; what this change of the specs does not cause comes apart, folded. */
function actors(plan: Plan, pictures: PictureBudget): Html {
  const effects = new Map(plan.base?.actors.map((entry) => [entry.actor, entry]));
  const changed = plan.actors
    .filter(({ actions }) => actions.length > 0)
    .map((actor) => ({ actor, deletes: actor.actions.filter(({ kind }) => kind === 'delete').length }))
    .sort((a, b) => b.deletes - a.deletes || b.actor.actions.length - a.actor.actions.length)
    .map(({ actor }) => actor);
  let eager = EAGER;
  const list = (members: readonly ActorPlan[]) => {
    const groups: Html[] = [];
    for (let start = 0; start < members.length; start += GROUP) {
      const some = members.slice(start, start + GROUP);
      const items = some.map((actor) => actorItem(actor, pictures, effects.get(actor.actor)?.without));
      groups.push(actorGroup(some.map(wordsOf).join('¦'), joinHtml(items), eager > 0));
      eager -= some.length;
    }
    return joinHtml(groups);
  };
  const drift = changed.filter(({ actor }) => effects.get(actor)?.effect === 'drift');
  const own = changed.filter(({ actor }) => effects.get(actor)?.effect !== 'drift');
  const tools =
    changed.length === 0
      ? NO_HTML
      : html`<div class="tools" id="tools" hidden><input id="filter" type="search" placeholder="Find an actor by id, name or type ( / )" aria-label="Find an actor"><button type="button" id="open">Open what is shown</button><button type="button" id="close">Close all</button><span id="shown" role="status"></span></div>`;
  const nothing = html`<p class="empty">${plan.base === undefined ? 'Nothing changes.' : 'This change of the specs changes no actor.'}</p>`;
  const folded =
    drift.length === 0
      ? NO_HTML
      : html`<details class="fold"><summary>Drift: ${countOf(drift.length, 'actor')} out of balance before this change</summary><p class="lead">Merging changes nothing about them; the next apply puts them right all the same.</p>${list(drift)}</details>`;
  const lead =
    plan.base === undefined
      ? NO_HTML
      : html`<p class="lead">Against <code>${plan.base.revision}</code>: ${baseEffectText(plan)}</p>`;
  return html`<h2 id="actors">Actors that change</h2>${lead}${tools}${own.length === 0 ? nothing : list(own)}${folded}`;
}

function actorItem(actor: ActorPlan, pictures: PictureBudget, without: ActionCounts | undefined): Html {
  const body = actorBody(actor, pictures.take, without);
  return html`<details class="actor" data-find="${wordsOf(actor)}">${actorSummary(actor)}<div class="body">${body}</div></details>`;
}

/** What an actor is found by. */
function wordsOf({ actor, name, type }: ActorPlan): string {
  return `${actor} ${name ?? ''} ${type}`.toLowerCase();
}

/** Ten thousand actors as elements would take a browser many seconds; packed, they cost nothing until they are looked at. */
function actorGroup(find: string, items: Html, eager: boolean): Html {
  if (eager) return html`<div class="group" data-find="${find}">${items}</div>`;
  const packed = gzipSync(items.safe, { level: 4 }).toString('base64');
  return html`<div class="group held" data-find="${find}"><noscript><p class="fine">More actors: see the plan file, or allow scripts here.</p></noscript><script type="text/plain">${packed}</script></div>`;
}

function footer(plan: Plan, left: Html): Html {
  return html`<footer>${left}<p>Plan <code>${plan.id}</code>, digest <code>${plan.digest.slice(0, 16)}</code>. Evaluated by <code>${plan.evaluator}</code>, generated by <code>${plan.generator}</code>. ${plan.tool}.</p></footer>`;
}
