import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from './clock.ts';

export interface CircuitBreakerOptions {
  /** Named in the error while the circuit is open. */
  readonly provider: string;
  readonly clock: Clock;
  /** Calls in a row that must fail before the circuit opens. 8 unless set. */
  readonly threshold?: number;
  /** How long it stays open the first time; doubles, up to the maximum, with every probe that fails. */
  readonly cooldownMs?: number;
  readonly maxCooldownMs?: number;
  /** Told when it opens, and until when: other processes that call the provider leave it alone too. */
  readonly onOpen?: (untilMs: number) => void;
}

export type CircuitState = 'closed' | 'open' | 'half-open';

/**
 * Stops calling a provider that is down: after some `unavailable` in a row no call is made for a while, then a single one tries.
 * Any other answer, even a refusal, shows that the provider is up.
 */
export class CircuitBreaker {
  readonly #provider: string;
  readonly #clock: Clock;
  readonly #threshold: number;
  readonly #firstCooldownMs: number;
  readonly #maxCooldownMs: number;
  readonly #onOpen: ((untilMs: number) => void) | undefined;
  #failures = 0;
  /** What the last failure said. */
  #lastMessage = '';
  #cooldownMs: number;
  /** When the next call may try; undefined while closed. */
  #retryAt: number | undefined;
  #probing = false;

  constructor({
    provider,
    clock,
    threshold = 8,
    cooldownMs = 5_000,
    maxCooldownMs = 60_000,
    onOpen,
  }: CircuitBreakerOptions) {
    this.#onOpen = onOpen;
    this.#provider = provider;
    this.#clock = clock;
    this.#threshold = threshold;
    this.#firstCooldownMs = cooldownMs;
    this.#maxCooldownMs = maxCooldownMs;
    this.#cooldownMs = cooldownMs;
  }

  get state(): CircuitState {
    if (this.#retryAt === undefined) return 'closed';
    return this.#clock.now() < this.#retryAt ? 'open' : 'half-open';
  }

  /** @throws CallsheetError `unavailable`, without calling, while the circuit is open. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    const probe = this.#admit();
    try {
      const result = await call();
      this.#close();
      return result;
    } catch (error) {
      if (isCallsheetError(error, 'unavailable')) this.#countFailure(probe, error.message);
      else if (isCallsheetError(error)) this.#close();
      throw error;
    } finally {
      if (probe) this.#probing = false;
    }
  }

  /** True when this call is the probe. */
  #admit(): boolean {
    if (this.#retryAt === undefined) return false;
    const waitMs = this.#retryAt - this.#clock.now();
    if (waitMs > 0 || this.#probing) throw this.#open(Math.max(waitMs, 1_000));
    this.#probing = true;
    return true;
  }

  #countFailure(probe: boolean, message: string): void {
    this.#failures += 1;
    this.#lastMessage = message;
    if (probe) this.#cooldownMs = Math.min(this.#maxCooldownMs, this.#cooldownMs * 2);
    const isOpen = this.#retryAt !== undefined;
    if (!probe && (isOpen || this.#failures < this.#threshold)) return;
    this.#retryAt = this.#clock.now() + this.#cooldownMs;
    this.#onOpen?.(this.#retryAt);
  }

  #close(): void {
    this.#failures = 0;
    this.#cooldownMs = this.#firstCooldownMs;
    this.#retryAt = undefined;
  }

  #open(retryAfterMs: number): CallsheetError {
    return new CircuitOpenError(this.#provider, this.#failures, this.#lastMessage, retryAfterMs);
  }
}

/** Says that a call was surely not made. */
export class CircuitOpenError extends CallsheetError {
  constructor(provider: string, failures: number, lastMessage: string, retryAfterMs: number) {
    super(
      'unavailable',
      `${provider} failed ${failures} times in a row and is left alone for a while; the last time: ${lastMessage}`,
      {
        retryAfterMs,
        hint: `Nothing was sent. Look at the provider's status page and at your network; calls start again by themselves.`,
      },
    );
  }
}
