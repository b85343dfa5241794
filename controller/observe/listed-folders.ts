import type { LibraryLayout } from '../library/layout.ts';
import { folderName, formatLocation, type Location } from '../library/location.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import type { PartReader } from '../object-store/parallel-listing.ts';
import { listingDigest } from './basis.ts';
import type { ListedObject } from './inventory.ts';

/** Objects kept in memory, a few hundred bytes each. Of the folders beyond, only the digest is kept. */
const KEPT_OBJECTS = 200_000;

/** A folder that is being listed: all of it comes one after the other. */
interface OpenFolder {
  /** Canonical name, ends in `/`. */
  readonly name: string;
  /** What the keys in it begin with. */
  readonly start: string;
  readonly objects: ListedObject[];
}

/** The actors' own folders as a listing of everything shows them, with the revisions of the training manifests met on the way. */
export class ListedFolders {
  /** By actor. */
  readonly manifests = new Map<string, string>();
  private readonly layout: LibraryLayout;
  private readonly locate: (key: string) => Location;
  private readonly folders = new Map<string, readonly ListedObject[]>();
  /** Undefined for a folder that came in pieces. */
  private readonly digests = new Map<string, string | undefined>();
  private kept = 0;

  /** @param locate where an object of the listing is. */
  constructor(layout: LibraryLayout, locate: (key: string) => Location) {
    this.layout = layout;
    this.locate = locate;
  }

  /** Undefined for a folder that is not there or not kept: see `has`. */
  objectsIn(name: string): readonly ListedObject[] | undefined {
    return this.folders.get(name);
  }

  has(name: string): boolean {
    return this.digests.has(name);
  }

  /** See `listingDigest`. */
  digestOf(name: string): string | undefined {
    return this.digests.get(name);
  }

  /** Takes in one part of the listing. Several parts may be read side by side. */
  part(): PartReader {
    let open: OpenFolder | undefined;
    return {
      add: (info) => {
        if (open === undefined || !info.key.startsWith(open.start)) {
          if (open !== undefined) this.close(open);
          open = this.open(info);
        }
        open?.objects.push({ image: open.name + info.key.slice(open.start.length), info });
      },
      end: () => {
        if (open !== undefined) this.close(open);
      },
    };
  }

  private open({ key, revision }: ObjectInfo): OpenFolder | undefined {
    const { images, manifests, root } = this.layout;
    const location = this.locate(key);
    const owner = images.ownerOf(location);
    if (owner === undefined) {
      const actor = manifests.actorOf(location);
      if (actor !== undefined) this.manifests.set(actor, revision);
      return undefined;
    }
    const name = folderName(images.at(owner), root);
    const rest = formatLocation(location, root).slice(name.length);
    return { name, start: key.slice(0, key.length - rest.length), objects: [] };
  }

  private close({ name, objects }: OpenFolder): void {
    if (this.digests.has(name)) {
      // A store that does not list in order: what else there is must be asked for.
      this.digests.set(name, undefined);
      this.kept -= this.folders.get(name)?.length ?? 0;
      this.folders.delete(name);
      return;
    }
    this.digests.set(name, listingDigest(objects.map(({ info }) => info)));
    if (this.kept + objects.length > KEPT_OBJECTS) return;
    this.kept += objects.length;
    this.folders.set(name, objects);
  }
}
