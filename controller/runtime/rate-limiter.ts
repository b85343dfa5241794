import PQueue from 'p-queue';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from './clock.ts';
import type { Grant, SharedLimits } from './shared-limits.ts';

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
  /** Where several processes call the provider: calls a minute and pauses are then those of all of them together. */
  readonly shared?: SharedLimits | undefined;
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
  readonly #shared: SharedLimits | undefined;
  /** Calls that may be started without asking the others. */
  #granted: Grant | undefined;
  /** One asks at a time, for all that wait. */
  #asking: Promise<Grant> | undefined;
  /** When each counted call of the last minute started, oldest first. */
  readonly #starts: number[] = [];
  #pausedUntil = 0;

  constructor({
    provider,
    concurrency,
    requestsPerMinute,
    clock,
    maxPauseMs = 2 * MINUTE_MS,
    shared,
  }: RateLimiterOptions) {
    this.#shared = shared;
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
    if (timeMs > this.#pausedUntil) void this.#shared?.pause(this.#provider, timeMs);
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
      const waitMs = this.#shared === undefined ? this.#waitMs() : await this.#waitTogetherMs(this.#shared);
      if (waitMs <= 0) break;
      await this.#clock.sleep(waitMs, signal);
    }
    this.#starts.push(this.#clock.now());
  }

  #waitMs(): number {
    const pauseMs = this.#pauseMs();
    const now = this.#clock.now();
    while (this.#starts.length > 0 && this.#starts[0]! <= now - MINUTE_MS) this.#starts.shift();
    const windowMs = this.#starts.length < this.#perMinute ? 0 : this.#starts[0]! + MINUTE_MS - now;
    return Math.max(pauseMs, windowMs);
  }

  #pauseMs(): number {
    const pauseMs = this.#pausedUntil - this.#clock.now();
    if (pauseMs > this.#maxPauseMs) throw this.#tooLong(pauseMs);
    return pauseMs;
  }

  /** 0 when one more call may start; it is then counted among those of all processes. */
  async #waitTogetherMs(shared: SharedLimits): Promise<number> {
    const pauseMs = this.#pauseMs();
    if (pauseMs > 0) return pauseMs;
    const held = this.#granted;
    if (held !== undefined && held.calls > 0 && this.#clock.now() < held.untilMs) {
      this.#granted = { ...held, calls: held.calls - 1 };
      return 0;
    }
    this.#asking ??= this.#ask(shared).finally(() => {
      this.#asking = undefined;
    });
    // Everybody who waits for the same answer looks again: there may be fewer than there are of them.
    const { calls, waitMs } = await this.#asking;
    return calls > 0 ? await this.#waitTogetherMs(shared) : Math.max(1, waitMs);
  }

  async #ask(shared: SharedLimits): Promise<Grant> {
    const second = Math.max(1, Math.ceil(this.#perMinute / 60));
    const wanted = Math.min(this.#queue.pending, second);
    const grant = await shared.grant(this.#provider, wanted, this.#perMinute);
    this.#pausedUntil = Math.max(this.#pausedUntil, grant.pausedUntilMs);
    this.#granted = grant;
    return grant;
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
