import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { countOf, formatNumber, formatPercent, formatUsd } from '../../../views/text.ts';
import type { FleetSnapshot, Planning, WaitingPlan } from '../fleet-board.ts';
import type { Money } from '../fleet-facts.ts';
import type { FleetFigures, TypeMix } from '../fleet-figures.ts';
import type { FleetQuery } from '../fleet-query.ts';
import type { Standing } from '../fleet-row.ts';
import { colourOf, mixBar, path, STANDING_WORDS, share } from '../parts.ts';
import { fleetTable } from './fleet-table.ts';

export interface FleetPage {
  readonly snapshot: FleetSnapshot;
  readonly query: FleetQuery;
  readonly canDecide: boolean;
  readonly planning: Planning | undefined;
}

/** The front page: how many stand how, the histogram, the mix, and every actor. */
export function fleetPage({ snapshot, query, canDecide, planning }: FleetPage): Html {
  const { figures, money, waiting } = snapshot;
  if (figures.actors === 0) return nothingYet(canDecide, planning);
  return html`<div data-live="head"><h1>${headline(figures)}</h1>${planningBanner(planning)}${outdated(snapshot, canDecide, planning)}${stopped(snapshot, canDecide)}${waitingBanner(waiting)}${tiles(figures, money)}</div><div class="two" data-live="charts"><section aria-labelledby="h-hist"><h2 id="h-hist">Images per actor</h2>${histogram(figures)}</section><section aria-labelledby="h-mix"><h2 id="h-mix">Mix by type</h2>${mixes(figures.types)}</section></div>${fleetTable(snapshot, query)}${canDecide ? librarySwitch(snapshot) : NO_HTML}`;
}

function nothingYet(canDecide: boolean, planning: Planning | undefined): Html {
  const start = canDecide
    ? html`<form method="post" action="/plan"><button class="primary">Make a plan</button></form><p class="fine">Looks at every picture that nobody has evaluated yet; with a paid evaluator that costs money, within the budget.</p>`
    : NO_HTML;
  return html`<div class="empty" data-live="head"><h1>Nobody has looked at this library yet</h1><p>A plan finds every actor and every picture, and shows here what it found. Make one with <code>callsheet plan</code>.</p>${planningBanner(planning)}${planning?.state === 'busy' ? NO_HTML : start}</div>`;
}

function planningBanner(planning: Planning | undefined): Html {
  if (planning === undefined) return NO_HTML;
  if (planning.state === 'busy')
    return html`<div class="banner"><p><b>Everything is being looked at.</b> The plan shows here when it is made.</p></div>`;
  return html`<div class="banner out"><p><b>The library could not be planned:</b> ${planning.message}</p></div>`;
}

function outdated({ isOutdated }: FleetSnapshot, canDecide: boolean, planning: Planning | undefined): Html {
  if (!isOutdated || planning?.state === 'busy') return NO_HTML;
  const again = canDecide
    ? html`<form method="post" action="/plan"><button>Plan again</button></form>`
    : NO_HTML;
  return html`<div class="banner"><p><b>The specs have changed since this was planned.</b> What is shown here is how the fleet stood under the old ones.</p>${again}</div>`;
}

function headline({ actors, standings }: FleetFigures): string {
  if (standings.balanced === actors)
    return actors === 1 ? 'The one actor is balanced.' : `All ${countOf(actors, 'actor')} are balanced.`;
  return `${formatNumber(standings.balanced)} of ${countOf(actors, 'actor')} ${standings.balanced === 1 ? 'is' : 'are'} balanced.`;
}

function stopped({ suspended }: FleetSnapshot, canDecide: boolean): Html {
  if (suspended === undefined) return NO_HTML;
  const by = suspended.by === undefined ? ' by the specs' : ` by ${suspended.by}`;
  const resume =
    canDecide && suspended.by !== undefined
      ? html`<form method="post" action="/resume"><button>Resume</button></form>`
      : NO_HTML;
  return html`<div class="banner warn"><p><b>Nothing is applied.</b> The library is suspended${by}: ${suspended.reason}</p>${resume}</div>`;
}

function waitingBanner(waiting: WaitingPlan | undefined): Html {
  if (waiting === undefined) return NO_HTML;
  const { plan, until } = waiting;
  const { summary, denied } = plan;
  const guard =
    denied.length === 0
      ? ''
      : ` Held by ${denied.length === 1 ? 'the guard' : 'the guards'} ${denied.join(', ')}.`;
  return html`<div class="banner"><p><b>${until === undefined ? 'A plan waits for a decision:' : 'A plan waits.'}</b> ${until === undefined ? '' : `${until} `}${formatNumber(summary.delete)} to delete, ${formatNumber(summary.generate)} to generate, ${formatUsd(summary.cost.estimateUsd)}.${guard}</p><a class="button" href="${path`/plans/${plan.id}`}">Review</a></div>`;
}

const TILES: readonly Standing[] = ['balanced', 'off', 'failing', 'waiting'];

function tiles({ standings, actors }: FleetFigures, money: Money): Html {
  const counts = TILES.map(
    (standing) =>
      html`<li class="tile ${standing} ${standings[standing] === 0 ? 'zero' : ''}"><a href="/?standing=${standing}"><b>${formatNumber(standings[standing])}</b><span>${STANDING_WORDS[standing]}</span><small>${formatPercent(standings[standing], actors)}</small></a></li>`,
  );
  return html`<ul class="tiles" aria-label="How the fleet stands">${joinHtml(counts)}${spent(money)}</ul>`;
}

function spent({ todayUsd, monthUsd, perDayUsd, days }: Money): Html {
  const against = (usd: number, factor: number, span: string) =>
    perDayUsd === undefined
      ? html`<small>no budget set</small>`
      : html`<span class="meter" aria-hidden="true"><i class="${share('v', usd, perDayUsd * factor)}"></i></span><small>of ${formatUsd(perDayUsd * factor)} ${span}</small>`;
  return html`<li class="tile money"><div><b>${formatUsd(todayUsd)}</b><span>Spent today</span>${against(todayUsd, 1, 'a day')}</div></li><li class="tile money"><div><b>${formatUsd(monthUsd)}</b><span>This month</span>${against(monthUsd, days, `in ${days} days`)}</div></li>`;
}

/** Columns, as the statistics print them; the target is marked. */
function histogram({
  histogram: bars,
  commonTarget,
  under,
  exactly,
  over,
  actors,
  images,
}: FleetFigures): Html {
  const most = Math.max(1, ...bars.map((bar) => bar.actors));
  const every = Math.ceil(bars.length / 12);
  const targetAt = bars.findIndex((bar) => bar.images === commonTarget);
  const columns = bars.map((bar, index) => {
    const isTarget = bar.images === commonTarget;
    const label =
      isTarget || (index % every === 0 && (targetAt < 0 || Math.abs(index - targetAt) >= every))
        ? html`<span class="x">${bar.images}</span>`
        : html`<span class="x quiet">${bar.images}</span>`;
    return html`<li class="${isTarget ? 'is-target' : ''}" title="${bar.images} images: ${countOf(bar.actors, 'actor')}"><span class="sr">${bar.images} images: ${countOf(bar.actors, 'actor')}${isTarget ? ', the target' : ''}</span><span class="n" aria-hidden="true">${bar.actors === 0 ? '' : formatNumber(bar.actors)}</span><i class="${share('v', bar.actors, most)}"></i><span aria-hidden="true">${label}</span></li>`;
  });
  const target =
    commonTarget === undefined
      ? NO_HTML
      : html` Target ${commonTarget}: <b>${formatNumber(exactly)}</b> exactly, <b>${formatNumber(under)}</b> under, <b>${formatNumber(over)}</b> over.`;
  return html`<ol class="hist ${bars.length > 30 ? 'dense' : ''}">${joinHtml(columns)}</ol><p class="fine">${formatNumber(images)} images, ${formatNumber(actors === 0 ? 0 : images / actors, 1)} per actor.${target}</p>`;
}

const TYPES_SHOWN = 12;

function mixes(types: readonly TypeMix[]): Html {
  const blocks = types.slice(0, TYPES_SHOWN).map((mix) => {
    const most = Math.max(
      1,
      ...mix.categories.flatMap(({ images, target }) => [
        images / Math.max(1, mix.images),
        target / Math.max(1, mix.target),
      ]),
    );
    const rows = mix.categories.map(({ title, images, target }, index) => {
      const now = mix.images === 0 ? 0 : images / mix.images;
      const goal = mix.target === 0 ? 0 : target / mix.target;
      return html`<dt>${title}</dt><dd class="said"><b>${formatPercent(images, mix.images)}</b> <span>target ${formatPercent(target, mix.target)}</span></dd><dd class="bar">${mixBar({ now, target: goal, band: undefined }, colourOf(index), most)}</dd>`;
    });
    return html`<div class="mixtype"><h3>${mix.type === '' ? '(no type)' : mix.type} <small>${formatNumber(mix.balanced)} of ${countOf(mix.actors, 'actor')} balanced</small></h3><dl class="mix">${joinHtml(rows)}</dl></div>`;
  });
  const more = types.length - TYPES_SHOWN;
  return html`${joinHtml(blocks)}${more > 0 ? html`<p class="fine">and ${formatNumber(more)} more types</p>` : NO_HTML}`;
}

function librarySwitch({ suspended }: FleetSnapshot): Html {
  const suspend =
    suspended === undefined
      ? html`<details class="act"><summary data-go="s">Suspend the library</summary><form method="post" action="/suspend" class="stack"><label for="why-library">Why? Everybody will read it.</label><input id="why-library" name="reason" required maxlength="500"><button>Suspend: plan on, apply nothing</button></form></details>`
      : NO_HTML;
  return html`<section class="acts" aria-label="The library"><form method="post" action="/plan"><button data-go="r">Look again at everything</button></form>${suspend}</section>`;
}
