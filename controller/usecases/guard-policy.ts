import type { Actor } from '../library/actor-manifest.ts';
import type { GuardPolicy } from '../plan/guards.ts';
import type { ActorPlan } from '../plan/plan.ts';
import type { Workspace } from '../workspace.ts';
import type { BaseComparison } from './compare-base.ts';

export interface GuardFacts {
  readonly comparison: BaseComparison | undefined;
  /** Given when images may still have to be evaluated: who an actor is. */
  readonly unevaluated: ((id: string) => Actor | undefined) | undefined;
}

/** The bounds that a plan is checked against: the Library's, or as strict as either revision's where two are compared. */
export async function guardPolicy(
  workspace: Workspace,
  actors: readonly ActorPlan[],
  { comparison, unevaluated }: GuardFacts,
): Promise<GuardPolicy> {
  const { settings } = workspace;
  const { budget } = settings.limits;
  const { maxDeletes, maxDeleteShare, minUsable } =
    comparison?.stricterGuards(settings.guards) ?? settings.guards;
  const leftToday = await leftTodayUsd(workspace);
  return {
    maxDeleteSharePercent: maxDeleteShare,
    minUsable,
    ...(maxDeletes === undefined ? {} : { maxDeletes }),
    ...(budget.perRun === undefined ? {} : { budgetPerRunUsd: budget.perRun }),
    ...(leftToday === undefined ? {} : { budgetLeftTodayUsd: leftToday }),
    ...(comparison === undefined ? {} : { formerlyManaged: comparison.formerlyManaged() }),
    ...(unevaluated === undefined ? {} : { unevaluated: nextEvaluation(workspace, actors, unevaluated) }),
  };
}

/** What the next refresh would evaluate, and for how much. */
function nextEvaluation(
  { observing }: Workspace,
  actors: readonly ActorPlan[],
  find: (id: string) => Actor | undefined,
): NonNullable<GuardPolicy['unevaluated']> {
  let images = 0;
  let costUsd: number | undefined = 0;
  for (const { actor: id, unknown } of actors) {
    const actor = find(id);
    if (unknown === 0 || actor === undefined) continue;
    images += unknown;
    const price = observing.evaluatorFor(actor).estimateCostUsd(unknown);
    costUsd = price === undefined || costUsd === undefined ? undefined : costUsd + price;
  }
  return { images, costUsd };
}

/** US dollars that today's budget still has; undefined without a daily budget. What is reserved counts as spent. */
export async function leftTodayUsd({ settings, ledger, clock }: Workspace): Promise<number | undefined> {
  const { perDay } = settings.limits.budget;
  if (perDay === undefined) return undefined;
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const lines = await ledger.costs({ fromDay: today, toDay: today });
  return Math.max(0, perDay - lines.reduce((sum, line) => sum + line.usd + line.openUsd, 0));
}
