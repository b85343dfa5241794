import { folderName, type Location } from '../library/location.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import type { Stores } from '../object-store/stores.ts';

/** An object as a listing shows it, under its canonical name. */
export interface ListedObject {
  readonly image: string;
  readonly info: ObjectInfo;
}

/** Port of the observer: which objects are below a folder. Rejects rather than answer with a part. */
export interface Inventory {
  /** @param actor whose images are looked for there, which may tell where those of the others are. */
  below(folder: Location, signal?: AbortSignal, actor?: string): Promise<readonly ListedObject[]>;
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
}
