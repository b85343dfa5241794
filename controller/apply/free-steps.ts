import { formatLocation } from '../library/location.ts';
import type { TrashRecord } from '../records/actor-record.ts';
import type { ActionOutcome, DroppedEntry } from '../records/run-record.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { type FreeAction, type FreeEdit, freeEdit, type Restored } from './free-edit.ts';
import { updateManifest } from './manifest-writer.ts';
import { copyFromTrash, removeObject } from './trash-bin.ts';

/**
 * Adopts, forgets and restores: all that costs nothing and destroys nothing, in one edit of the manifest. Needs no journal: cut off
 * anywhere, the next observation sees what is left to do.
 *
 * @param doomed images that the same plan deletes later.
 */
export async function runFreeActions(
  applying: Applying,
  session: ActorSession,
  actions: readonly FreeAction[],
  doomed: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ActionOutcome[]> {
  if (actions.length === 0) return [];
  const restored = new Map<string, Restored>();
  for (const action of actions) {
    if (action.kind !== 'restore') continue;
    const item = session.record.trash.find((record) => record.id === action.trashId);
    if (item !== undefined) restored.set(action.id, { item, image: await bringBack(applying, item, signal) });
  }
  let edit: FreeEdit | undefined;
  const { root } = applying.observing.layout;
  await updateManifest(
    applying.observing,
    session.actor,
    (manifest, text) => {
      edit = freeEdit({ manifest, text, root, run: session.context.run, doomed, restored }, actions);
      return edit;
    },
    { signal, assertHeld: session.assertHeld },
  );
  await forgetTrash(applying, session, [...restored.values()], signal);
  return actions.map((action) => outcomeOf(action, restored.get(action.id), edit?.dropped.get(action.id)));
}

async function bringBack(applying: Applying, item: TrashRecord, signal?: AbortSignal): Promise<string> {
  const location = await copyFromTrash(applying, item, signal);
  return formatLocation(location, applying.observing.layout.root);
}

/** Once an image is in the set again, its copy in the trash has done its work. */
async function forgetTrash(
  applying: Applying,
  session: ActorSession,
  restored: readonly Restored[],
  signal?: AbortSignal,
) {
  if (restored.length === 0) return;
  const ids = new Set(restored.map(({ item }) => item.id));
  await session.save((record) => ({ ...record, trash: record.trash.filter((item) => !ids.has(item.id)) }));
  for (const { item } of restored) {
    session.assertHeld();
    await removeObject(applying, item.trashed, signal);
  }
}

function outcomeOf(
  action: FreeAction,
  restored: Restored | undefined,
  dropped: readonly DroppedEntry[] | undefined,
): ActionOutcome {
  const base = {
    id: action.id,
    kind: action.kind,
    outcome: 'done' as const,
    image: restored?.image ?? action.image,
  };
  if (action.kind === 'forget') return { ...base, ...(dropped === undefined ? {} : { dropped }) };
  const facts = { category: action.category, digest: action.digest };
  if (action.kind === 'restore' && restored === undefined) {
    return { ...base, ...facts, outcome: 'skipped', message: 'it is not in the trash any more' };
  }
  return { ...base, ...facts };
}
