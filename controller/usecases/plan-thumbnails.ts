import pMap from 'p-map';
import type { Plan } from '../plan/plan.ts';
import { readActorRecord } from '../records/actor-records.ts';
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
  const wanted = ['delete', 'restore', 'adopt'].flatMap((kind) => wantedOf(plan, kind));
  const readAll = async ({ actor, digests }: Wanted) => {
    if (bytes >= maxBytes) return;
    const { record } = await readActorRecord(state, actor, signal);
    for (const digest of digests) {
      if (bytes >= maxBytes || found.has(digest)) continue;
      const thumbnail = await observing.thumbnails.getJpeg(digest, record.pictures[digest], signal);
      if (thumbnail === undefined || found.has(digest)) continue;
      bytes += thumbnail.length;
      found.set(digest, thumbnail);
    }
  };
  await pMap(
    wanted,
    async (one) => {
      signal?.throwIfAborted();
      // A report without some of its pictures is still a report.
      await readAll(one).catch(() => undefined);
      signal?.throwIfAborted();
    },
    { concurrency: READS },
  );
  return found;
}

interface Wanted {
  readonly actor: string;
  readonly digests: readonly string[];
}

function wantedOf(plan: Plan, kind: string): Wanted[] {
  return plan.actors.flatMap(({ actor, actions }) => {
    const digests = actions.flatMap((action) =>
      action.kind === kind && 'digest' in action ? [action.digest] : [],
    );
    return digests.length === 0 ? [] : [{ actor, digests }];
  });
}
