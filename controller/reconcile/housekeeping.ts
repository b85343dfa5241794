import { ageOfId } from '../runtime/ids.ts';
import { emptyTrash, listTrash } from '../usecases/trash.ts';
import type { Workspace } from '../workspace.ts';
import { removeUnused } from './proposals.ts';
import { pruneHistory } from './prune-history.ts';

/** Plans that nobody used are kept this long. Milliseconds. */
const UNUSED_PLANS_MS = 2 * 86_400_000;

export interface Kept {
  readonly trashRemoved: number;
  readonly plansRemoved: number;
  /** Documents of runs and plans that are older than anybody asks for. */
  readonly historyRemoved: number;
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
  return {
    trashRemoved,
    plansRemoved: await removeOldPlans(workspace, inUse, signal),
    historyRemoved: await pruneHistory(workspace, inUse, signal),
  };
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
    const ms = id === undefined ? 0 : (ageOfId(id, clock.now()) ?? 0);
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
