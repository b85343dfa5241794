import pMap from 'p-map';
import { isCallsheetError } from '../diagnostics/errors.ts';
import type { ObjectInfo, ObjectStore } from './object-store.ts';

/** Requests for pages under way at a time: a page takes a bucket some 100 ms, whatever else it does. */
const PARTS = 8;
/** Below so many places to cut at, one part after the other is quick enough. */
const MIN_CUTS = 64;

/** Is given the objects of one part of a listing in the order of the store, and told when there are no more. */
export interface PartReader {
  add(info: ObjectInfo): void;
  end(): void;
}

export interface PartedListing {
  readonly store: ObjectStore;
  readonly prefix: string;
  /** Keys at which the listing may be cut, in ascending order: folders, of which none is ever torn apart. */
  readonly cuts: readonly string[];
}

/**
 * Lists everything below a prefix, several parts of it at a time where the store can begin in the middle. Where that turns out not to hold
 * (a store that lists in another order, or begins elsewhere than it was asked to), everything is listed anew from the beginning to the end.
 *
 * @param begin makes an empty collection; `part` of it is called once for each part.
 * @throws CallsheetError as `ObjectStore.list`: the listing is whole or it is an error.
 */
export async function listInParts<Collected extends { part(): PartReader }>(
  { store, prefix, cuts }: PartedListing,
  begin: () => Collected,
  signal?: AbortSignal,
): Promise<Collected> {
  const bounds = chooseBounds(prefix, cuts);
  if (store.listRange === undefined || bounds.length === 0)
    return await listSerially(store, prefix, begin(), signal);
  const collected = begin();
  const ranges = [undefined, ...bounds].map((after, index) => ({ after, before: bounds[index] }));
  try {
    await pMap(
      ranges,
      async (range) => await readAll(store.listRange!(prefix, range, signal), collected.part()),
      { concurrency: PARTS, stopOnError: true },
    );
    return collected;
  } catch (error) {
    if (!isCallsheetError(error, 'unsupported')) throw error;
    return await listSerially(store, prefix, begin(), signal);
  }
}

async function listSerially<Collected extends { part(): PartReader }>(
  store: ObjectStore,
  prefix: string,
  collected: Collected,
  signal?: AbortSignal,
): Promise<Collected> {
  await readAll(store.list(prefix, signal), collected.part());
  return collected;
}

async function readAll(objects: AsyncIterable<ObjectInfo>, reader: PartReader): Promise<void> {
  for await (const info of objects) reader.add(info);
  reader.end();
}

/** Evenly spread. Of ASCII alone: there the order of a bucket's bytes and that of our strings is the same. */
function chooseBounds(prefix: string, cuts: readonly string[]): string[] {
  if (cuts.length < MIN_CUTS) return [];
  const sorted = cuts.filter((cut) => cut.startsWith(prefix) && /^[\x21-\x7e]+$/.test(cut)).sort();
  const chosen = Array.from(
    { length: PARTS - 1 },
    (_, index) => sorted[Math.floor(((index + 1) * sorted.length) / PARTS)],
  );
  return [...new Set(chosen.filter((cut) => cut !== undefined && cut !== prefix))] as string[];
}
