import { type ActorPlan, type GuardResult, type Plan, pendingActions } from '../../../plan/plan.ts';
import type { PlanDecision } from '../../../usecases/decide-plan.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { analysisOf } from '../../../views/plan-analysis.ts';
import { costText, planSummaryLine } from '../../../views/plan-outcome.ts';
import { imageName, reasonText } from '../../../views/plan-symbols.ts';
import { countOf, formatNumber, formatUsd, truncate } from '../../../views/text.ts';
import { colourOf, face, mixBar, mixStrip, path, share, time } from '../parts.ts';
import type { RunEntry } from '../state-index.ts';
import { thumbAddress } from './actor-gallery.ts';
import { type PlanWord, planChip } from './plans-page.ts';

export interface PlanPage {
  readonly plan: Plan;
  readonly decision: PlanDecision;
  readonly word: PlanWord;
  /** The run that used it up. */
  readonly run: RunEntry | undefined;
  readonly canDecide: boolean;
  /** The controller applies it once it is approved. */
  readonly applies: boolean;
  /** From 1. */
  readonly page: number;
}

const ACTORS = 50;
/** As many are shown unfolded: whoever decides sees the pictures first. */
const UNFOLDED = 6;
/** From so many actors on, a link leads down to where it is decided. */
const LONG = 3;

/** One plan, with everything that somebody who decides on it has to see. */
export function planPage({ plan, decision, word, run, canDecide, applies, page }: PlanPage): Html {
  const changing = plan.actors.filter((actor) => actor.actions.length > 0).sort(byDeletes);
  const pages = Math.max(1, Math.ceil(changing.length / ACTORS));
  const at = Math.min(page, pages);
  const shown = changing.slice((at - 1) * ACTORS, at * ACTORS);
  const open = canDecide && word !== 'applied' && word !== 'empty';
  const address = path`/plans/${plan.id}`;
  const list = joinHtml(shown.map((actor) => actorItem(actor, decision, open, changing.length <= UNFOLDED)));
  const body = html`<h2 id="h-actors">Actors that change <small>${formatNumber(changing.length)} of ${formatNumber(plan.actors.length)}</small></h2>${list}${pager(address, at, pages)}`;
  const form = open
    ? html`<form method="post" action="${address}/approve" class="planform">${NO_DEFAULT}${body}${decide(plan, decision, address)}</form>`
    : body;
  return html`<div class="crumbs"><a href="/plans">Plans</a><a href="${address}/report">Report as a file</a></div><div data-live="plan-head"><p class="eyebrow">Plan ${plan.id.replace(/^plan-/, '')}</p><h1>${headline(plan)}</h1><p class="lead">${planChip(word)} ${time(plan.createdAt)}, specs <code title="${plan.source.revision}">${truncate(plan.source.revision, 26)}</code></p>${money(plan, run, applies)}</div>${open && changing.length >= LONG ? html`<p class="acts"><a class="button primary" href="#h-decide">Decide</a></p>` : NO_HTML}${guards(plan.guards, decision)}${said(decision)}${types(plan)}${shown.length === 0 ? html`<div class="empty"><p>${planSummaryLine(plan)}</p></div>` : form}`;
}

function headline({ summary, actors }: Plan): string {
  const changed = actors.filter((actor) => pendingActions(actor).length > 0).length;
  if (changed === 0) return 'Nothing to do.';
  const come = summary.generate + summary.restore + summary.adopt;
  return `${formatNumber(summary.delete)} ${summary.delete === 1 ? 'goes' : 'go'}, ${formatNumber(come)} ${come === 1 ? 'comes' : 'come'}: ${formatNumber(changed)} of ${countOf(actors.length, 'actor')} change.`;
}

/** Enter in the field for the reason must not approve: the first button of a form is what Enter means. */
const NO_DEFAULT = html`<button disabled hidden></button>`;

/** What it should cost, beside what it did. */
function money({ summary, id }: Plan, run: RunEntry | undefined, applies: boolean): Html {
  const { estimateUsd, maximumUsd } = summary.cost;
  if (run === undefined)
    return html`<p>Estimated cost ${costText(summary.cost)}. ${applies ? 'The controller applies it once it is approved.' : html`Apply it with <code>callsheet apply ${id}</code>.`}</p>`;
  const most = Math.max(estimateUsd, maximumUsd, run.costUsd, 0.0001);
  return html`<dl class="mix costs"><dt>Estimate</dt><dd class="said"><b>${formatUsd(estimateUsd)}</b></dd><dd class="bar"><span class="track"><i class="is k1 ${share('v', estimateUsd, most)}"></i></span></dd><dt>Actual</dt><dd class="said"><b>${formatUsd(run.costUsd)}</b> <a href="${path`/runs/${run.id}`}">run</a></dd><dd class="bar"><span class="track"><i class="is k0 ${share('v', run.costUsd, most)}"></i></span></dd></dl>`;
}

function guards(results: readonly GuardResult[], { liftedGuards }: PlanDecision): Html {
  const notable = results.filter(({ result }) => result !== 'pass');
  if (results.length === 0) return NO_HTML;
  if (notable.length === 0)
    return html`<p class="fine">All ${countOf(results.length, 'guard')} pass: ${results.map(({ name }) => name).join(', ')}.</p>`;
  const rows = notable.map(({ name, result, message }) => {
    const lifted = liftedGuards.includes(name);
    const look = lifted ? 'waiting' : result === 'deny' ? 'failing' : 'waiting';
    return html`<li><span class="chip ${look}">${lifted ? 'lifted' : result === 'deny' ? 'denies' : 'warns'}</span><b>${name}</b><span>${message}</span></li>`;
  });
  return html`<section aria-labelledby="h-guards"><h2 id="h-guards">Guards</h2><ul class="rows">${joinHtml(rows)}</ul></section>`;
}

/** Who has decided what so far. */
function said({ decisions }: PlanDecision): Html {
  if (decisions.length === 0) return NO_HTML;
  const items = decisions.map(({ by, at, verdict = 'approved', guards: lifted, actors, reason }) => {
    const about =
      actors === undefined
        ? ''
        : ` for ${countOf(actors.length, 'actor')} (${actors.slice(0, 5).join(', ')}${actors.length > 5 ? ', …' : ''})`;
    const guardText = lifted.length === 0 ? '' : `, lifted ${lifted.join(', ')}`;
    return html`<li><div class="when">${time(at)}</div><p><b>${by}</b> ${verdict}${about}${guardText}${reason === undefined ? '' : `: ${reason}`}</p></li>`;
  });
  return html`<section aria-labelledby="h-said"><h2 id="h-said">Decisions</h2><ol class="history">${joinHtml(items)}</ol></section>`;
}

function types({ types: all }: Plan): Html {
  const changing = all.filter(({ changed }) => changed > 0);
  if (changing.length === 0) return NO_HTML;
  const blocks = changing.map(({ type, changed, actors, categories }) => {
    const most = Math.max(1, ...categories.flatMap(({ before, after, target }) => [before, after, target]));
    const rows = categories.map(
      ({ title, category, before, after, target }, index) =>
        html`<dt>${title || category}</dt><dd class="said">${before === after ? html`<b>${formatNumber(after)}</b>` : html`${formatNumber(before)} → <b>${formatNumber(after)}</b>`} <span>target ${formatNumber(target)}</span></dd><dd class="bar">${mixBar({ now: after, target, band: undefined }, colourOf(index), most)}</dd>`,
    );
    return html`<div class="mixtype"><h3>${type === '' ? '(no type)' : type} <small>${formatNumber(changed)} of ${countOf(actors, 'actor')} change</small></h3><dl class="mix">${joinHtml(rows)}</dl></div>`;
  });
  return html`<section aria-labelledby="h-types"><h2 id="h-types">The mix afterwards</h2><div class="types">${joinHtml(blocks)}</div></section>`;
}

function actorItem(
  plan: ActorPlan,
  { approved, rejected }: PlanDecision,
  open: boolean,
  unfolded: boolean,
): Html {
  const { actor, name, categories, total, actions, status } = plan;
  const count = (...kinds: readonly string[]) => actions.filter(({ kind }) => kinds.includes(kind)).length;
  const going = count('delete');
  const coming = count('generate', 'restore', 'adopt');
  const mark = approved.includes(actor)
    ? html`<span class="chip balanced">approved</span>`
    : rejected.includes(actor)
      ? html`<span class="chip failing">rejected</span>`
      : status === 'changes'
        ? NO_HTML
        : html`<span class="chip waiting">${status}</span>`;
  const choose = open
    ? html`<input type="checkbox" name="actor" value="${actor}" aria-label="Choose ${actor}">`
    : NO_HTML;
  return html`<div class="change">${choose}<details${unfolded ? html` open` : NO_HTML}><summary>${face(actor)}<span class="who"><b>${actor}</b>${name === undefined ? NO_HTML : html` <span class="name">${name}</span>`}</span>${mixStrip(categories.map(({ before }) => before))}<span class="pm">${mark}${going === 0 ? NO_HTML : html` <span class="out">−${going}</span>`}${coming === 0 ? NO_HTML : html` <span class="in">+${coming}</span>`}</span><span class="to">${total.before} → ${total.after}</span></summary><div class="body"><p>${analysisOf(plan)} <a href="${path`/actors/${actor}`}">Open ${actor}</a></p>${pictures(plan)}</div></details></div>`;
}

const SHOWN = 60;

function pictures({ actor, actions, categories }: ActorPlan): Html {
  const titleOf = (name: string) => categories.find(({ category }) => category === name)?.title || name;
  const items = actions.slice(0, SHOWN).map((action) => {
    if (action.kind === 'generate') {
      const [first] = action.attempts;
      return html`<li class="card slot"><div class="prompt"><b>${titleOf(action.category)}, prompt ${first?.promptNumber ?? 0}</b><p>${truncate(first?.prompt ?? '', 160)}</p></div></li>`;
    }
    if (action.kind === 'forget')
      return html`<li class="card"><div class="prompt"><b>Entry dropped</b><p>${imageName(action.image)}: ${reasonText(action)}</p></div></li>`;
    const goes = action.kind === 'delete';
    const words = goes
      ? `Goes: ${reasonText(action)}`
      : action.kind === 'restore'
        ? 'Comes back'
        : 'Taken in';
    return html`<li class="card ${goes ? 'going' : ''}"><span class="pic"><img src="${thumbAddress(actor, action.digest)}" alt="${imageName(action.image)}: ${titleOf(action.category)}, quality ${action.quality} of 10" loading="lazy" decoding="async"><span class="fate ${goes ? '' : 'back'}">${words}</span></span><div class="cap"><span>${titleOf(action.category)}</span><span class="quality" title="Quality ${action.quality} of 10">${action.quality}</span></div></li>`;
  });
  return html`<ul class="grid small">${joinHtml(items)}</ul>${actions.length > SHOWN ? html`<p class="fine">and ${actions.length - SHOWN} more actions</p>` : NO_HTML}`;
}

function decide({ guards: results }: Plan, { liftedGuards }: PlanDecision, address: string): Html {
  const denied = results.filter(({ name, result }) => result === 'deny' && !liftedGuards.includes(name));
  const lifts = denied.map(
    ({ name }) =>
      html`<label class="check"><input type="checkbox" name="guard" value="${name}"> Lift the guard <b>${name}</b> for this plan</label>`,
  );
  return html`<section class="decide" aria-labelledby="h-decide"><h2 id="h-decide">Decide</h2>${denied.length === 0 ? NO_HTML : html`<fieldset><legend>It is denied by ${denied.length === 1 ? 'a guard' : 'guards'}</legend>${joinHtml(lifts)}</fieldset>`}<label for="reason">Reason <small>needed to reject, and to lift a guard</small></label><input id="reason" name="reason" maxlength="500" data-go="x"><div class="row"><button class="primary" data-go="a">Approve <kbd class="needs-script" aria-hidden="true">a</kbd></button><button name="scope" value="chosen">Approve the chosen actors</button><button class="danger" formaction="${address}/reject">Reject</button><button class="danger" name="scope" value="chosen" formaction="${address}/reject">Reject the chosen actors</button></div></section>`;
}

function pager(address: string, page: number, pages: number): Html {
  if (pages === 1) return NO_HTML;
  const link = (to: number, label: string) =>
    to < 1 || to > pages
      ? html`<span class="off">${label}</span>`
      : html`<a href="${address}?page=${to}">${label}</a>`;
  return html`<nav class="pager" aria-label="Pages">${link(page - 1, 'Previous')}<span>${page} of ${pages}</span>${link(page + 1, 'Next')}</nav>`;
}

function byDeletes(a: ActorPlan, b: ActorPlan): number {
  const deletes = ({ actions }: ActorPlan) => actions.filter(({ kind }) => kind === 'delete').length;
  return deletes(b) - deletes(a) || b.actions.length - a.actions.length || (a.actor < b.actor ? -1 : 1);
}
