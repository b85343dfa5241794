import { CallsheetError } from '../diagnostics/errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** `plans/<id>.applied.json`: that a plan has been used up, by which run. */
export interface PlanUse {
  readonly formatVersion: '1.0';
  readonly plan: string;
  /** The plan's own digest. */
  readonly digest: string;
  readonly run: string;
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Where it is kept that a plan has been used up. */
export function usedPath(plan: string): string {
  return `plans/${plan}.applied.json`;
}

/** Undefined when the plan has not been used. */
export async function readUse(
  state: StateBackend,
  plan: string,
  signal?: AbortSignal,
): Promise<PlanUse | undefined> {
  return (await state.read<PlanUse>(usedPath(plan), signal))?.value;
}

/**
 * @param hint what to do instead.
 * @throws CallsheetError `stale` when the plan was used up.
 */
export async function refuseUsed(state: StateBackend, { id }: Plan, hint: string): Promise<void> {
  const use = await readUse(state, id);
  if (use === undefined) return;
  throw new CallsheetError('stale', `plan ${id} was used up by run ${use.run} at ${use.at}`, { hint });
}
