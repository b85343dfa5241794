import { formatLocation, parseLocation } from '../library/location.ts';
import type { ManifestEdit } from '../library/manifest-edit.ts';
import { entryLocation, type TrainingManifest } from '../library/training-manifest.ts';
import type { AdoptAction, ForgetAction, RestoreAction } from '../plan/plan.ts';
import type { TrashRecord } from '../records/actor-record.ts';
import type { ActionOutcome, DroppedEntry } from '../records/run-record.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { updateManifest } from './manifest-writer.ts';
import { copyFromTrash, removeObject } from './trash-bin.ts';

export type FreeAction = AdoptAction | ForgetAction | RestoreAction;

/**
 * Adopts, forgets and restores: all that costs nothing and destroys nothing, in one edit of the manifest. Needs no journal: cut off
 * anywhere, the next observation sees what is left to do.
 */
export async function runFreeActions(
  applying: Applying,
  session: ActorSession,
  actions: readonly FreeAction[],
  signal?: AbortSignal,
): Promise<ActionOutcome[]> {
  if (actions.length === 0) return [];
  const restored = new Map<string, Restored>();
  for (const action of actions) {
    if (action.kind !== 'restore') continue;
    const item = session.record.trash.find((record) => record.id === action.trashId);
    if (item !== undefined) restored.set(action.id, { item, image: await bringBack(applying, item, signal) });
  }
  const dropped = new Map<string, DroppedEntry[]>();
  await updateManifest(
    applying.observing,
    session.actor,
    (manifest) => {
      dropped.clear();
      return freeEdit(applying, session, manifest, actions, restored, dropped);
    },
    signal,
  );
  await forgetTrash(applying, session, [...restored.values()], signal);
  return actions.map((action) => outcomeOf(action, restored.get(action.id), dropped.get(action.id)));
}

interface Restored {
  readonly item: TrashRecord;
  /** Where it is now, in canonical form. */
  readonly image: string;
}

async function bringBack(applying: Applying, item: TrashRecord, signal?: AbortSignal): Promise<string> {
  const location = await copyFromTrash(applying, item, signal);
  return formatLocation(location, applying.observing.layout.root);
}

function freeEdit(
  applying: Applying,
  session: ActorSession,
  manifest: TrainingManifest,
  actions: readonly FreeAction[],
  restored: ReadonlyMap<string, Restored>,
  dropped: Map<string, DroppedEntry[]>,
): ManifestEdit {
  const named = new Set(manifest.entries.map((entry) => entry.image));
  const remove: number[] = [];
  const insert: { index: number; entry: unknown }[] = [];
  const append: unknown[] = [];
  for (const action of actions) {
    if (action.kind === 'forget') {
      const entries = manifest.entries
        .filter(({ image }) => image === action.image)
        .slice(action.entries === 'all' ? 0 : 1);
      remove.push(...entries.map(({ index }) => index));
      if (action.entries === 'all') named.delete(action.image);
      dropped.set(
        action.id,
        entries.map(({ raw, index }) => ({ entry: raw, index })),
      );
    } else if (action.kind === 'adopt') {
      if (named.has(action.image)) continue;
      const entry = adoptedEntry(applying, session, manifest, action);
      if (action.index === undefined) append.push(entry);
      else insert.push({ index: action.index, entry });
    } else {
      const back = restored.get(action.id);
      if (back === undefined || named.has(back.image)) continue;
      insert.push({ index: back.item.index, entry: restoredEntry(applying, manifest, back) });
    }
  }
  return { remove, insert, append };
}

function adoptedEntry(
  { observing }: Applying,
  session: ActorSession,
  manifest: TrainingManifest,
  action: AdoptAction,
) {
  if (action.entry !== undefined) return action.entry;
  const { root } = observing.layout;
  return {
    ...entryLocation(parseLocation(action.image, root), manifest.style, root),
    category: action.category,
    callsheet_run: session.context.run,
  };
}

/** The entry as it was, but for its place when the image could not go back to where it was. */
function restoredEntry(
  { observing }: Applying,
  manifest: TrainingManifest,
  { item, image }: Restored,
): unknown {
  if (image === item.image) return item.entry;
  const { root } = observing.layout;
  const fields = typeof item.entry === 'object' && item.entry !== null ? item.entry : {};
  return { ...fields, ...entryLocation(parseLocation(image, root), manifest.style, root) };
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
  for (const { item } of restored) await removeObject(applying, item.trashed, signal);
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
