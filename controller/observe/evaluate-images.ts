import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { EvaluationItem, EvaluationResult, Verdict } from '../evaluator/evaluator.ts';
import { parseLocation } from '../library/location.ts';
import type { EvaluationRecord, PictureRecord } from '../records/actor-record.ts';
import { decode, type PreparedPicture } from './inspect-images.ts';
import type { ListedObject } from './inventory.ts';
import type { ObservingActor } from './observing.ts';

/** A picture that this evaluator has not seen yet. */
export interface Unjudged {
  readonly number: number;
  readonly digest: string;
  readonly object: ListedObject;
  readonly picture: PictureRecord;
  /** Absent when it was decoded in an earlier run. */
  readonly fresh: PreparedPicture | undefined;
}

export interface NewEvaluations {
  readonly records: ReadonlyMap<string, EvaluationRecord>;
  /** By digest. */
  readonly failures: ReadonlyMap<string, string>;
  readonly analysis: string | undefined;
  readonly costUsd: number;
}

const NOTHING: NewEvaluations = { records: new Map(), failures: new Map(), analysis: undefined, costUsd: 0 };

/**
 * Has the pictures evaluated; those of low confidence are looked at once more on their own. A picture that fails stays unknown.
 *
 * @throws CallsheetError when going on makes no sense for any actor: `auth`, `quota`, `budget-exceeded`, `unknown-price`, `unsupported`.
 */
export async function evaluateImages(
  observing: ObservingActor,
  actor: string,
  pictures: readonly Unjudged[],
  signal?: AbortSignal,
): Promise<NewEvaluations> {
  if (pictures.length === 0) return NOTHING;
  const items = await Promise.all(pictures.map((picture) => toItem(observing, picture, signal)));
  const first = await ask(items, (request) => observing.evaluator.evaluate(request, signal), actor, signal);
  const unsure = items.filter((item) => first.verdicts.get(item.digest)?.uncertain === true);
  const second = await lookAgain(observing, actor, unsure, signal);
  return {
    records: new Map([...asRecords(first.verdicts), ...second.records]),
    failures: first.failures,
    analysis: first.analysis,
    costUsd: first.costUsd + second.costUsd,
  };
}

/** Looks at pictures on their own; what is said then replaces the verdict from the sheet. Pictures that fail keep the old one. */
export async function confirmImages(
  observing: ObservingActor,
  actor: string,
  pictures: readonly Unjudged[],
  signal?: AbortSignal,
): Promise<NewEvaluations> {
  const items = await Promise.all(pictures.map((picture) => toItem(observing, picture, signal)));
  return await lookAgain(observing, actor, items, signal);
}

async function lookAgain(
  observing: ObservingActor,
  actor: string,
  items: readonly EvaluationItem[],
  signal?: AbortSignal,
) {
  const { evaluator, confirm } = observing;
  if (!confirm || evaluator.confirm === undefined || items.length === 0) return NOTHING;
  const result = await ask(items, (request) => evaluator.confirm!(request, signal), actor, signal);
  return { ...NOTHING, records: asRecords(result.verdicts, true), costUsd: result.costUsd };
}

async function ask(
  items: readonly EvaluationItem[],
  call: (request: { actor: string; items: readonly EvaluationItem[] }) => Promise<EvaluationResult>,
  actor: string,
  signal?: AbortSignal,
): Promise<EvaluationResult> {
  try {
    return await call({ actor, items });
  } catch (error) {
    signal?.throwIfAborted();
    if (
      isCallsheetError(
        error,
        'auth',
        'quota',
        'budget-exceeded',
        'unknown-price',
        'unsupported',
        'invalid-input',
      )
    )
      throw error;
    const message = `could not be evaluated: ${toCallsheetError(error).message}`;
    return {
      verdicts: new Map(),
      failures: new Map(items.map((item) => [item.digest, message])),
      costUsd: 0,
    };
  }
}

async function toItem(
  observing: ObservingActor,
  { number, digest, object, picture, fresh }: Unjudged,
  signal?: AbortSignal,
): Promise<EvaluationItem> {
  const original = async (signal?: AbortSignal) => {
    const { store, key } = await observing.stores.at(parseLocation(object.image, observing.layout.root));
    return (
      await store.get(key, {
        maxBytes: observing.limits.maxImageBytes,
        ...(signal === undefined ? {} : { signal }),
      })
    ).bytes;
  };
  if (fresh !== undefined) return { number, digest, ...fresh, original };
  // Decoded in an earlier run: the tile is kept, and only an evaluator that wants more than tiles needs the picture again.
  const tile = await observing.thumbnails.get(digest, picture, signal);
  if (tile !== undefined && observing.evaluator.prepare === undefined)
    return { number, digest, tile, prepared: undefined, original };
  const again = await observing.reads.add(async () => await decode(observing, await original(signal)));
  return { number, digest, ...again.fresh!, original };
}

function asRecords(verdicts: ReadonlyMap<string, Verdict>, confirmed = false): Map<string, EvaluationRecord> {
  return new Map(
    [...verdicts].map(([digest, verdict]) => [
      digest,
      confirmed ? { ...verdict, confirmed } : { ...verdict },
    ]),
  );
}
