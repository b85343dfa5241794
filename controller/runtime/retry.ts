import { type CallsheetError, type ErrorCode, isCallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from './clock.ts';

export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** Upper bound of the first pause; doubles with every further one. */
  readonly baseMs: number;
  readonly maxMs: number;
  /** A provider that asks for a longer wait than this is taken at its word: the error is passed on. */
  readonly maxRetryAfterMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 8,
  baseMs: 500,
  maxMs: 20_000,
  maxRetryAfterMs: 120_000,
};

export interface RetryOptions {
  readonly policy?: RetryPolicy;
  /** Codes after which the call is made again. */
  readonly codes: readonly ErrorCode[];
  readonly clock: Clock;
  /** Evenly distributed in [0, 1). */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Calls until it works, the code is not one of `codes`, or the attempts are used up; then the last error is thrown. Pauses grow
 * exponentially with full jitter, and are never shorter than what the provider asked for.
 */
export async function retry<T>(call: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { policy = DEFAULT_RETRY, codes, clock, signal } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await call(attempt);
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt >= policy.attempts || !isCallsheetError(error, ...codes)) throw error;
      if ((error.retryAfterMs ?? 0) > policy.maxRetryAfterMs) throw error;
      await clock.sleep(pauseMs(error, attempt, policy, options.random), signal);
    }
  }
}

function pauseMs(error: CallsheetError, attempt: number, policy: RetryPolicy, random: () => number): number {
  const backoff = Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
  if (error.retryAfterMs === undefined) return Math.ceil(random() * backoff);
  // Those who were told to wait for the same time must not all come back at once.
  return error.retryAfterMs + Math.ceil(random() * policy.baseMs);
}
