import type { Clock } from '../../runtime/clock.ts';
import type { GenerationOrder } from '../generator.ts';
import type { InputMapping } from './model-input.ts';
import { endingOf, type Prediction } from './prediction.ts';
import type { ReplicateApi } from './replicate-api.ts';

export interface FindOptions {
  readonly api: ReplicateApi;
  readonly clock: Clock;
  readonly model: string;
  readonly mapping: InputMapping;
  /** How long an accepted order may take to appear in the list. */
  readonly settleMs: number;
  /** When this process last sent the order; undefined when it was another one, or never. */
  readonly sentMs: number | undefined;
}

export type Found =
  | { readonly kind: 'found'; readonly id: string }
  /** Inputs from that time are removed already: it may or may not have been ours. */
  | { readonly kind: 'unknowable' }
  | { readonly kind: 'absent' };

/** Our clock and the provider's may differ by this much without being known to. */
const SKEW_MS = 2 * 60_000;
/** Predictions that were placed later than this after the order belong to other orders. */
const LATE_MS = 5 * 60_000;
const RELIST_MS = 2_000;
/** How long the provider keeps inputs. */
const KEPT_MS = 60 * 60_000;

/**
 * Looks for an order among the account's recent predictions. The provider knows no reference of ours, so model, seed and prompt
 * together are it. Not found at once is not enough: the list is read again until an accepted order would surely be in it.
 */
export async function findOrder(
  options: FindOptions,
  order: GenerationOrder,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<Found> {
  const { clock, settleMs, sentMs = sinceMs } = options;
  const startMs = clock.now();
  // An order from long ago has either appeared by now or never will.
  const untilMs = startMs > sentMs + LATE_MS ? startMs : startMs + settleMs;
  for (;;) {
    const found = await searchList(options, order, sinceMs, signal);
    if (found.kind !== 'absent' || clock.now() >= untilMs) return found;
    await clock.sleep(Math.min(RELIST_MS, untilMs - clock.now()), signal);
  }
}

async function searchList(
  { api, clock, model, mapping }: FindOptions,
  order: GenerationOrder,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<Found> {
  const matches: Prediction[] = [];
  let isHidden = false;
  let page = await api.list(sinceMs - SKEW_MS, signal);
  const { fromMs, toMs } = placedWithin(sinceMs, clock.now(), page.answeredMs);
  if (fromMs < sinceMs) page = await api.list(fromMs - SKEW_MS, signal);
  for (;;) {
    // Servers that do not know the filter send everything; a page of nothing but old ones is the end.
    const recent = page.predictions.filter(({ createdMs }) => !(createdMs < fromMs - SKEW_MS));
    for (const prediction of recent) {
      if (!isOfModel(prediction, model)) continue;
      if (prediction.dataRemoved) isHidden ||= prediction.createdMs <= toMs + LATE_MS;
      else if (isOrder(prediction, mapping, order)) matches.push(prediction);
    }
    if (page.next === undefined || recent.length === 0) return conclude(matches, isHidden);
    page = await api.next(page.next, signal);
  }
}

/**
 * When an order of our `sinceMs` was placed by the provider's clock. Ours may be wrong, or may have been wrong then and set right since: an
 * order that is looked for in the wrong hour would be paid for again.
 */
function placedWithin(
  sinceMs: number,
  nowMs: number,
  answeredMs = nowMs,
): { readonly fromMs: number; readonly toMs: number } {
  const theirsMs = sinceMs + answeredMs - nowMs;
  // Set back since: all that is certain is that what is older than the inputs that are kept could not be told apart anyway.
  const earliestMs = sinceMs > nowMs ? answeredMs - KEPT_MS : theirsMs;
  return { fromMs: Math.min(sinceMs, earliestMs), toMs: Math.max(sinceMs, theirsMs) };
}

/** One that ended well before one that is under way, before one that failed. */
function conclude(matches: readonly Prediction[], isHidden: boolean): Found {
  const best =
    matches.find(({ status }) => status === 'succeeded') ??
    matches.find((prediction) => endingOf(prediction) === undefined) ??
    matches[0];
  if (best !== undefined) return { kind: 'found', id: best.id };
  return { kind: isHidden ? 'unknowable' : 'absent' };
}

function isOfModel(prediction: Prediction, model: string): boolean {
  const [name, version] = model.split(':', 2);
  if (prediction.model !== undefined) return prediction.model === name;
  return version === undefined || prediction.version === version;
}

function isOrder({ input }: Prediction, mapping: InputMapping, order: GenerationOrder): boolean {
  return inputNamed(input, mapping.seed) === order.seed && inputNamed(input, mapping.prompt) === order.prompt;
}

function inputNamed(input: Prediction['input'], name: string): unknown {
  if (!name.endsWith('[]')) return input?.[name];
  const list = input?.[name.slice(0, -2)];
  return Array.isArray(list) ? list[0] : undefined;
}
