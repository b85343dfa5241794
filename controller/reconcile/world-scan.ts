import type { LibraryLayout } from '../library/layout.ts';
import { formatLocation, type Location } from '../library/location.ts';
import type { Stores } from '../object-store/stores.ts';
import { selectActors } from '../usecases/select-actors.ts';
import type { Workspace } from '../workspace.ts';

/** What a scan has found: everybody who is there, and who is not as at the last scan. */
export interface ScanResult {
  readonly actors: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Finds drift without looking at any actor: lists the library as a whole and compares each actor's files, by their revisions, with the
 * last time. In a bucket that is one request for a thousand objects. What lies outside the actors' own folders is not seen; the resync
 * of each actor sees that.
 */
export class WorldScan {
  private seen = new Map<string, number>();

  /** @throws CallsheetError when a listing is not whole; then nothing is concluded from it. */
  async scan(workspace: Workspace, signal?: AbortSignal): Promise<ScanResult> {
    const actors = await selectActors(workspace, {}, signal);
    const now = await signatures(workspace.stores, workspace.layout, new Set(actors), signal);
    const changed = actors.filter(
      (actor) => this.seen.has(actor) && this.seen.get(actor) !== (now.get(actor) ?? 0),
    );
    this.seen = new Map(actors.map((actor) => [actor, now.get(actor) ?? 0]));
    return { actors, changed };
  }
}

/** A number for each actor that changes when one of its files does, whatever the order of the listing. */
async function signatures(
  stores: Stores,
  layout: LibraryLayout,
  actors: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const base of distinctBases(layout)) {
    const { store, key } = await stores.at(base);
    for await (const info of store.list(key, signal)) {
      const owner = ownerOf(layout, stores.sibling(base, info.key));
      if (owner === undefined || !actors.has(owner)) continue;
      sums.set(owner, ((sums.get(owner) ?? 0) + hash(`${info.key}\0${info.revision}`)) % HASHES);
    }
  }
  return sums;
}

/** Often manifests and images lie below the same folder: it is listed once, and a folder inside another not at all. */
function distinctBases({ root, actors, manifests, images }: LibraryLayout): Location[] {
  const bases = [actors.base, manifests.base, images.base];
  const name = (location: Location) =>
    `${location.kind === 's3' ? `s3://${location.bucket}/` : ''}${formatLocation(location, root)}`;
  return bases.filter((base, index) => {
    const own = name(base);
    return !bases.some((other, place) => {
      const covers = name(other);
      return (
        place !== index &&
        (own === covers ? place < index : own.startsWith(covers.endsWith('/') ? covers : `${covers}/`))
      );
    });
  });
}

function ownerOf({ actors, manifests, images }: LibraryLayout, location: Location): string | undefined {
  return images.ownerOf(location) ?? manifests.actorOf(location) ?? actors.actorOf(location);
}

/** How many values a hash may have. The sum of two is still exact, so that sums do not depend on the order. */
const HASHES = 2 ** 52;

/** FNV-1a over two halves: 52 bits, quick; a collision only delays what the next resync finds anyway. */
function hash(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x1000193;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high & 0xfffff) * 0x1_0000_0000 + (low >>> 0);
}
