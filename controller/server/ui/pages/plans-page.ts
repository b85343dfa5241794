import { type Html, html, joinHtml, NO_HTML } from '../../../views/escape-html.ts';
import { costText } from '../../../views/plan-outcome.ts';
import { countOf, formatNumber, formatUsd } from '../../../views/text.ts';
import { path, time } from '../parts.ts';
import { coversAll, hasActions, type PlanEntry, type RunEntry } from '../state-index.ts';

export interface PlansPage {
  readonly plans: readonly PlanEntry[];
  /** What has become of each, by id. */
  readonly standing: ReadonlyMap<string, PlanWord>;
  /** The run that used a plan up, by the plan's id. */
  readonly runs: ReadonlyMap<string, RunEntry>;
  readonly more: string | undefined;
}

export type PlanWord =
  | 'empty'
  | 'applied'
  | 'waiting'
  | 'denied'
  | 'approved'
  | 'rejected'
  | 'partly'
  | 'superseded';

const WORDS: Readonly<Record<PlanWord, readonly [string, string]>> = {
  empty: ['balanced', 'Nothing to do'],
  applied: ['balanced', 'Applied'],
  waiting: ['waiting', 'Waits'],
  denied: ['failing', 'Held by a guard'],
  approved: ['balanced', 'Approved'],
  rejected: ['failing', 'Rejected'],
  partly: ['waiting', 'Approved in part'],
  superseded: ['quiet', 'Superseded'],
};

/** Every plan, the newest first. */
export function plansPage({ plans, standing, runs, more }: PlansPage): Html {
  if (plans.length === 0)
    return html`<h1>Plans</h1><div class="empty"><p>No plan has been made yet.</p></div>`;
  const rows = plans.map((plan) => planRow(plan, standing.get(plan.id) ?? 'waiting', runs.get(plan.id)));
  const older =
    more === undefined
      ? NO_HTML
      : html`<nav class="pager" aria-label="Pages"><a href="/plans?before=${more}" rel="next">Older</a></nav>`;
  return html`<h1>Plans</h1><div class="scroll" data-live="plans" tabindex="0" role="group" aria-label="Plans"><table class="list stacked entries"><thead><tr><th scope="col">Plan</th><th scope="col">Made</th><th scope="col">About</th><th scope="col" class="n">Delete</th><th scope="col" class="n">Generate</th><th scope="col" class="n">Estimate</th><th scope="col" class="n">Actual</th><th scope="col">State</th></tr></thead><tbody>${joinHtml(rows)}</tbody></table></div>${older}`;
}

export function planWord(
  plan: PlanEntry,
  facts: {
    readonly applied: boolean;
    readonly decision: 'open' | 'approved' | 'partly' | 'rejected';
    readonly newest: boolean;
  },
): PlanWord {
  if (facts.applied) return 'applied';
  if (!hasActions(plan)) return 'empty';
  if (facts.decision !== 'open') return facts.decision;
  if (!facts.newest) return 'superseded';
  return plan.denied.length > 0 ? 'denied' : 'waiting';
}

export function planChip(word: PlanWord): Html {
  const [look, text] = WORDS[word];
  return html`<span class="chip ${look}">${text}</span>`;
}

function planRow(plan: PlanEntry, word: PlanWord, run: RunEntry | undefined): Html {
  const { id, createdAt, summary, selection } = plan;
  const about = coversAll(plan)
    ? countOf(summary.actors, 'actor')
    : (selection.actors?.slice(0, 3).join(', ') ?? selection.types?.join(', ') ?? '');
  const actual =
    run === undefined ? NO_HTML : html`<a href="${path`/runs/${run.id}`}">${formatUsd(run.costUsd)}</a>`;
  return html`<tr><th scope="row"><a href="${path`/plans/${id}`}">${id.replace(/^plan-/, '')}</a></th><td>${time(createdAt)}</td><td>${about}</td><td class="n" data-label="Delete">${formatNumber(summary.delete)}</td><td class="n" data-label="Generate">${formatNumber(summary.generate)}</td><td class="n" data-label="Estimate">${costText(summary.cost).split(' (')[0]!}</td><td class="n" data-label="Actual">${actual}</td><td>${planChip(word)}</td></tr>`;
}
