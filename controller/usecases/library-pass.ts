import { inventoryFor } from '../observe/bulk-inventory.ts';
import { Revisions } from '../observe/revisions.ts';
import type { Workspace } from '../workspace.ts';
import { PlanMemory } from './plan-memory.ts';
import { type ActorSelection, findActors } from './select-actors.ts';
import { readSuspensions } from './suspend.ts';

/** One pass over a library: who is looked at, and a workspace whose listings are made once for all of them. Not for applying. */
export interface LibraryPass {
  readonly ids: readonly string[];
  readonly workspace: Workspace;
  /** Opens what earlier passes remember; undefined for a pass over a part of the library, which is not worth it. */
  remember(keep: 'keep' | 'only-read'): PlanMemory | undefined;
}

export async function beginPass(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<LibraryPass> {
  const { stores, layout, observing } = workspace;
  const { ids, revisions } = await findActors(workspace, selection, signal);
  const [inventory, suspensions] = await Promise.all([
    inventoryFor(stores, layout, { ids, all: revisions.size }, signal),
    readSuspensions(workspace.state, signal),
  ]);
  const pass = { ...workspace, suspensions, observing: { ...observing, inventory } };
  return {
    ids,
    workspace: pass,
    remember: (keep) => {
      if (ids.length < revisions.size) return undefined;
      const isKept = keep === 'keep' && (selection.types ?? []).length === 0;
      return new PlanMemory(pass, new Revisions(pass.observing, revisions), { ids, isKept });
    },
  };
}
