import type { LibraryLayout } from '../library/layout.ts';
import { folderName, type Location } from '../library/location.ts';
import type { Stores } from '../object-store/stores.ts';
import { DirectInventory, type Inventory, type ListedObject } from './inventory.ts';

/**
 * One listing of the whole library, shared by all its actors: in a bucket that is one request for a thousand images, where asking for
 * each actor would be one for each. True for the moment of the listing only, so it serves one pass over the library and no apply.
 * Folders that are not an actor's own are listed when asked for, once.
 */
export class BulkInventory implements Inventory {
  private readonly folders: ReadonlyMap<string, readonly ListedObject[]>;
  private readonly others = new Map<string, Promise<readonly ListedObject[]>>();
  private readonly direct: DirectInventory;
  private readonly layout: LibraryLayout;

  private constructor(
    direct: DirectInventory,
    layout: LibraryLayout,
    folders: ReadonlyMap<string, readonly ListedObject[]>,
  ) {
    this.direct = direct;
    this.layout = layout;
    this.folders = folders;
  }

  static async list(stores: Stores, layout: LibraryLayout, signal?: AbortSignal): Promise<BulkInventory> {
    const { base } = layout.images;
    const { store, key } = await stores.at(base);
    const name = folderName(base, layout.root);
    const folders = new Map<string, ListedObject[]>();
    for await (const info of store.list(key, signal)) {
      const actor = layout.images.ownerOf(stores.sibling(base, info.key));
      if (actor === undefined) continue;
      const folder = folderName(layout.images.at(actor), layout.root);
      const objects = folders.get(folder);
      const object = { image: name + info.key.slice(key.length), info };
      if (objects === undefined) folders.set(folder, [object]);
      else objects.push(object);
    }
    return new BulkInventory(new DirectInventory(stores, layout.root), layout, folders);
  }

  async below(folder: Location, signal?: AbortSignal): Promise<readonly ListedObject[]> {
    const name = folderName(folder, this.layout.root);
    const own = this.folders.get(name);
    if (own !== undefined) return own;
    if (this.layout.images.ownerOf(below(folder)) !== undefined) return [];
    let listing = this.others.get(name);
    if (listing === undefined) {
      listing = this.direct.below(folder, signal);
      this.others.set(name, listing);
    }
    return await listing;
  }
}

/** Some location inside a folder. */
function below(folder: Location): Location {
  return folder.kind === 'file'
    ? { ...folder, path: `${folder.path}x` }
    : { ...folder, key: `${folder.key}x` };
}

/** What a pass over many actors should ask: buckets as a whole, directories folder by folder. */
export async function inventoryFor(
  stores: Stores,
  layout: LibraryLayout,
  actors: number,
  signal?: AbortSignal,
): Promise<Inventory> {
  if (layout.images.base.kind === 'file' || actors < 2) return new DirectInventory(stores, layout.root);
  return await BulkInventory.list(stores, layout, signal);
}
