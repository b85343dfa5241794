import pMap from 'p-map';
import { CallsheetError } from '../diagnostics/errors.ts';
import { fingerprint } from '../observation/fingerprint.ts';
import { observeActor } from '../observe/observe-actor.ts';
import { type Plan, pendingActions } from '../plan/plan.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { PlanStanding } from '../views/plan-standing-view.ts';
import type { Workspace } from '../workspace.ts';
import { readApprovals } from './approve-plan.ts';
import { readUse } from './plan-use.ts';

/** Finds out what has become of a plan since it was made, without looking at any actor. */
export async function planStanding(
  { state, source }: Pick<Workspace, 'state' | 'source'>,
  plan: Plan,
  signal?: AbortSignal,
): Promise<PlanStanding> {
  const used = await readUse(state, plan.id, signal);
  const newer = await newerPlan(state, plan, signal);
  return {
    approvals: await readApprovals(state, plan, signal),
    specsChanged: plan.source.specDigest !== source.specDigest,
    ...(used === undefined ? {} : { used }),
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

/**
 * Actors of a plan that are no longer what it saw, and which an apply would skip; those that cannot be looked at are among them. Pays for
 * nothing, writes nothing.
 */
export async function staleActors(
  { observing, settings }: Workspace,
  plan: Plan,
  signal?: AbortSignal,
): Promise<string[]> {
  const acting = plan.actors.filter((actor) => pendingActions(actor).length > 0);
  const stale = await pMap(
    acting,
    async ({ actor, fingerprint: seen }) => {
      signal?.throwIfAborted();
      try {
        const { observation } = await observeActor(observing, actor, { mode: 'read-only' }, signal);
        return fingerprint(observation) === seen ? [] : [actor];
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof CallsheetError) return [actor];
        throw error;
      }
    },
    { concurrency: settings.limits.concurrency },
  );
  return stale.flat();
}
