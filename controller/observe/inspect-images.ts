import { createHash } from 'node:crypto';
import { type CallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { parseLocation } from '../library/location.ts';
import { decodePicture } from '../picture/decode.ts';
import type { Raster } from '../picture/raster.ts';
import { makeTile } from '../picture/tile.ts';
import type { PictureRecord } from '../records/actor-record.ts';
import type { ListedObject } from './inventory.ts';
import type { ObservingActor } from './observing.ts';

/** A picture that has just been decoded, reduced to what an evaluator needs of it. */
export interface PreparedPicture {
  readonly tile: Raster;
  readonly prepared: unknown;
}

/** What reading one object told. */
export interface Inspection {
  readonly object: ListedObject;
  /** Absent when it could not be read; `failure` says why. */
  readonly digest?: string;
  readonly picture?: PictureRecord;
  /** Present when the picture was decoded this time. */
  readonly fresh?: PreparedPicture;
  readonly failure?: string;
}

/** Reads and decodes one object, once. A picture that cannot be read is an answer, not an error; only an abort rejects. */
export async function inspectImage(
  observing: ObservingActor,
  object: ListedObject,
  known: (digest: string) => PictureRecord | undefined,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { stores, limits, layout } = observing;
  let bytes: Uint8Array;
  try {
    const { store, key } = await stores.at(parseLocation(object.image, layout.root));
    ({ bytes } = await store.get(key, {
      maxBytes: limits.maxImageBytes,
      ...(signal === undefined ? {} : { signal }),
    }));
  } catch (error) {
    signal?.throwIfAborted();
    return { object, failure: describeFailure(toCallsheetError(error, 'unavailable')) };
  }
  const digest = createHash('sha256').update(bytes).digest('hex');
  const before = known(digest);
  if (before !== undefined) return { object, digest, picture: before };
  return { object, digest, ...(await decode(observing, bytes)) };
}

/**
 * Decodes a picture and lets the evaluator take from it what it needs. For one that looks at tiles alone it is scaled down while it is
 * decoded, which takes a fraction of the time; damage is found all the same.
 */
export async function decode(
  { limits, thumbnail, evaluator }: Pick<ObservingActor, 'limits' | 'thumbnail' | 'evaluator'>,
  bytes: Uint8Array,
): Promise<{ picture: PictureRecord; fresh?: PreparedPicture }> {
  const decoded = await decodePicture(
    bytes,
    { maxPixels: limits.maxImagePixels, maxBytes: limits.maxImageBytes },
    evaluator.prepare === undefined ? { side: thumbnail } : {},
  );
  if (decoded.status !== 'ok') return { picture: { problem: decoded.status, message: decoded.message } };
  const { facts, raster } = decoded;
  const [tile, prepared] = await Promise.all([
    makeTile(raster, thumbnail),
    evaluator.prepare?.(raster, facts),
  ]);
  return { picture: { ...facts }, fresh: { tile, prepared } };
}

function describeFailure(error: CallsheetError): string {
  return error.code === 'too-large'
    ? `too large to look at: ${error.message}`
    : `could not be read: ${error.message}`;
}
