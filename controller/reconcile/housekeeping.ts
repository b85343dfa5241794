import { ageOfId } from '../runtime/ids.ts';
import { emptyTrash, listTrash } from '../usecases/trash.ts';
import type { Workspace } from '../workspace.ts';
import { removeUnused } from './proposals.ts';
import { pruneHistory } from './prune-history.ts';
import { pruneRollouts } from './prune-rollouts.ts';

/** Plans that nobody used are kept this long. Milliseconds. */
const UNUSED_PLANS_MS = 2 * 86_400_000;

export interface Kept {
  readonly trashRemoved: number;
  readonly plansRemoved: number;
  /** Documents of runs and plans that are older than anybody asks for. */
  readonly historyRemoved: number;
  /** Documents of rollouts that many others have followed. */
  readonly rolloutsRemoved: number;
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
    rolloutsRemoved: await pruneRollouts(workspace, inUse, signal),
  };
}

/** Those that were neither applied nor approved, whoever made them. What was used belongs to the history. */
async function removeOldPlans(
  workspace: Workspace,
  inUse: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<number> {
  const { state, clock } = workspace;
  const plans: string[] = [];
  const marked = new Set<string>();
  for await (const path of state.list('plans/plan-', signal)) {
    const [, id = '', mark] = /^plans\/([^/.]+)(\.\w+)?\.json$/.exec(path) ?? [];
    if (mark !== undefined) marked.add(id);
    else if ((ageOfId(id, clock.now()) ?? 0) > UNUSED_PLANS_MS) plans.push(id);
  }
  let removed = 0;
  for (const id of plans.filter((plan) => !marked.has(plan) && !inUse.has(plan))) {
    signal?.throwIfAborted();
    if (await removeUnused(workspace, id)) removed += 1;
  }
  return removed;
}
