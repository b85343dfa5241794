import type { ActionCounts, ActorPlanStatus, CostEstimate, Plan } from '../plan/plan.ts';
import { countOf, formatUsd } from './text.ts';

/**
 * What a plan comes to. Text, JSON and exit code all follow from it, so that they cannot disagree.
 *
 * - `error`: at least one actor could not be planned at all.
 * - `changes`: an apply would do something.
 * - `undetermined`: nothing to apply, but only because images are unknown.
 * - `no-changes`: nothing to apply.
 */
export type PlanOutcome = 'error' | 'changes' | 'undetermined' | 'no-changes';

export function planOutcome({ summary }: Pick<Plan, 'summary'>): PlanOutcome {
  if (summary.byStatus.error > 0) return 'error';
  if (actionCount(summary) > 0) return 'changes';
  return summary.byStatus.incomplete > 0 ? 'undetermined' : 'no-changes';
}

/** Exit code of `callsheet plan`: 1 on an error; with `detailed`, 2 for changes and 1 when nobody can say whether there are any. */
export function planExitCode(
  plan: Pick<Plan, 'summary'>,
  { detailed }: { readonly detailed: boolean },
): 0 | 1 | 2 {
  const outcome = planOutcome(plan);
  if (outcome === 'error') return 1;
  if (!detailed || outcome === 'no-changes') return 0;
  return outcome === 'changes' ? 2 : 1;
}

/**
 * The one line that says it all. A public interface: people and scripts look for it, so its wording only changes with a major version.
 *
 *     Plan: 12 to generate, 2 to restore, 1 to adopt, 9 to delete, 3 to forget. Cost: $0.48 (at most $1.44).
 *     No changes. 289 actors are balanced.
 *     Nothing to apply. Not in order: 1 error, 2 incomplete. 286 actors are balanced.
 *
 * It begins with `No changes` only when every actor could be planned and is as it should be, or is left alone on purpose.
 */
export function planSummaryLine({ summary }: Pick<Plan, 'summary'>): string {
  const trouble = statuses(summary, ['error', 'incomplete', 'unreachable']);
  const disorder = trouble === '' ? '' : ` Not in order: ${trouble}.`;
  if (actionCount(summary) > 0) {
    const { generate, restore, adopt, forget } = summary;
    const counts = `${generate} to generate, ${restore} to restore, ${adopt} to adopt, ${summary.delete} to delete, ${forget} to forget`;
    return `Plan: ${counts}. Cost: ${costText(summary.cost)}.${disorder}`;
  }
  if (summary.actors === 0) return 'No changes. There are no actors.';
  const { balanced } = summary.byStatus;
  const idle = statuses(summary, ['suspended', 'unmanaged']);
  const rest = `${balanced} ${balanced === 1 ? 'actor is' : 'actors are'} balanced${idle === '' ? '' : `; ${idle}`}.`;
  return trouble === '' ? `No changes. ${rest}` : `Nothing to apply.${disorder} ${rest}`;
}

/** `$0.48 (at most $1.44)`; `unknown` when a price is not known. */
export function costText({ estimateUsd, maximumUsd, known }: CostEstimate): string {
  if (!known) return 'unknown';
  return maximumUsd > estimateUsd
    ? `${formatUsd(estimateUsd)} (at most ${formatUsd(maximumUsd)})`
    : formatUsd(estimateUsd);
}

/** `3 to generate, 9 to delete`: only what there is to do. */
export function changesText(counts: ActionCounts): string {
  const kinds = ['generate', 'restore', 'adopt', 'delete', 'forget'] as const;
  return kinds.flatMap((kind) => (counts[kind] === 0 ? [] : [`${counts[kind]} to ${kind}`])).join(', ');
}

function actionCount(summary: Plan['summary']): number {
  return summary.generate + summary.restore + summary.adopt + summary.delete + summary.forget;
}

const STATUS_WORDS: Readonly<Record<ActorPlanStatus, (count: number) => string>> = {
  error: (count) => countOf(count, 'error'),
  balanced: (count) => `${count} balanced`,
  changes: (count) => countOf(count, 'change'),
  incomplete: (count) => `${count} incomplete`,
  unreachable: (count) => `${count} unreachable`,
  suspended: (count) => `${count} suspended`,
  unmanaged: (count) => `${count} unmanaged`,
};

function statuses({ byStatus }: Plan['summary'], which: readonly ActorPlanStatus[]): string {
  return which
    .filter((status) => byStatus[status] > 0)
    .map((status) => STATUS_WORDS[status](byStatus[status]))
    .join(', ');
}
