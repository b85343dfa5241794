import type { LibraryLayout } from '../library/layout.ts';
import { folderName, isBelow, type Location } from '../library/location.ts';
import { listInParts } from '../object-store/parallel-listing.ts';
import type { Stores } from '../object-store/stores.ts';
import { listingDigest } from './basis.ts';
import { DirectInventory, type Inventory, type ListedObject } from './inventory.ts';
import { ListedFolders } from './listed-folders.ts';

/**
 * One listing of the whole library, shared by all its actors: in a bucket that is one request for a thousand images, where asking for
 * each actor would be one for each. True for the moment of the listing only, so it serves one pass over the library and no apply.
 * Folders that are not an actor's own are listed when asked for, once: together with those of the other actors where they lie side by side.
 */
export class BulkInventory implements Inventory {
  private readonly listed: ListedFolders;
  private readonly others = new Map<string, Promise<readonly ListedObject[]>>();
  /** By the place that holds a folder for each actor; undefined where there is too much else. */
  private readonly shared = new Map<string, Promise<ReadonlyMap<string, ListedObject[]> | undefined>>();
  private readonly direct: DirectInventory;
  private readonly stores: Stores;
  private readonly layout: LibraryLayout;

  private constructor(stores: Stores, layout: LibraryLayout, listed: ListedFolders) {
    this.stores = stores;
    this.direct = new DirectInventory(stores, layout.root);
    this.layout = layout;
    this.listed = listed;
  }

  /** @param actors ids in order: where the listing is cut into parts that are read side by side. */
  static async list(
    stores: Stores,
    layout: LibraryLayout,
    actors: readonly string[],
    signal?: AbortSignal,
  ): Promise<BulkInventory> {
    const { base } = layout.images;
    const { store, key } = await stores.at(base);
    const cuts = actors.flatMap((actor) => keyOf(layout.images.at(actor)));
    const listed = await listInParts(
      { store, prefix: key, cuts },
      () => new ListedFolders(layout, (object) => stores.sibling(base, object)),
      signal,
    );
    return new BulkInventory(stores, layout, listed);
  }

  async below(folder: Location, signal?: AbortSignal, actor?: string): Promise<readonly ListedObject[]> {
    const name = folderName(folder, this.layout.root);
    const own = this.listed.objectsIn(name);
    if (own !== undefined) return own;
    if (this.listed.has(name)) return await this.direct.below(folder, signal);
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

  async digest(folder: Location, signal?: AbortSignal, actor?: string): Promise<string> {
    const known = this.listed.digestOf(folderName(folder, this.layout.root));
    return known ?? listingDigest((await this.below(folder, signal, actor)).map(({ info }) => info));
  }

  manifests(): ReadonlyMap<string, string> | undefined {
    const { manifests, images } = this.layout;
    return isBelow(manifests.base, images.base) ? this.listed.manifests : undefined;
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

function keyOf(location: Location): string[] {
  return location.kind === 's3' ? [location.key] : [];
}

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

/** So many folders are quicker listed one by one than found in a listing of everybody. */
const FEW = 20;

/** What a pass over these actors should ask: buckets as a whole, directories folder by folder. */
export async function inventoryFor(
  stores: Stores,
  layout: LibraryLayout,
  actors: { readonly ids: readonly string[]; readonly all: number },
  signal?: AbortSignal,
): Promise<Inventory> {
  const { ids, all } = actors;
  const isPart = ids.length < 2 || (ids.length < FEW && ids.length < all);
  if (layout.images.base.kind === 'file' || isPart) return new DirectInventory(stores, layout.root);
  return await BulkInventory.list(stores, layout, ids, signal);
}
