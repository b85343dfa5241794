import type { Workspace } from '../workspace.ts';
import type { Rollout } from './rollout.ts';
import { TALLY_PATH } from './tally.ts';

/** Rollouts that are kept: a revision that comes back, as after a revert in a folder, goes on where it was. */
const KEPT = 100;

/**
 * Removes what is known of rollouts that many others have followed. They are only read when there are twice as many as are kept, so that
 * an hour in which nothing happened costs one listing.
 *
 * @param inUse ids of plans.
 * @returns how many documents are gone.
 */
export async function pruneRollouts(
  { state }: Workspace,
  inUse: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<number> {
  const paths: string[] = [];
  for await (const path of state.list('rollouts/', signal)) if (path !== TALLY_PATH) paths.push(path);
  if (paths.length < 2 * KEPT) return 0;
  const rollouts: { readonly path: string; readonly plan: string }[] = [];
  for (const path of paths) {
    const plan = (await state.read<Rollout>(path, signal))?.value.plan;
    if (plan !== undefined && !inUse.has(plan)) rollouts.push({ path, plan });
  }
  // Ids of plans begin with their time.
  const old = rollouts.sort((a, b) => (a.plan < b.plan ? -1 : 1)).slice(0, -KEPT);
  for (const { path } of old) await state.remove(path, undefined, signal);
  return old.length;
}
