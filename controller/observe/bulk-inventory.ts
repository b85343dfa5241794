import type { LibraryLayout } from '../library/layout.ts';
import { folderName, type Location } from '../library/location.ts';
import type { Stores } from '../object-store/stores.ts';
import { DirectInventory, type Inventory, type ListedObject } from './inventory.ts';

/**
 * One listing of the whole library, shared by all its actors: in a bucket that is one request for a thousand images, where asking for
 * each actor would be one for each. True for the moment of the listing only, so it serves one pass over the library and no apply.
 * Folders that are not an actor's own are listed when asked for, once: together with those of the other actors where they lie side by side.
 */
export class BulkInventory implements Inventory {
  private readonly folders: ReadonlyMap<string, readonly ListedObject[]>;
  private readonly others = new Map<string, Promise<readonly ListedObject[]>>();
  /** By the place that holds a folder for each actor; undefined where there is too much else. */
  private readonly shared = new Map<string, Promise<ReadonlyMap<string, ListedObject[]> | undefined>>();
  private readonly direct: DirectInventory;
  private readonly stores: Stores;
  private readonly layout: LibraryLayout;

  private constructor(
    stores: Stores,
    layout: LibraryLayout,
    folders: ReadonlyMap<string, readonly ListedObject[]>,
  ) {
    this.stores = stores;
    this.direct = new DirectInventory(stores, layout.root);
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
    return new BulkInventory(stores, layout, folders);
  }

  async below(folder: Location, signal?: AbortSignal, actor?: string): Promise<readonly ListedObject[]> {
    const name = folderName(folder, this.layout.root);
    const own = this.folders.get(name);
    if (own !== undefined) return own;
    if (this.layout.images.ownerOf(inside(folder)) !== undefined) return [];
    const place = actor === undefined ? undefined : placeOfActors(folder, actor);
    const folders = place === undefined ? undefined : await this.foldersAt(place, signal);
    if (folders !== undefined)
      return (folders.get(firstPart(name, place!)) ?? []).filter(({ image }) => image.startsWith(name));
    let listing = this.others.get(name);
    if (listing === undefined) {
      listing = this.direct.below(folder, signal);
      this.others.set(name, listing);
    }
    return await listing;
  }

  private foldersAt(place: BucketLocation, signal?: AbortSignal) {
    const name = `s3://${place.bucket}/${place.key}`;
    let listing = this.shared.get(name);
    if (listing === undefined) {
      listing = this.listFolders(place, signal);
      this.shared.set(name, listing);
    }
    return listing;
  }

  private async listFolders(
    place: BucketLocation,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ListedObject[]> | undefined> {
    const { store, key } = await this.stores.at(place);
    const folders = new Map<string, ListedObject[]>();
    let count = 0;
    for await (const info of store.list(key, signal)) {
      count += 1;
      if (count > MAX_SHARED) return undefined;
      const image = `s3://${place.bucket}/${info.key}`;
      const part = firstPart(image, place);
      const objects = folders.get(part);
      if (objects === undefined) folders.set(part, [{ image, info }]);
      else objects.push({ image, info });
    }
    return folders;
  }
}

type BucketLocation = Extract<Location, { kind: 's3' }>;

/** Where other people's objects are too many, each actor's folder is listed on its own after all. */
const MAX_SHARED = 100_000;

/** `training/` of `training/0042/pictures/` for actor 0042: most likely every actor has a folder there. */
function placeOfActors(folder: Location, actor: string): BucketLocation | undefined {
  if (folder.kind !== 's3') return undefined;
  const at = `/${folder.key}`.indexOf(`/${actor}/`);
  return at < 0 ? undefined : { ...folder, key: folder.key.slice(0, at) };
}

/** `s3://bucket/training/0042/` of anything below it. */
function firstPart(name: string, { bucket, key }: BucketLocation): string {
  const start = `s3://${bucket}/${key}`.length;
  return name.slice(0, name.indexOf('/', start) + 1);
}

/** Some location inside a folder. */
function inside(folder: Location): Location {
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
