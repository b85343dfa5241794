import { decode } from '../observe/inspect-images.ts';
import type { ObservingActor } from '../observe/observing.ts';
import type { Raster } from '../picture/raster.ts';
import type { EvaluationRecord, PictureRecord } from '../records/actor-record.ts';

/** What looking at a new picture told. */
export interface Verification {
  readonly picture: PictureRecord;
  readonly tile?: Raster;
  readonly evaluation?: EvaluationRecord;
  readonly costUsd: number;
  /** Why it is not accepted; absent when it is. */
  readonly rejection?: string;
}

export interface Wanted {
  readonly actor: string;
  readonly category: string;
  /** Undefined: any. */
  readonly qualityMinimum: number | undefined;
  /** Contents that the set already has. */
  readonly present: ReadonlySet<string>;
}

/**
 * Decodes and evaluates a new picture as any other picture of the library, and says whether it is what was asked for. One that the
 * evaluator cannot judge is not accepted; when the evaluator itself cannot be reached that throws, and the picture waits.
 */
export async function verifyPicture(
  observing: ObservingActor,
  wanted: Wanted,
  digest: string,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<Verification> {
  if (wanted.present.has(digest)) {
    const { picture } = await decode(observing, bytes);
    return { picture, costUsd: 0, rejection: 'it is identical to an image that the set already has' };
  }
  const { picture, fresh } = await decode(observing, bytes);
  if (fresh === undefined) {
    return {
      picture,
      costUsd: 0,
      rejection: 'problem' in picture ? picture.message : 'it cannot be decoded',
    };
  }
  const item = { number: 1, digest, ...fresh, original: async () => bytes };
  const result = await observing.evaluator.evaluate({ actor: wanted.actor, items: [item] }, signal);
  const verdict = result.verdicts.get(digest);
  if (verdict === undefined) {
    const why = result.failures.get(digest) ?? 'the evaluator gave no verdict';
    return { picture, tile: fresh.tile, costUsd: result.costUsd, rejection: why };
  }
  return {
    picture,
    tile: fresh.tile,
    evaluation: { ...verdict },
    costUsd: result.costUsd,
    ...rejectionOf(verdict, wanted),
  };
}

function rejectionOf(verdict: EvaluationRecord, wanted: Wanted): { rejection?: string } {
  if (verdict.category !== wanted.category) {
    return { rejection: `it looks like ${verdict.category}, not ${wanted.category}` };
  }
  if (wanted.qualityMinimum !== undefined && verdict.quality < wanted.qualityMinimum) {
    return { rejection: `its quality is ${verdict.quality}, below the minimum of ${wanted.qualityMinimum}` };
  }
  return {};
}
