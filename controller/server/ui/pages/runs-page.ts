import type { ActionKind } from '../../../plan/plan.ts';
import type { ActorRun, RunRecord } from '../../../records/run-record.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { countOf, formatDuration, formatNumber, formatUsd } from '../../../views/text.ts';
import { face, path, share, time } from '../parts.ts';
import type { PlanEntry, RunEntry } from '../state-index.ts';
import { kindWords, runPictures } from './actor-history.ts';

const LOOKS: Readonly<Record<RunRecord['status'], readonly [string, string]>> = {
  running: ['waiting', 'In progress'],
  succeeded: ['balanced', 'Complete'],
  partial: ['off', 'Complete in part'],
  failed: ['failing', 'Failed'],
  interrupted: ['off', 'Interrupted'],
};

/** Every run and every decision, the newest first. */
export function runsPage(runs: readonly RunEntry[], filter: 'all' | 'runs' | 'decisions'): Html {
  const rows = runs.map(
    (run) =>
      html`<tr><th scope="row"><a href="${path`/runs/${run.id}`}">${kindWords(run.kind)}</a></th><td>${time(run.startedAt)}</td><td>${run.by}</td><td>${about(run)}</td><td class="n" data-label="Done">${run.actions === 0 ? '' : `${formatNumber(run.done)} of ${formatNumber(run.actions)}`}</td><td class="n" data-label="Estimate">${estimate(run)}</td><td class="n" data-label="Actual">${run.costUsd === 0 && run.estimateUsd === 0 ? '' : formatUsd(run.costUsd)}</td><td>${statusChip(run.status)}</td></tr>`,
  );
  const tab = (name: typeof filter, label: string) =>
    html`<a href="/runs${name === 'all' ? '' : `?only=${name}`}"${name === filter ? html` aria-current="true"` : NO_HTML}>${label}</a>`;
  const list =
    runs.length === 0
      ? html`<div class="empty" data-live="runs"><p>Nothing has been done yet.</p></div>`
      : html`<div class="scroll" data-live="runs" tabindex="0" role="group" aria-label="Runs"><table class="list stacked entries"><thead><tr><th scope="col">What</th><th scope="col">When</th><th scope="col">Who</th><th scope="col">About</th><th scope="col" class="n">Done</th><th scope="col" class="n">Estimate</th><th scope="col" class="n">Actual</th><th scope="col">State</th></tr></thead><tbody>${joinHtml(rows)}</tbody></table></div>`;
  return html`<h1>Runs and decisions</h1><nav class="tabs" aria-label="Show">${tab('all', 'All')}${tab('runs', 'Runs')}${tab('decisions', 'Decisions')}</nav>${list}`;
}

export interface RunPage {
  readonly run: RunRecord;
  readonly plan: PlanEntry | undefined;
  readonly canDecide: boolean;
  /** Of categories, by name. */
  readonly titles: ReadonlyMap<string, string>;
  /** From 1. */
  readonly page: number;
}

const ACTORS = 100;

/** One run while it goes on, and after. */
export function runPage({ run, plan, canDecide, titles, page }: RunPage): Html {
  const pages = Math.max(1, Math.ceil(run.actors.length / ACTORS));
  const at = Math.min(page, pages);
  const shown = run.actors.slice((at - 1) * ACTORS, at * ACTORS);
  const list =
    shown.length === 0
      ? NO_HTML
      : html`<section aria-labelledby="h-actors"><h2 id="h-actors">Actors</h2><div class="scroll" tabindex="0" role="group" aria-labelledby="h-actors"><table class="list stacked"><thead><tr><th scope="col">Actor</th><th scope="col">Outcome</th><th scope="col">Done</th><th scope="col">Before and after</th><th scope="col" class="n">Cost</th></tr></thead><tbody>${joinHtml(shown.map((actor) => actorRow(actor, titles)))}</tbody></table></div></section>`;
  const more =
    pages === 1
      ? NO_HTML
      : html`<nav class="pager" aria-label="Pages">${at > 1 ? html`<a href="?page=${at - 1}">Previous</a>` : NO_HTML}<span>${at} of ${pages}</span>${at < pages ? html`<a href="?page=${at + 1}">Next</a>` : NO_HTML}</nav>`;
  return html`<div class="crumbs"><a href="/runs">Runs</a>${run.plan === undefined ? NO_HTML : html`<a href="${path`/plans/${run.plan}`}">Its plan</a>`}</div><div data-live="run"><p class="eyebrow">${run.id}</p><h1>${kindWords(run.kind)} by ${run.by}</h1><p class="lead">${statusChip(run.status)} ${time(run.startedAt)}${took(run)}${run.note === undefined ? '' : `. ${run.note}`}</p>${progress(run, plan)}${undoing(run, canDecide)}${list}</div>${more}`;
}

const UNDOABLE: ReadonlySet<RunRecord['kind']> = new Set(['apply', 'rollback', 'trash-restore']);

/** A run cannot be taken back by itself; a plan that undoes it can be made, and decided on like any other. */
function undoing({ id, kind, status, actors, undoes }: RunRecord, canDecide: boolean): Html {
  const done = actors.some(({ actions }) => actions.some(({ outcome }) => outcome === 'done'));
  const undone =
    undoes === undefined
      ? NO_HTML
      : html`<p class="fine">It undoes <a href="${path`/runs/${undoes}`}">${undoes}</a>.</p>`;
  if (!canDecide || !done || status === 'running' || !UNDOABLE.has(kind)) return undone;
  return html`${undone}<div class="acts"><form method="post" action="${path`/runs/${id}/rollback`}"><button data-go="b">Roll back …</button></form><small>Makes the plan that undoes this run; nothing is undone before that is approved.</small></div>`;
}

function statusChip(status: RunRecord['status']): Html {
  const [look, text] = LOOKS[status];
  return html`<span class="chip ${look}">${text}</span>`;
}

/** How far it is, and the money that it should and did cost. */
function progress(run: RunRecord, plan: PlanEntry | undefined): Html {
  const outcomes = run.actors.flatMap(({ actions }) => actions);
  if (outcomes.length === 0 && plan === undefined) return NO_HTML;
  const done = outcomes.filter(({ outcome }) => outcome === 'done').length;
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').length;
  const planned = plan === undefined ? outcomes.length : Math.max(actionsOf(plan), outcomes.length);
  const most = Math.max(run.estimateUsd, run.costUsd, 0.0001);
  return html`<div class="progress"><p><b>${formatNumber(done)}</b> of ${countOf(planned, 'action')} done${failed === 0 ? '' : `, ${formatNumber(failed)} failed`}</p><progress max="${Math.max(1, planned)}" value="${done}" aria-label="Actions done">${done}</progress></div>${run.estimateUsd + run.costUsd === 0 ? html`<p class="fine">It costs nothing.</p>` : html`<dl class="mix costs"><dt>Estimate</dt><dd class="said"><b>${formatUsd(run.estimateUsd)}</b></dd><dd class="bar"><span class="track"><i class="is k1 ${share('v', run.estimateUsd, most)}"></i></span></dd><dt>Actual</dt><dd class="said"><b>${formatUsd(run.costUsd)}</b></dd><dd class="bar"><span class="track"><i class="is k0 ${share('v', run.costUsd, most)}"></i></span></dd></dl>`}`;
}

function actionsOf({ summary }: PlanEntry): number {
  return summary.generate + summary.restore + summary.adopt + summary.delete + summary.forget;
}

const DONE: Readonly<Record<ActionKind, string>> = {
  delete: 'deleted',
  generate: 'generated',
  restore: 'restored',
  adopt: 'taken in',
  forget: 'forgotten',
};

function actorRow(run: ActorRun, titles: RunPage['titles']): Html {
  const { actor, outcome, actions, before, after, costUsd, error } = run;
  const kinds = (Object.keys(DONE) as ActionKind[]).flatMap((kind) => {
    const count = actions.filter((action) => action.kind === kind && action.outcome === 'done').length;
    return count === 0 ? [] : [`${count} ${DONE[kind]}`];
  });
  const failures = actions.flatMap(({ outcome: how, message }) =>
    how === 'failed' && message !== undefined ? [message] : [],
  );
  const said = [...(error === undefined ? [] : [error.message]), ...failures].slice(0, 3);
  const look = outcome === 'applied' ? 'balanced' : outcome === 'failed' ? 'failing' : 'off';
  return html`<tr><th scope="row"><a class="withface" href="${path`/actors/${actor}`}">${face(actor)}${actor}</a></th><td><span class="chip ${look}">${outcome.replace('-', ' ')}</span></td><td>${kinds.join(', ')}${said.length === 0 ? NO_HTML : html`<br><span class="out">${said.join(' ')}</span>`}${runPictures(actor, run)}</td><td>${changed(before, after, titles)}</td><td class="n">${costUsd === 0 ? '' : formatUsd(costUsd)}</td></tr>`;
}

function changed(before: ActorRun['before'], after: ActorRun['after'], titles: RunPage['titles']): string {
  if (before === undefined || after === undefined) return '';
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => (before[name] ?? 0) !== (after[name] ?? 0))
    .map((name) => `${titles.get(name) ?? name} ${before[name] ?? 0} → ${after[name] ?? 0}`)
    .join(', ');
}

function about({ note, actors }: RunEntry): string {
  const who =
    actors.length === 0 ? '' : actors.length > 2 ? countOf(actors.length, 'actor') : actors.join(', ');
  return [who, note ?? ''].filter((part) => part !== '').join(': ');
}

function estimate({ estimateUsd, costUsd }: RunEntry): string {
  return estimateUsd === 0 && costUsd === 0 ? '' : formatUsd(estimateUsd);
}

function took({ startedAt, finishedAt }: RunRecord): string {
  return finishedAt === undefined
    ? ''
    : `, took ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`;
}
