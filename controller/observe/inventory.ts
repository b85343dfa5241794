import { folderName, type Location } from '../library/location.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import type { Stores } from '../object-store/stores.ts';
import { listingDigest } from './basis.ts';

/** An object as a listing shows it, under its canonical name. */
export interface ListedObject {
  readonly image: string;
  readonly info: ObjectInfo;
}

/** Port of the observer: which objects are below a folder. Rejects rather than answer with a part. */
export interface Inventory {
  /** @param actor whose images are looked for there, which may tell where those of the others are. */
  below(folder: Location, signal?: AbortSignal, actor?: string): Promise<readonly ListedObject[]>;
  /** See `listingDigest`: of what `below` would give. */
  digest(folder: Location, signal?: AbortSignal, actor?: string): Promise<string>;
  /** Revisions of the training manifests by actor, where the listing has shown them too. */
  manifests?(): ReadonlyMap<string, string> | undefined;
}

/** Asks the store for each folder: the right thing for files, and for a few actors anywhere. */
export class DirectInventory implements Inventory {
  private readonly stores: Stores;
  private readonly root: string;

  constructor(stores: Stores, root: string) {
    this.stores = stores;
    this.root = root;
  }

  async below(folder: Location, signal?: AbortSignal): Promise<ListedObject[]> {
    const { store, key } = await this.stores.at(folder);
    const name = folderName(folder, this.root);
    const objects: ListedObject[] = [];
    for await (const info of store.list(key, signal))
      objects.push({ image: name + info.key.slice(key.length), info });
    return objects;
  }

  async digest(folder: Location, signal?: AbortSignal): Promise<string> {
    const { store, key } = await this.stores.at(folder);
    const found: ObjectInfo[] = [];
    for await (const info of store.list(key, signal)) found.push(info);
    return listingDigest(found);
  }
}
