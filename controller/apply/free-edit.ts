import type { WrittenEntry } from '../library/entry-list.ts';
import { withField } from '../library/entry-text.ts';
import { parseLocation } from '../library/location.ts';
import { type Insertion, type ManifestEdit, writtenEntries } from '../library/manifest-edit.ts';
import {
  entryLocation,
  locationField,
  type ManifestEntry,
  type TrainingManifest,
} from '../library/training-manifest.ts';
import type { AdoptAction, ForgetAction, RestoreAction } from '../plan/plan.ts';
import type { TrashRecord } from '../records/actor-record.ts';
import type { DroppedEntry } from '../records/run-record.ts';

export type FreeAction = AdoptAction | ForgetAction | RestoreAction;

/** An image whose copy in the trash was brought back. */
export interface Restored {
  readonly item: TrashRecord;
  /** Where it is now, in canonical form. */
  readonly image: string;
}

export interface FreeEditContext {
  readonly manifest: TrainingManifest;
  /** Undefined where there is no manifest yet. */
  readonly text: string | undefined;
  readonly root: string;
  readonly run: string;
  /** Images that the same plan deletes later. */
  readonly doomed: ReadonlySet<string>;
  /** By the id of the action. */
  readonly restored: ReadonlyMap<string, Restored>;
}

export interface FreeEdit extends ManifestEdit {
  /** What each forget takes out, by the id of its action. */
  readonly dropped: ReadonlyMap<string, readonly DroppedEntry[]>;
}

/** A line of the list as it will be: an entry of today's, or one that is put in. */
type Slot = ManifestEntry | Omit<Insertion, 'index'>;

/**
 * The one edit of a manifest that adopts, forgets and restores. In a rollback it is the inverse of what the run did, step by step from
 * its end: what it deleted goes to where it stood just before; then what it took in leaves; then what it forgot goes to where that
 * stood at the run's very beginning, when nothing was there of what the rollback deletes afterwards.
 */
export function freeEdit(context: FreeEditContext, actions: readonly FreeAction[]): FreeEdit {
  const { manifest, text, restored, doomed } = context;
  const written = text === undefined ? [] : writtenEntries(text);
  const [forgets, adopts] = [actions.filter(isForget), actions.filter(isAdopt)];
  const named = new Set(manifest.entries.map((entry) => entry.image));
  const dropped = new Map(forgets.map((action) => [action.id, droppedBy(action, manifest, written)]));
  for (const { image, entries } of forgets) if (entries === 'all') named.delete(image);

  const slots: Slot[] = [...manifest.entries];
  const back = actions.flatMap(({ id }) => restored.get(id) ?? []).filter(({ image }) => !named.has(image));
  for (const item of back.toSorted((a, b) => a.item.index - b.item.index)) {
    slots.splice(Math.min(item.item.index, slots.length), 0, restoredEntry(context, item));
  }
  const remove = [...dropped.values()].flat().map(({ index }) => index);
  const kept = slots.filter((slot) => !('raw' in slot && remove.includes(slot.index)));
  const entered = adopts.filter((action) => !isThere(action, manifest, named));
  for (const { index, entry, written } of entered.filter(isPlaced).sort((a, b) => a.index - b.index)) {
    kept.splice(placeOf(kept, index, doomed), 0, { entry, ...writtenField(written) });
  }
  const insert = kept.flatMap((slot, index) => ('raw' in slot ? [] : [{ index, ...slot }]));
  const append = entered.filter((action) => !isPlaced(action)).map((action) => newEntry(context, action));
  return { remove, insert, append, dropped };
}

function isForget(action: FreeAction): action is ForgetAction {
  return action.kind === 'forget';
}

function isAdopt(action: FreeAction): action is AdoptAction {
  return action.kind === 'adopt';
}

function isPlaced(action: AdoptAction): action is AdoptAction & { readonly index: number } {
  return action.index !== undefined;
}

/** Of an image that its set names already there is nothing to adopt, unless it was named more than once before. */
function isThere(
  { image, repeats }: AdoptAction,
  { entries }: TrainingManifest,
  named: ReadonlySet<string | undefined>,
): boolean {
  return (
    named.has(image) && (repeats !== true || entries.filter((entry) => entry.image === image).length > 1)
  );
}

function droppedBy(
  { image, entries: which }: ForgetAction,
  { entries }: TrainingManifest,
  written: readonly WrittenEntry[],
): DroppedEntry[] {
  const repeats = which === 'repeats';
  return entries
    .filter((entry) => entry.image === image)
    .slice(repeats ? 1 : 0)
    .map(({ raw, index }) => ({
      entry: raw,
      index,
      ...writtenField(written[index]),
      ...(repeats ? { repeats } : {}),
    }));
}

/** The place that has `index` slots before it, those that will be gone not counted. */
function placeOf(slots: readonly Slot[], index: number, doomed: ReadonlySet<string>): number {
  let before = 0;
  for (const [place, slot] of slots.entries()) {
    if (before === index) return place;
    if (!('image' in slot && slot.image !== undefined && doomed.has(slot.image))) before += 1;
  }
  return slots.length;
}

function newEntry(
  { manifest, root, run }: FreeEditContext,
  { image, entry, category }: AdoptAction,
): unknown {
  if (entry !== undefined) return entry;
  return { ...entryLocation(parseLocation(image, root), manifest.style, root), category, callsheet_run: run };
}

/** The entry as it was, but for its place when the image could not go back to where it was. */
function restoredEntry({ manifest, root }: FreeEditContext, { item, image }: Restored): Slot {
  const { entry, written } = item;
  if (image === item.image) return { entry, ...writtenField(written) };
  const field = locationField(entry);
  const place = entryLocation(parseLocation(image, root), field ?? manifest.style, root);
  const fields = typeof entry === 'object' && entry !== null ? entry : {};
  const moved = { entry: { ...fields, ...place } };
  if (written === undefined || field === undefined) return moved;
  return { ...moved, written: { ...written, text: withField(written.text, field, place[field]!) } };
}

function writtenField(written: WrittenEntry | undefined): { written?: WrittenEntry } {
  return written === undefined ? {} : { written };
}
