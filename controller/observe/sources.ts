import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { Actor } from '../library/actor-manifest.ts';
import { type LibraryLayout, locationIn } from '../library/layout.ts';
import { folderName, formatLocation, type Location, parseLocation } from '../library/location.ts';
import type { ManifestEntry } from '../library/training-manifest.ts';
import type { ObservedImage } from '../observation/observation.ts';
import { type ReadRecord, readActorRecord } from '../records/actor-records.ts';
import { type ReadManifest, readActorRevision, readTrainingManifest } from './actor-files.ts';
import { type BasisParts, listingDigest } from './basis.ts';
import type { ListedObject } from './inventory.ts';
import type { Observing } from './observing.ts';

type Needed = NonNullable<ObservedImage['needed']>;

/** What the places an actor is made of say, before anything is concluded. */
export interface Sources {
  readonly actor: Actor;
  readonly manifest: ReadManifest;
  readonly read: ReadRecord;
  readonly objects: ReadonlyMap<string, ListedObject>;
  /** Images that no listing shows and of which it cannot be told whether they are there, with the reason. */
  readonly absences: ReadonlyMap<string, string>;
  /** Names of the objects in the actor's own folder. */
  readonly own: ReadonlySet<string>;
  /** Images of the manifest that more than this set depends on. */
  readonly needed: ReadonlyMap<string, Needed>;
  /** What the actor's manifest and the listings were; absent when the observation rests on more than that. */
  readonly basis?: SourcesBasis;
}

export interface SourcesBasis extends Pick<BasisParts, 'actor' | 'listings'> {
  /** Canonical names of the folders besides its own that hold images of it. */
  readonly elsewhere: readonly string[];
}

/** Reads everything that an observation rests on. Rejects rather than leave anything out. */
export async function readSources(observing: Observing, id: string, signal?: AbortSignal): Promise<Sources> {
  const { stores, layout, state, inventory } = observing;
  const [{ actor, revision }, manifest, read] = await Promise.all([
    readActorRevision(stores, layout, id, signal),
    readTrainingManifest(stores, layout, id, signal),
    readActorRecord(state, id, signal),
  ]);
  const folder = layout.images.at(id);
  const entries = manifest.manifest.entries;
  const named = new Set(entries.map((entry) => entry.image));
  const listed = await inventory.below(folder, signal);
  const own = listed.filter(({ image, info }) => named.has(image) || looksLikePicture(info.key));
  const others = await listElsewhere(observing, id, entries, folder, signal);
  const elsewhere = [...others.values()].flat().filter(({ image }) => named.has(image));
  const objects = new Map([...own, ...elsewhere].map((object) => [object.image, object]));
  const listedNames = new Set(objects.keys());
  const absences = await lookForAbsent(observing, entries, objects, signal);
  refuseEmptyListing(id, entries, objects, folder, layout.images.text);
  const needed = findNeeded(observing, actor, [...elsewhere.map(({ image }) => image), ...absences.keys()]);
  const isListed = entries.every(({ image }) => image === undefined || listedNames.has(image));
  const basis = isListed ? basisOfListings(revision, listed, others) : undefined;
  return {
    actor,
    manifest,
    read,
    objects,
    absences,
    own: new Set(own.map(({ image }) => image)),
    needed,
    ...(basis === undefined ? {} : { basis }),
  };
}

/** A folder with more objects is one that many actors share: comparing all of it for each of them would take longer than looking. */
const MAX_ELSEWHERE = 1_000;

function basisOfListings(
  actor: string,
  own: readonly ListedObject[],
  others: ReadonlyMap<string, readonly ListedObject[]>,
): SourcesBasis | undefined {
  const listings = [own, ...others.values()];
  if (listings.slice(1).some(({ length }) => length > MAX_ELSEWHERE)) return undefined;
  return {
    actor,
    listings: listings.map((objects) => listingDigest(objects.map(({ info }) => info))),
    elsewhere: [...others.keys()],
  };
}

/**
 * Images that would be missed beyond this training set: what a plan for this actor deletes must not take another actor's picture, nor
 * the picture that every new one is made from.
 */
function findNeeded(
  { layout }: Observing,
  actor: Actor,
  elsewhere: readonly string[],
): ReadonlyMap<string, Needed> {
  const needed = new Map<string, Needed>();
  for (const image of elsewhere) {
    const owner = layout.images.ownerOf(parseLocation(image, layout.root));
    if (owner !== undefined && owner !== actor.id) needed.set(image, 'other-actor');
  }
  const base = actor.baseImage === undefined ? undefined : canonical(actor.baseImage, layout);
  if (base !== undefined) needed.set(base, 'base-image');
  return needed;
}

/** Undefined for what lies in no store of ours, such as a web page's picture. */
function canonical(text: string, layout: LibraryLayout): string | undefined {
  try {
    return formatLocation(locationIn(layout, text), layout.root);
  } catch {
    return undefined;
  }
}

/**
 * Asks for every image that the manifest names and no listing shows: only a clear "not found" makes an entry dangling. A symbolic link is
 * not listed, for one, and a listing may lag behind a write.
 */
async function lookForAbsent(
  { stores, layout }: Observing,
  entries: readonly ManifestEntry[],
  objects: Map<string, ListedObject>,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const absences = new Map<string, string>();
  const missing = new Set(
    entries.map((entry) => entry.image).filter((image) => image !== undefined && !objects.has(image)),
  );
  for (const image of missing) {
    try {
      const { store, key } = await stores.at(parseLocation(image!, layout.root));
      objects.set(image!, { image: image!, info: await store.head(key, signal) });
    } catch (error) {
      signal?.throwIfAborted();
      if (!isCallsheetError(error, 'not-found')) absences.set(image!, toCallsheetError(error).message);
    }
  }
  return absences;
}

/** Captions, masks and manifests often lie beside the pictures; only what may be a picture can be an orphan image. */
function looksLikePicture(key: string): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return !name.startsWith('.') && (extension === undefined || PICTURE_EXTENSIONS.has(extension));
}

const PICTURE_EXTENSIONS: ReadonlySet<string> = new Set(
  'avif bmp gif heic heif jfif jpeg jpg jxl png tif tiff webp'.split(' '),
);

/** What is in the folders outside the actor's own that entries name, by canonical name of the folder: each is listed once. */
async function listElsewhere(
  observing: Observing,
  actor: string,
  entries: readonly ManifestEntry[],
  own: Location,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly ListedObject[]>> {
  const { root } = observing.layout;
  const home = folderName(own, root);
  const folders = new Set<string>();
  for (const { image } of entries)
    if (image !== undefined && (home === '' || !image.startsWith(home)))
      folders.add(image.slice(0, image.lastIndexOf('/') + 1));
  const listings = [...folders].sort().map(async (folder) => {
    return [folder, await observing.inventory.below(folderAt(folder, root), signal, actor)] as const;
  });
  return new Map(await Promise.all(listings));
}

/** The folder of a canonical name that ends in `/`; the empty name is the root. */
export function folderAt(name: string, root: string): Location {
  const location = parseLocation(name === '' ? root : name, root);
  return location.kind === 'file' ? { kind: 'file', path: `${location.path.replace(/\/$/, '')}/` } : location;
}

/**
 * A manifest that names images, and not one of them there: far more often a wrong URL, a bucket of another account or a disk that is
 * not mounted than a set that is really gone. Unknown is not zero.
 */
function refuseEmptyListing(
  actor: string,
  entries: readonly ManifestEntry[],
  objects: ReadonlyMap<string, ListedObject>,
  folder: Location,
  template: string,
): void {
  const named = entries.filter((entry) => entry.image !== undefined);
  if (named.length < 2 || named.some((entry) => objects.has(entry.image!))) return;
  const where = folder.kind === 'file' ? folder.path : `s3://${folder.bucket}/${folder.key}`;
  throw new CallsheetError(
    'unavailable',
    `none of the ${named.length} images of actor "${actor}" was found (looked in ${where})`,
    {
      hint: `Check spec.images ("${template}") and that the disk or bucket is the right one. If the images are really gone, empty "images" in the manifest.`,
    },
  );
}
