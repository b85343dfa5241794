import { inventoryFor } from '../observe/bulk-inventory.ts';
import type { Workspace } from '../workspace.ts';
import { type ActorSelection, selectActors } from './select-actors.ts';
import { readSuspensions } from './suspend.ts';

/** One pass over a library: who is looked at, and a workspace whose listings are made once for all of them. Not for applying. */
export interface LibraryPass {
  readonly ids: readonly string[];
  readonly workspace: Workspace;
}

export async function beginPass(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<LibraryPass> {
  const { stores, layout, observing } = workspace;
  const ids = await selectActors(workspace, selection, signal);
  const [inventory, suspensions] = await Promise.all([
    inventoryFor(stores, layout, ids.length, signal),
    readSuspensions(workspace.state, signal),
  ]);
  return { ids, workspace: { ...workspace, suspensions, observing: { ...observing, inventory } } };
}
