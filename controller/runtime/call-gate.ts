import { CallsheetError, type ErrorCode, isCallsheetError } from '../diagnostics/errors.ts';
import { type CircuitBreaker, CircuitOpenError } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { DEFAULT_RETRY, type RetryPolicy, retry } from './retry.ts';

export interface GatedCall {
  readonly signal?: AbortSignal | undefined;
  /**
   * The call has an effect that must not happen twice: it is repeated only when it surely was not accepted. `unavailable` then always
   * means that the effect is unknown.
   */
  readonly once?: boolean;
  /** Higher first among those that wait for a place. */
  readonly priority?: number;
  /** False for calls that the provider does not count against its limit. */
  readonly counted?: boolean;
  /** Asked when the call has been given its place, right before it is made: what it throws keeps the call from being made. */
  readonly assertWanted?: () => void;
}

/** Everything that stands between us and one provider: limits, breaker and retries, shared by all workers. */
export interface CallGate {
  call<T>(make: () => Promise<T>, options?: GatedCall): Promise<T>;
}

export interface CallGateOptions {
  readonly limiter: RateLimiter;
  readonly breaker: CircuitBreaker;
  readonly clock: Clock;
  readonly random: () => number;
  readonly policy?: RetryPolicy;
  /** Told of every call that was made and failed, whether or not it is made again. */
  readonly onFailure?: (code: ErrorCode) => void;
}

/** How long everybody waits when a provider says "too many" but not how long. */
const UNSAID_PAUSE_MS = 1_000;

const REPEATABLE: readonly ErrorCode[] = ['rate-limited', 'unavailable'];
const REFUSED: readonly ErrorCode[] = ['rate-limited'];

export function createCallGate({
  limiter,
  breaker,
  clock,
  random,
  policy = DEFAULT_RETRY,
  onFailure,
}: CallGateOptions): CallGate {
  async function told<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      if (isCallsheetError(error)) onFailure?.(error.code);
      throw error;
    }
  }
  async function attempt<T>(make: () => Promise<T>, options: GatedCall): Promise<T> {
    try {
      return await limiter.run(async () => {
        options.assertWanted?.();
        return await breaker.run(() => told(make));
      }, options);
    } catch (error) {
      if (isCallsheetError(error, 'rate-limited')) {
        limiter.pauseUntil(clock.now() + (error.retryAfterMs ?? UNSAID_PAUSE_MS));
      }
      throw options.once === true && error instanceof CircuitOpenError ? notSent(error) : error;
    }
  }
  return {
    async call(make, options = {}) {
      const codes = options.once === true ? REFUSED : REPEATABLE;
      return await retry(async () => await attempt(make, options), {
        policy,
        codes,
        clock,
        random,
        signal: options.signal,
      });
    },
  };
}

/** With an open circuit nothing was sent; `unavailable` would leave that open. */
function notSent(error: CircuitOpenError): CallsheetError {
  const { hint, retryAfterMs } = error;
  return new CallsheetError('rate-limited', error.message, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
