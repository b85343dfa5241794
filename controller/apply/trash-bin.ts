import { createHash } from 'node:crypto';
import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import type { WrittenEntry } from '../library/entry-list.ts';
import { formatLocation, type Location, parseLocation } from '../library/location.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { TrashRecord } from '../records/actor-record.ts';
import type { Applying, RunContext } from './applying.ts';

/** Deleted images wait below this prefix of their own store, so that moving them there never leaves it. */
const PREFIX = 'trash/';

/** Facts of an image on its way into the trash. */
export interface Discarded {
  readonly id: string;
  readonly image: string;
  readonly digest: string;
  readonly category?: string;
  readonly quality?: number;
  readonly reason: string;
  readonly entry: unknown;
  readonly index: number;
  readonly written?: WrittenEntry;
}

/** Copies an image into the trash and makes sure that the copy is whole. Doing it again is harmless. */
export async function copyToTrash(
  { observing, trashRetentionMs }: Applying,
  { run }: RunContext,
  discarded: Discarded,
  signal?: AbortSignal,
): Promise<TrashRecord> {
  const { stores, layout, clock } = observing;
  const from = parseLocation(discarded.image, layout.root);
  const { store, key } = await stores.at(from);
  const target = `${PREFIX}${run}/${key}`;
  await store.copy(key, target, signal);
  const [original, copy] = await Promise.all([store.head(key, signal), store.head(target, signal)]);
  if (original.size !== copy.size) {
    throw new CallsheetError(
      'unavailable',
      `the copy of ${discarded.image} in the trash is not whole; the image stays where it is`,
    );
  }
  const now = clock.now();
  return {
    ...discarded,
    trashed: formatLocation(stores.sibling(from, target), layout.root),
    run,
    deletedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + trashRetentionMs).toISOString(),
  };
}

/** Removes an object for good. The caller has made sure that a copy is in the trash, or that it should not be. */
export async function removeObject(
  { observing }: Applying,
  image: string,
  signal?: AbortSignal,
): Promise<void> {
  const { store, key } = await observing.stores.at(parseLocation(image, observing.layout.root));
  await store.delete(key, signal === undefined ? {} : { signal });
}

/**
 * Brings an object back from the trash to where it was, or beside it when something else is there by now. Leaves the copy in the trash:
 * it goes when nothing needs it any more. Returns where the object is now.
 */
export async function copyFromTrash(
  { observing }: Applying,
  item: TrashRecord,
  signal?: AbortSignal,
): Promise<Location> {
  const { stores, layout } = observing;
  const home = parseLocation(item.image, layout.root);
  const { store, key: trashKey } = await stores.at(parseLocation(item.trashed, layout.root));
  for (const location of [home, beside(home, item.digest)]) {
    const { key } = await stores.at(location);
    const there = await digestAt(store, key, signal);
    if (there === undefined) await store.copy(trashKey, key, signal);
    if (there === undefined || there === item.digest) return location;
  }
  throw new CallsheetError(
    'precondition-failed',
    `${item.image} cannot be restored: other images have taken its place`,
    {
      hint: `Its copy is ${item.trashed}.`,
    },
  );
}

/** Digest of what is under a key, or undefined when nothing is. */
async function digestAt(store: ObjectStore, key: string, signal?: AbortSignal): Promise<string | undefined> {
  try {
    const { bytes } = await store.get(key, signal === undefined ? {} : { signal });
    return createHash('sha256').update(bytes).digest('hex');
  } catch (error) {
    if (isCallsheetError(error, 'not-found')) return undefined;
    throw error;
  }
}

function beside(location: Location, digest: string): Location {
  const rename = (path: string) => path.replace(/(\.[a-z0-9]+)?$/i, `-${digest.slice(0, 8)}$1`);
  return location.kind === 'file'
    ? { ...location, path: rename(location.path) }
    : { ...location, key: rename(location.key) };
}
