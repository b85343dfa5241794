import pMap from 'p-map';
import type { ActorRecord } from '../records/actor-record.ts';
import { recoverActors } from '../usecases/apply-plan.ts';
import type { Workspace } from '../workspace.ts';

const READS_AT_ONCE = 32;

/**
 * Settles every run that was cut off, before anything else is done: a picture that was paid for is only kept by its provider for an hour.
 * Returns the actors whose runs were settled; what cannot be settled yet is tried again when the actor is looked at.
 */
export async function settleJournals(workspace: Workspace, signal?: AbortSignal): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of workspace.state.list('actors/', signal))
    if (path.endsWith('.json')) paths.push(path);
  const open = await pMap(
    paths,
    async (path) => {
      // A record that cannot be read is that actor's trouble, and is told when it is looked at.
      const stored = await workspace.state.read<ActorRecord>(path, signal).catch(() => undefined);
      return stored?.value.journal === undefined ? [] : [stored.value.actor];
    },
    { concurrency: READS_AT_ONCE },
  );
  return await recoverActors(workspace, open.flat(), signal);
}
