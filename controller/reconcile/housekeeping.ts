import type { Plan } from '../plan/plan.ts';
import { emptyTrash, listTrash } from '../usecases/trash.ts';
import type { Workspace } from '../workspace.ts';
import { removeUnused } from './proposals.ts';

/** Plans that nobody used are kept this long. Milliseconds. */
const UNUSED_PLANS_MS = 2 * 86_400_000;

export interface Kept {
  readonly trashRemoved: number;
  readonly plansRemoved: number;
}

/** What has to be done now and then so that nothing grows for ever: the trash whose retention is over, plans that were overtaken. */
export async function keepHouse(
  workspace: Workspace,
  inUse: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Kept> {
  const now = new Date(workspace.clock.now()).toISOString();
  const isDue = (await listTrash(workspace, {}, signal)).some(({ item }) => item.expiresAt <= now);
  const trashRemoved = isDue ? (await emptyTrash(workspace, {}, signal)).removed.length : 0;
  return { trashRemoved, plansRemoved: await removeOldPlans(workspace, inUse, signal) };
}

/** Those of the controller that were neither applied nor approved. What people planned by hand looks the same, and is as old. */
async function removeOldPlans(
  workspace: Workspace,
  inUse: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<number> {
  const { state, clock, settings } = workspace;
  const old: { readonly id: string; readonly ms: number }[] = [];
  for await (const path of state.list('plans/plan-', signal)) {
    const id = /^plans\/([^/.]+)\.json$/.exec(path)?.[1];
    const ms = id === undefined ? 0 : ageMs(id, clock.now());
    if (id !== undefined && !inUse.has(id) && ms > UNUSED_PLANS_MS) old.push({ id, ms });
  }
  let removed = 0;
  for (const { id, ms } of old) {
    signal?.throwIfAborted();
    // A run can be rolled back as long as what it deleted is in the trash; its record stays, and so does the mark that it was used up.
    if (await removeUnused(workspace, id, ms > settings.trash.retentionMs)) removed += 1;
  }
  return removed;
}

/** Ids begin with their time: `plan-20261122T184510Z-4f2a9c`. */
function ageMs(id: Plan['id'], nowMs: number): number {
  const [, year, month, day, hour, minute, second] =
    /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(id) ?? [];
  if (second === undefined) return 0;
  return nowMs - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
