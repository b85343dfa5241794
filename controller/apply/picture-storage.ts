import { createHash } from 'node:crypto';
import { isCallsheetError } from '../diagnostics/errors.ts';
import type { GeneratedPicture } from '../generator/generator.ts';
import { formatLocation, type Location, parseLocation } from '../library/location.ts';
import { entryLocation } from '../library/training-manifest.ts';
import type { GenerateStep, StoredPicture } from '../records/journal.ts';
import type { Applying } from './applying.ts';
import type { Generation } from './generation-order.ts';

/**
 * Puts a new picture into the actor's folder and says what its manifest entry will be. Its name is made of its content, so that no key is
 * ever used for anything else, and of its order, so that two orders that brought the same picture never share an object.
 */
export async function storePicture(
  { applying, session, style, signal }: Generation,
  step: GenerateStep,
  picture: GeneratedPicture,
): Promise<StoredPicture> {
  const { stores, layout, clock } = applying.observing;
  const digest = createHash('sha256').update(picture.bytes).digest('hex');
  const { promptNumber, prompt, seed } = step.action.attempts[step.attempt]!;
  const location = below(
    layout.images.at(session.actor),
    `${step.action.category}-${digest.slice(0, 16)}-${seed.toString(36)}.${extensionOf(picture)}`,
  );
  const { store: objects, key } = await stores.at(location);
  const options = { contentType: picture.contentType, ...(signal === undefined ? {} : { signal }) };
  const revision = await objects.put(key, picture.bytes, options);
  return {
    image: formatLocation(location, layout.root),
    digest,
    revision,
    entry: {
      ...entryLocation(location, style, layout.root),
      category: step.action.category,
      prompt,
      prompt_number: promptNumber,
      generator: applying.generator.provider,
      model: applying.generator.model,
      seed,
      callsheet_run: session.context.run,
      created_at: new Date(clock.now()).toISOString(),
    },
  };
}

/** Undefined when it is no longer there. */
export async function readStored(
  { observing }: Applying,
  stored: StoredPicture,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const { store: objects, key } = await observing.stores.at(
    parseLocation(stored.image, observing.layout.root),
  );
  try {
    return (await objects.get(key, signal === undefined ? {} : { signal })).bytes;
  } catch (error) {
    if (isCallsheetError(error, 'not-found')) return undefined;
    throw error;
  }
}

function below(folder: Location, name: string): Location {
  return folder.kind === 'file'
    ? { kind: 'file', path: `${folder.path}${name}` }
    : { ...folder, key: `${folder.key}${name}` };
}

function extensionOf({ contentType }: GeneratedPicture): string {
  return contentType === 'image/png' ? 'png' : contentType === 'image/webp' ? 'webp' : 'jpg';
}
