import pMap from 'p-map';
import { applyActor } from '../apply/apply-actor.ts';
import { removeObject } from '../apply/trash-bin.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { observeActor } from '../observe/observe-actor.ts';
import { planRollback } from '../plan/rollback.ts';
import type { TrashRecord } from '../records/actor-record.ts';
import { readActorRecord } from '../records/actor-records.ts';
import type { RunRecord } from '../records/run-record.ts';
import { countOf } from '../views/text.ts';
import type { Workspace } from '../workspace.ts';
import { changeRecord } from './judge-image.ts';
import { RunLog } from './run-log.ts';
import { type ActorSelection, selectActors } from './select-actors.ts';

export interface TrashedItem {
  readonly actor: string;
  readonly item: TrashRecord;
}

/** Everything in the trash of the selected actors, the oldest first. */
export async function listTrash(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<TrashedItem[]> {
  const ids = await selectActors(workspace, selection, signal);
  const found = await pMap(
    ids,
    async (actor) => {
      const { record } = await readActorRecord(workspace.state, actor, signal);
      return record.trash.map((item) => ({ actor, item }));
    },
    { concurrency: workspace.settings.limits.concurrency },
  );
  return found
    .flat()
    .sort((a, b) => (a.item.deletedAt < b.item.deletedAt ? -1 : a.item.deletedAt > b.item.deletedAt ? 1 : 0));
}

/**
 * Brings images back into their training sets.
 *
 * @param ids ids of trash records.
 * @param among whose trash is searched for them; everybody's unless given.
 */
export async function restoreTrash(
  workspace: Workspace,
  ids: readonly string[],
  signal?: AbortSignal,
  among: ActorSelection = {},
): Promise<RunRecord> {
  const all = await listTrash(workspace, among, signal);
  const wanted = ids.map((id) => {
    const found = all.find(({ item }) => item.id === id || item.image === id);
    if (found === undefined) {
      throw new CallsheetError('not-found', `"${id}" is not in the trash`, {
        hint: 'callsheet trash list shows what is.',
      });
    }
    return found;
  });
  const log = await RunLog.open(workspace, { kind: 'trash-restore', estimateUsd: 0 });
  const byActor = Map.groupBy(wanted, ({ actor }) => actor);
  let failed = false;
  for (const [actor, items] of byActor) {
    const view = await observeActor(workspace.observing, actor, { mode: 'refresh' }, signal);
    const nothing = {
      generated: new Set<string>(),
      admitted: new Set<string>(),
      restored: new Set<string>(),
      forgotten: [],
    };
    const plan = planRollback(
      { run: log.id, ...nothing, trashed: new Set(items.map(({ item }) => item.id)) },
      view.observation,
    );
    const context = { run: log.id, plan: log.id, startedMs: log.startedMs };
    const { run } = await applyActor(workspace.applying, context, plan, signal);
    failed ||= run.outcome !== 'applied';
    log.add(run);
  }
  return await log.finish(failed ? 'partial' : 'succeeded');
}

/** Removes for good what waits in the trash: what has expired, or everything that was deleted before a time. */
export async function emptyTrash(
  workspace: Workspace,
  options: ActorSelection & { readonly all?: boolean },
  signal?: AbortSignal,
): Promise<{ readonly run: RunRecord; readonly removed: readonly TrashedItem[] }> {
  const now = new Date(workspace.clock.now()).toISOString();
  const due = (await listTrash(workspace, options, signal)).filter(
    ({ item }) => options.all === true || item.expiresAt <= now,
  );
  const log = await RunLog.open(workspace, {
    kind: 'trash-empty',
    estimateUsd: 0,
    note: `${countOf(due.length, 'image')} removed for good`,
  });
  for (const { actor, item } of due) {
    signal?.throwIfAborted();
    await removeObject(workspace.applying, item.trashed, signal);
    await changeRecord(
      workspace,
      actor,
      (record) => ({ ...record, trash: record.trash.filter(({ id }) => id !== item.id) }),
      signal,
    );
  }
  return { run: await log.finish('succeeded'), removed: due };
}
