import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { type Actor, parseActorManifest } from '../library/actor-manifest.ts';
import type { LibraryLayout } from '../library/layout.ts';
import { formatLocation, type Location } from '../library/location.ts';
import { parseTrainingManifest, type TrainingManifest } from '../library/training-manifest.ts';
import type { Precondition } from '../object-store/object-store.ts';
import type { Stores } from '../object-store/stores.ts';

/** No manifest of a sane library comes near this; a larger file is a mistake or an attack. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

/** A training manifest as read, with what is needed to replace exactly that version of it. */
export interface ReadManifest {
  readonly location: Location;
  /** Undefined when the actor has none yet. */
  readonly text: string | undefined;
  readonly onlyIf: Precondition;
  readonly manifest: TrainingManifest;
}

/** @throws CallsheetError `not-found`, or `invalid-input` that names the file. */
export async function readActor(
  stores: Stores,
  layout: LibraryLayout,
  id: string,
  signal?: AbortSignal,
): Promise<Actor> {
  return (await readActorRevision(stores, layout, id, signal)).actor;
}

/** As `readActor`, with the revision of the manifest that says so. */
export async function readActorRevision(
  stores: Stores,
  layout: LibraryLayout,
  id: string,
  signal?: AbortSignal,
): Promise<{ readonly actor: Actor; readonly revision: string }> {
  const location = layout.actors.at(id);
  const file = formatLocation(location, layout.root);
  try {
    const { text, revision } = await readText(stores, location, file, signal);
    return { actor: parseActorManifest(text, file, id), revision };
  } catch (error) {
    if (!isCallsheetError(error, 'not-found')) throw error;
    throw new CallsheetError('not-found', `there is no actor "${id}": ${file} does not exist`, {
      cause: error,
    });
  }
}

/** Reads an actor's training manifest; one that surely does not exist yet is an empty set. */
export async function readTrainingManifest(
  stores: Stores,
  layout: LibraryLayout,
  id: string,
  signal?: AbortSignal,
): Promise<ReadManifest> {
  const location = layout.manifests.at(id);
  const file = formatLocation(location, layout.root);
  try {
    const { text, revision } = await readText(stores, location, file, signal);
    const manifest = parseTrainingManifest(text, file, id, {
      root: layout.root,
      endpoint: layout.endpoint,
      images: layout.images.at(id),
    });
    return { location, text, onlyIf: { revision }, manifest };
  } catch (error) {
    if (!isCallsheetError(error, 'not-found')) throw error;
    return { location, text: undefined, onlyIf: 'absent', manifest: { entries: [], style: undefined } };
  }
}

async function readText(stores: Stores, location: Location, file: string, signal?: AbortSignal) {
  const { store, key } = await stores.at(location);
  const { bytes, revision } = await store.get(key, {
    maxBytes: MAX_MANIFEST_BYTES,
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), revision };
  } catch (cause) {
    throw new CallsheetError('invalid-input', `${file} is not UTF-8 text`, { cause });
  }
}

/** Ids of all actors of the library, sorted. */
export async function listActors(
  stores: Stores,
  layout: LibraryLayout,
  signal?: AbortSignal,
): Promise<string[]> {
  return [...(await listActorRevisions(stores, layout, signal)).keys()].sort();
}

/** Revisions of the manifests of all actors of the library, by id. */
export async function listActorRevisions(
  stores: Stores,
  layout: LibraryLayout,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const { store, key } = await stores.at(layout.actors.base);
  const revisions = new Map<string, string>();
  for await (const info of store.list(key, signal)) {
    const id = layout.actors.actorOf(stores.sibling(layout.actors.base, info.key));
    if (id !== undefined) revisions.set(id, info.revision);
  }
  return revisions;
}
