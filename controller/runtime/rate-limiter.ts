import PQueue from 'p-queue';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from './clock.ts';

const MINUTE_MS = 60_000;

export interface RateLimiterOptions {
  /** Named in errors. */
  readonly provider: string;
  /** Calls in flight at the same time. */
  readonly concurrency: number;
  /** Calls started in any 60 seconds. */
  readonly requestsPerMinute: number;
  readonly clock: Clock;
  /** A longer pause is not waited for: calls are refused with `rate-limited`. Two minutes unless set. */
  readonly maxPauseMs?: number;
}

export interface LimitedCallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Higher first among those that wait. 0 unless set. */
  readonly priority?: number;
  /** False for calls that the provider does not count, such as polling: they only take up a place. True unless set. */
  readonly counted?: boolean;
}

/**
 * What one provider is asked for at a time, over all actors and workers: calls in flight, calls a minute, and the pauses that the
 * provider itself asks for.
 */
export class RateLimiter {
  readonly #queue: PQueue;
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #maxPauseMs: number;
  readonly #provider: string;
  /** When each counted call of the last minute started, oldest first. */
  readonly #starts: number[] = [];
  #pausedUntil = 0;

  constructor({
    provider,
    concurrency,
    requestsPerMinute,
    clock,
    maxPauseMs = 2 * MINUTE_MS,
  }: RateLimiterOptions) {
    this.#provider = provider;
    this.#queue = new PQueue({ concurrency });
    this.#perMinute = requestsPerMinute;
    this.#clock = clock;
    this.#maxPauseMs = maxPauseMs;
  }

  /** Makes the call as soon as the limits allow it. */
  async run<T>(
    call: () => Promise<T>,
    { signal, priority = 0, counted = true }: LimitedCallOptions = {},
  ): Promise<T> {
    return await this.#queue.add(
      async () => {
        if (counted) await this.#turn(signal);
        return await call();
      },
      { priority, ...(signal === undefined ? {} : { signal }) },
    );
  }

  /** Starts no counted call before then. A pause is only ever made longer. */
  pauseUntil(timeMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, timeMs);
  }

  get inFlight(): number {
    return this.#queue.pending;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** Waits until one more call may start, and counts it. */
  async #turn(signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const waitMs = this.#waitMs();
      if (waitMs <= 0) break;
      await this.#clock.sleep(waitMs, signal);
    }
    this.#starts.push(this.#clock.now());
  }

  #waitMs(): number {
    const now = this.#clock.now();
    const pauseMs = this.#pausedUntil - now;
    if (pauseMs > this.#maxPauseMs) throw this.#tooLong(pauseMs);
    while (this.#starts.length > 0 && this.#starts[0]! <= now - MINUTE_MS) this.#starts.shift();
    const windowMs = this.#starts.length < this.#perMinute ? 0 : this.#starts[0]! + MINUTE_MS - now;
    return Math.max(pauseMs, windowMs);
  }

  #tooLong(pauseMs: number): CallsheetError {
    const minutes = Math.ceil(pauseMs / MINUTE_MS);
    return new CallsheetError(
      'rate-limited',
      `${this.#provider} takes no more calls for ${minutes} minutes`,
      {
        retryAfterMs: pauseMs,
        hint: 'Try again then, or ask the provider for a higher limit.',
      },
    );
  }
}
