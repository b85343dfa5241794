import { CallsheetError } from '../../diagnostics/errors.ts';
import { decodePicture } from '../../picture/decode.ts';
import type { Raster } from '../../picture/raster.ts';
import { encodeTile } from '../../picture/tile.ts';
import type { EvaluationItem } from '../evaluator.ts';
import { pictureQuestion } from '../prompt.ts';
import { askWithRepair } from './ask.ts';
import { accept, fail, noteError, type Review, reasonOf } from './sheet-review.ts';

/** Pixels of the long side: what a vision model sees of a picture before it starts to scale down. */
export const CLOSE_SIDE = 768;

export interface CloseLimits {
  readonly maxPixels: number;
  readonly maxBytes: number;
}

/** Looks at one picture alone, enlarged from the original file. */
export async function lookClosely(
  review: Review,
  item: EvaluationItem,
  limits: CloseLimits,
  signal?: AbortSignal,
): Promise<void> {
  try {
    const raster = await readOriginal(item, limits, signal);
    const question = {
      actor: review.actor,
      text: pictureQuestion(item.number),
      numbers: [item.number],
      picture: await encodeTile(raster),
      width: raster.width,
      height: raster.height,
    };
    const reply = await askWithRepair(review.asking, question, review.tally, signal);
    if (!accept(review, [item], reply)) fail(review, [item], reasonOf(reply));
  } catch (error) {
    signal?.throwIfAborted();
    noteError(review, [item], error);
  }
}

async function readOriginal(
  item: EvaluationItem,
  limits: CloseLimits,
  signal?: AbortSignal,
): Promise<Raster> {
  const decoded = await decodePicture(await item.original(signal), limits, { side: CLOSE_SIDE });
  if (decoded.status === 'ok') return decoded.raster;
  throw new CallsheetError('corrupt', `image ${item.number} can no longer be read: ${decoded.message}`);
}
