import type { Plan } from '../plan/plan.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { PlanStanding } from '../views/plan-standing-view.ts';
import type { Workspace } from '../workspace.ts';
import { readApprovals } from './approve-plan.ts';

/** Finds out what has become of a plan since it was made, without looking at any actor. */
export async function planStanding(
  { state, source }: Pick<Workspace, 'state' | 'source'>,
  plan: Plan,
  signal?: AbortSignal,
): Promise<PlanStanding> {
  const used = await state.read<{ run: string; at: string; by: string }>(
    `plans/${plan.id}.applied.json`,
    signal,
  );
  const newer = await newerPlan(state, plan, signal);
  return {
    approvals: await readApprovals(state, plan, signal),
    specsChanged: plan.source.specDigest !== source.specDigest,
    ...(used === undefined ? {} : { used: used.value }),
    ...(newer === undefined ? {} : { supersededBy: newer }),
  };
}

/** The newest plan that was kept after this one: ids begin with their time. */
async function newerPlan(state: StateBackend, plan: Plan, signal?: AbortSignal): Promise<string | undefined> {
  let newest: string | undefined;
  for await (const path of state.list('plans/plan-', signal)) {
    const id = /^plans\/([^/.]+)\.json$/.exec(path)?.[1];
    if (id !== undefined && id > plan.id && (newest === undefined || id > newest)) newest = id;
  }
  return newest;
}
