import { isCallsheetError } from '../diagnostics/errors.ts';
import { assemblePlan } from '../plan/assemble.ts';
import { checkGuards, type GuardPolicy } from '../plan/guards.ts';
import type { ActorPlan, GuardResult, Plan } from '../plan/plan.ts';
import { digestOf } from '../spec/canonical.ts';
import { approvalPath } from '../usecases/approve-plan.ts';
import { keepPlan, loadPlan, planPath } from '../usecases/plan-files.ts';
import { planHeader } from '../usecases/plan-library.ts';
import { readUse } from '../usecases/plan-use.ts';
import { renderPlanMarkdown } from '../views/plan-markdown.ts';
import type { Workspace } from '../workspace.ts';

/** Plans that were overtaken are kept for a while: somebody may be reading one, or about to approve it. */
const OVERTAKEN_KEPT = 3;

/**
 * The plan of all that is to be done, written to state before anything is applied. The same work gives the same plan with the same id,
 * also after a restart, so that an approval stays good; other work gives a new one, and old ones that nobody used are removed.
 */
export class Proposals {
  private current: Plan | undefined;
  private key: string | undefined;
  private readonly overtaken: string[] = [];

  /** Takes up the plan that an earlier controller had written. */
  async resume(workspace: Workspace, planId: string, signal?: AbortSignal): Promise<void> {
    try {
      const plan = await loadPlan(workspace, planId, signal);
      this.current = plan;
      this.key = keyOf(plan.source.specDigest, plan.actors, plan.guards);
    } catch (error) {
      // It is gone or no plan any more: a new one is made.
      if (!isCallsheetError(error)) throw error;
    }
  }

  get plan(): Plan | undefined {
    return this.current;
  }

  /**
   * The plan for exactly this work, if it has been written.
   *
   * @param pending all that is to be done, rejected or not: a no to a part of a plan makes no other plan of it.
   */
  find(
    workspace: Workspace,
    pending: readonly ActorPlan[],
    guards: readonly GuardResult[],
  ): Plan | undefined {
    return this.key === keyOf(workspace.source.specDigest, pending, guards) ? this.current : undefined;
  }

  /** Writes the plan for the part of the work that may be proposed. */
  async propose(
    workspace: Workspace,
    pending: readonly ActorPlan[],
    part: { readonly pending: readonly ActorPlan[]; readonly guards: readonly GuardResult[] },
    guards: readonly GuardResult[],
    signal?: AbortSignal,
  ): Promise<Plan> {
    const plan = assemblePlan(planHeader(workspace, { refresh: true }), part.pending, part.guards);
    await keepPlan(workspace, plan, markdownOf(plan), signal);
    const before = this.current;
    this.current = plan;
    this.key = keyOf(workspace.source.specDigest, pending, guards);
    if (before !== undefined) await this.overtake(workspace, before.id);
    return plan;
  }

  /** The plan was used up, or turned out to be: the next proposal is a new one. */
  forget(): void {
    this.current = undefined;
    this.key = undefined;
  }

  private async overtake(workspace: Workspace, id: string): Promise<void> {
    this.overtaken.push(id);
    const gone = this.overtaken.splice(0, Math.max(0, this.overtaken.length - OVERTAKEN_KEPT));
    for (const old of gone) await removeUnused(workspace, old);
  }
}

/** A part of a plan as a plan of its own: a wave. Its guards are those of the whole, because they were asked about the whole. */
export async function keepPart(
  workspace: Workspace,
  plan: Plan,
  actors: readonly string[],
  signal?: AbortSignal,
): Promise<Plan> {
  if (actors.length === plan.actors.length) return plan;
  const wanted = new Set(actors);
  const { source, evaluator, generator } = plan;
  const header = { ...planHeader(workspace, { actors, refresh: true }), source, evaluator, generator };
  const part = assemblePlan(
    header,
    plan.actors.filter(({ actor }) => wanted.has(actor)),
    plan.guards,
  );
  await keepPlan(workspace, part, markdownOf(part), signal);
  return part;
}

/** What guards say of all that is pending, in the light of the whole library and of what the day has seen already. */
export function guardWork(
  workspace: Workspace,
  library: readonly ActorPlan[],
  pending: readonly ActorPlan[],
  already: NonNullable<GuardPolicy['already']>,
): GuardResult[] {
  const { guards, limits } = workspace.settings;
  const wanted = new Set(pending.map(({ actor }) => actor));
  // Those that have nothing to do or may not do it count as images that stay.
  const plans = library.map((plan) => (wanted.has(plan.actor) ? plan : { ...plan, actions: [] }));
  return checkGuards(plans, {
    already,
    maxDeleteSharePercent: guards.maxDeleteShare,
    minUsable: guards.minUsable,
    ...(guards.maxDeletes === undefined ? {} : { maxDeletes: guards.maxDeletes }),
    ...(limits.budget.perRun === undefined ? {} : { budgetPerRunUsd: limits.budget.perRun }),
  });
}

/** Not one that was applied or approved, which is part of the history. */
export async function removeUnused({ state }: Workspace, id: string): Promise<boolean> {
  const marks = await Promise.all([readUse(state, id), state.read(approvalPath(id))]);
  if (marks.some((mark) => mark !== undefined)) return false;
  for (const path of [planPath(id), `plans/${id}.md`]) {
    await state.remove(path).catch((error) => {
      if (!isCallsheetError(error, 'not-found')) throw error;
    });
  }
  return true;
}

function keyOf(specDigest: string, actors: readonly ActorPlan[], guards: readonly GuardResult[]): string {
  const work = actors.map(({ actor, fingerprint, targetDigest }) => [actor, fingerprint, targetDigest]);
  return digestOf({ specDigest, work, guards: guards.map(({ name, result }) => [name, result]) });
}

function markdownOf(plan: Plan): string {
  return renderPlanMarkdown(plan, { key: 'callsheet', whole: `\`callsheet show ${plan.id}\`` });
}
