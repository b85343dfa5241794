import { type CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.ts';
import type { Clock } from '../runtime/clock.ts';

const POLICY: BackoffPolicy = { baseMs: 30_000, maxMs: 3_600_000, jitter: 0.25 };

/** What stops every actor alike: credentials, credit, a disk that is full. */
export interface Block {
  readonly message: string;
  /** By the clock that it was made with. */
  readonly untilMs: number;
}

/**
 * Remembers that a provider or store refuses everybody, so that three hundred actors do not ask it three hundred times. After the time is
 * over one may try; if it fails too, the next time is longer.
 */
export class Blocker {
  private readonly clock: Clock;
  private readonly random: () => number;
  private block: Block | undefined;
  private failures = 0;
  private isTried = false;

  constructor(clock: Clock, random: () => number) {
    this.clock = clock;
    this.random = random;
  }

  /** The block that holds now. */
  current(): Block | undefined {
    return this.block !== undefined && this.clock.now() < this.block.untilMs ? this.block : undefined;
  }

  /** Its time is over, but nobody has shown yet that it is well again: one should try, not all. */
  get isDoubtful(): boolean {
    return this.failures > 0;
  }

  /**
   * Whether the caller may ask. In doubt that is one at a time; whoever may says how it went: `fail`, `succeed`, or `endTry` when it had
   * nothing to ask.
   */
  mayTry(): boolean {
    if (this.current() !== undefined || this.isTried) return false;
    this.isTried = this.isDoubtful;
    return true;
  }

  endTry(): void {
    this.isTried = false;
  }

  leftMs(): number {
    return Math.max(0, (this.block?.untilMs ?? 0) - this.clock.now());
  }

  /** Whether an error is one that everybody would meet. */
  static isBlocking(error: unknown): error is CallsheetError {
    return isCallsheetError(
      error,
      'auth',
      'quota',
      'unknown-price',
      'storage-full',
      'read-only',
      'unsupported',
    );
  }

  /** @param baseMs how long the first block lasts: less for what may be over in a moment. Milliseconds. */
  fail(message: string, baseMs = POLICY.baseMs): Block {
    // Several actors meet the same error at the same time: that is one failure.
    const standing = this.current();
    if (standing !== undefined) return standing;
    this.isTried = false;
    this.failures += 1;
    this.block = {
      message,
      untilMs: this.clock.now() + backoffMs(this.failures, this.random(), { ...POLICY, baseMs }),
    };
    return this.block;
  }

  succeed(): void {
    this.block = undefined;
    this.failures = 0;
    this.isTried = false;
  }
}
