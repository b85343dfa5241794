import type { Location } from '../library/location.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import { ABSENT, basisOf } from './basis.ts';
import type { ActorView } from './observe-actor.ts';
import type { Observing } from './observing.ts';
import type { Sources, SourcesBasis } from './sources.ts';

/** What is known of the files under a view that will stay the same as long as they do. */
export interface Lasting extends SourcesBasis {
  /** When the look began; milliseconds since the epoch. */
  readonly startedMs: number;
}

/** A file changed this shortly before it was looked at may change again within the same tick of the clock, and would look the same. */
const RACY_MS = 50;

/** The revision of an object in a bucket is made of its content; that of a file, of its times. */
export function isRacy(image: string, modifiedMs: number, startedMs: number): boolean {
  return !image.startsWith('s3://') && modifiedMs > startedMs - RACY_MS;
}

/** Undefined when something has not been read as it is listed, or failed and is worth another try. */
export function lastingOf(
  { basis, objects }: Sources,
  { record, failures }: { readonly record: ActorRecord; readonly failures: ReadonlyMap<string, string> },
  startedMs: number,
): Lasting | undefined {
  if (basis === undefined || failures.size > 0) return undefined;
  for (const { image, info } of objects.values())
    if (record.objects[image]?.revision !== info.revision) return undefined;
  return { ...basis, startedMs };
}

/**
 * The basis of a view, to be compared with what the files are another time. Undefined when it will not last, or when a manifest was written
 * just now.
 */
export async function basisOfView(
  observing: Pick<Observing, 'stores' | 'layout'>,
  { actor: { id }, lasting, manifest, record: { expected } }: ActorView,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { layout } = observing;
  if (lasting === undefined || expected === 'absent') return undefined;
  for (const location of [layout.actors.at(id), layout.manifests.at(id)])
    if (await isJustWritten(observing, location, lasting.startedMs, signal)) return undefined;
  return basisOf({
    actor: lasting.actor,
    manifest: manifest.onlyIf === 'absent' ? ABSENT : manifest.onlyIf.revision,
    record: expected.version,
    listings: lasting.listings,
  });
}

async function isJustWritten(
  { stores }: Pick<Observing, 'stores'>,
  location: Location,
  startedMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  if (location.kind === 's3') return false;
  const { store, key } = await stores.at(location);
  try {
    return isRacy('', (await store.head(key, signal)).modifiedMs, startedMs);
  } catch {
    // Gone: then its revision is another one, too.
    return false;
  }
}
