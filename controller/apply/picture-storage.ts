import { createHash } from 'node:crypto';
import type { GeneratedPicture } from '../generator/generator.ts';
import { formatLocation, type Location, parseLocation } from '../library/location.ts';
import { entryLocation } from '../library/training-manifest.ts';
import type { GenerateStep, StoredPicture } from '../records/journal.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import type { GenerationContext } from './generation-order.ts';

/** Puts a new picture into the actor's folder under a name made of its content, and says what its manifest entry will be. */
export async function storePicture(
  applying: Applying,
  session: ActorSession,
  step: GenerateStep,
  context: GenerationContext,
  picture: GeneratedPicture,
  signal?: AbortSignal,
): Promise<StoredPicture> {
  const { stores, layout, clock } = applying.observing;
  const digest = createHash('sha256').update(picture.bytes).digest('hex');
  const location = below(
    layout.images.at(session.actor),
    `${step.action.category}-${digest.slice(0, 16)}.${extensionOf(picture)}`,
  );
  const { store: objects, key } = await stores.at(location);
  const options = { contentType: picture.contentType, ...(signal === undefined ? {} : { signal }) };
  const revision = await objects.put(key, picture.bytes, options);
  const { promptNumber, prompt, seed } = step.action.attempts[step.attempt]!;
  return {
    image: formatLocation(location, layout.root),
    digest,
    revision,
    entry: {
      ...entryLocation(location, context.style, layout.root),
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

export async function readStored(
  { observing }: Applying,
  stored: StoredPicture,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { store: objects, key } = await observing.stores.at(
    parseLocation(stored.image, observing.layout.root),
  );
  return (await objects.get(key, signal === undefined ? {} : { signal })).bytes;
}

function below(folder: Location, name: string): Location {
  return folder.kind === 'file'
    ? { kind: 'file', path: `${folder.path}${name}` }
    : { ...folder, key: `${folder.key}${name}` };
}

function extensionOf({ contentType }: GeneratedPicture): string {
  return contentType === 'image/png' ? 'png' : contentType === 'image/webp' ? 'webp' : 'jpg';
}
