import { isCallsheetError } from '../diagnostics/errors.ts';
import { locationIn } from '../library/layout.ts';
import { formatLocation, parseLocation } from '../library/location.ts';
import { readActor, readTrainingManifest } from '../observe/actor-files.ts';
import type { Observing } from '../observe/observing.ts';
import { borrowersOf } from '../records/borrowings.ts';

type Reading = Pick<Observing, 'stores' | 'layout' | 'state'>;

/**
 * Why the object of an image that leaves an actor's set has to stay where it is, as the end of a sentence; undefined when it may go.
 *
 * An actor disposes of its own folder alone: what lies elsewhere may be in the set of anybody. And of what lies there it leaves what
 * another actor was seen to use, unless that actor's manifests say that it does no longer.
 */
export async function whyObjectStays(
  reading: Reading,
  actor: string,
  image: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { layout, state } = reading;
  if (layout.images.ownerOf(parseLocation(image, layout.root)) !== actor)
    return "it lies outside of the actor's folder";
  for (const borrower of await borrowersOf(state, actor, image, signal)) {
    if (borrower !== actor && (await isUsedBy(reading, borrower, image, signal)))
      return `actor "${borrower}" uses it, too`;
  }
  return undefined;
}

/** What cannot be read may well say that it does. */
async function isUsedBy(
  { stores, layout }: Reading,
  borrower: string,
  image: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const { manifest } = await readTrainingManifest(stores, layout, borrower, signal);
    if (manifest.entries.some((entry) => entry.image === image)) return true;
    const { baseImage } = await readActor(stores, layout, borrower, signal);
    return baseImage !== undefined && formatLocation(locationIn(layout, baseImage), layout.root) === image;
  } catch (error) {
    signal?.throwIfAborted();
    return !isCallsheetError(error, 'not-found');
  }
}
