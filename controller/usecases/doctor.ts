import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { modelEnd } from '../spec/models.ts';

export type CheckStatus = 'ok' | 'warning' | 'failure';

/** One line of the report. */
export interface Check {
  /** Stable, for machines: `openai-model`, `write s3://images/`. */
  readonly name: string;
  readonly status: CheckStatus;
  readonly message: string;
  /** What to do; absent where nothing is to be done. */
  readonly hint?: string;
}

/** Something that may turn out well or not. May reject with a CallsheetError, which becomes a failure. */
export interface Examination {
  readonly name: string;
  run(signal?: AbortSignal): Promise<readonly Omit<Check, 'name'>[]>;
}

/** Runs all examinations at once and reports in their order. A bug of ours is a failure too: a doctor must not fall ill. */
export async function examine(
  examinations: readonly Examination[],
  signal?: AbortSignal,
): Promise<readonly Check[]> {
  const results = await Promise.all(
    examinations.map(async ({ name, run }): Promise<Check[]> => {
      try {
        return (await run(signal)).map((check) => ({ name, ...check }));
      } catch (error) {
        signal?.throwIfAborted();
        return [{ name, ...failed(error) }];
      }
    }),
  );
  return results.flat();
}

export function good(message: string): Omit<Check, 'name'> {
  return { status: 'ok', message };
}

export function doubtful(message: string, hint: string): Omit<Check, 'name'> {
  return { status: 'warning', message, hint };
}

export function bad(message: string, hint: string): Omit<Check, 'name'> {
  return { status: 'failure', message, hint };
}

function failed(error: unknown): Omit<Check, 'name'> {
  const { message, hint } = toCallsheetError(error);
  const fallback = isCallsheetError(error) ? 'See docs/providers.md.' : 'This is a bug; please report it.';
  return bad(message, hint ?? fallback);
}

const MINUTE_MS = 60_000;

/** @param skewMs our clock minus theirs. Their clock tells whole seconds, and the answer took its time. */
export function judgeClock(skewMs: number): Omit<Check, 'name'> {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const way = skewMs > 0 ? 'ahead of' : 'behind';
  const hint = 'Set the clock of this machine, best by NTP: signatures, leases and daily budgets go by it.';
  if (seconds * 1000 < MINUTE_MS / 2) return good(`the clock agrees with the providers' to ${seconds} s`);
  const message = `the clock is ${seconds} s ${way} the providers'`;
  // S3 refuses signatures that are fifteen minutes off.
  return seconds * 1000 < 5 * MINUTE_MS ? doubtful(message, hint) : bad(message, hint);
}

/** @param announced what the provider itself says, as YYYY-MM-DD, where it says it. */
export function judgeModelEnd(
  provider: string,
  model: string,
  nowMs: number,
  announced?: string,
): Omit<Check, 'name'> | undefined {
  const known = modelEnd(provider, model, nowMs);
  const shutdown = announced ?? known?.shutdown;
  if (shutdown === undefined) return undefined;
  const successor = known === undefined ? '' : ` (for instance ${known.successor})`;
  const hint = `Measure another model with "callsheet calibrate DIR --model NAME"${successor}, then change spec.evaluator.model. Every image is evaluated again then.`;
  const isGone = Date.parse(`${shutdown}T00:00:00Z`) <= nowMs;
  return isGone
    ? bad(`${model} was shut down on ${shutdown}`, hint)
    : doubtful(`${model} will be shut down on ${shutdown}`, hint);
}
