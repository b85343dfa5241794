import pMap from 'p-map';
import { thumbnailPath } from '../observe/thumbnails.ts';
import type { Plan } from '../plan/plan.ts';
import type { Workspace } from '../workspace.ts';

const READS = 16;

/**
 * Thumbnails of the images that a plan deletes, restores or adopts, by content digest, as far as they are kept in state: deleted ones
 * first, and no more than `maxBytes` of them. None is made: a report must not need the pictures themselves.
 */
export async function loadPlanThumbnails(
  { state, observing }: Pick<Workspace, 'state' | 'observing'>,
  plan: Plan,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  let bytes = 0;
  const wanted = [...new Set(['delete', 'restore', 'adopt'].flatMap((kind) => digestsOf(plan, kind)))];
  await pMap(
    wanted,
    async (digest) => {
      if (bytes >= maxBytes) return;
      signal?.throwIfAborted();
      const thumbnail = await state
        .readBlob(thumbnailPath(digest, observing.thumbnail), signal)
        .catch(() => undefined);
      signal?.throwIfAborted();
      if (thumbnail === undefined) return;
      bytes += thumbnail.length;
      found.set(digest, thumbnail);
    },
    { concurrency: READS },
  );
  return found;
}

function digestsOf(plan: Plan, kind: string): string[] {
  return plan.actors.flatMap(({ actions }) =>
    actions.flatMap((action) => (action.kind === kind && 'digest' in action ? [action.digest] : [])),
  );
}
