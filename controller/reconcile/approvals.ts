import type { Plan } from '../plan/plan.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { readDecision } from '../usecases/decide-plan.ts';

/** What people have said of a plan, as far as it decides what may be applied. */
export interface Approval {
  /** Actors that somebody has approved. */
  readonly approved: ReadonlySet<string>;
  readonly rejected: ReadonlySet<string>;
  /** Names of the guards that are lifted for this plan. */
  readonly lifted: readonly string[];
}

/** The decisions on exactly this plan; undefined when nobody has said anything. */
export async function readApproval(
  state: StateBackend,
  plan: Plan,
  signal?: AbortSignal,
): Promise<Approval | undefined> {
  const { decisions, approved, rejected, liftedGuards } = await readDecision(state, plan, signal);
  if (decisions.length === 0) return undefined;
  return { approved: new Set(approved), rejected: new Set(rejected), lifted: liftedGuards };
}
