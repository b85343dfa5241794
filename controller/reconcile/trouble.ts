import { type CallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.ts';
import type { Clock } from '../runtime/clock.ts';
import { formatDuration } from '../views/text.ts';
import type { UntimedEvent } from './controller-ports.ts';

const POLICY: BackoffPolicy = { baseMs: 5_000, maxMs: 15 * 60_000, jitter: 0.25 };
/** Longer than a database that is away is waited for, so that nobody fails in between. */
const QUIET_MS = 90_000;

export interface Teller {
  readonly emit: (event: UntimedEvent) => void;
  readonly random: () => number;
  /** Steady. */
  readonly timer: Clock;
}

/**
 * Work that fails again and again, such as all writing while a disk is full: told when it begins, when its reason changes, and when it is
 * over; tried ever more seldom.
 */
export class Trouble {
  private readonly what: string;
  private readonly teller: Teller;
  private failures = 0;
  private beganMs = 0;
  private last: CallsheetError | undefined;

  /** @param what did not work, as the beginning of a sentence. */
  constructor(what: string, teller: Teller) {
    this.what = what;
    this.teller = teller;
  }

  /** What it failed with last; undefined while it works. */
  get error(): CallsheetError | undefined {
    return this.last;
  }

  /** It has failed. Returns how long to leave it, in milliseconds. */
  note(error: unknown): number {
    const { emit, random, timer } = this.teller;
    const failure = toCallsheetError(error);
    const { code, message } = failure;
    if (this.failures === 0) this.beganMs = timer.now();
    this.failures += 1;
    if (code !== this.last?.code) emit({ type: 'warning', code, message: `${this.what}: ${message}` });
    this.last = failure;
    return backoffMs(this.failures, random(), POLICY);
  }

  /** It has worked. */
  over(atMs = this.teller.timer.now()): void {
    if (this.failures === 0) return;
    this.failures = 0;
    this.last = undefined;
    const lasted = formatDuration(atMs - this.beganMs);
    this.teller.emit({ type: 'trouble-over', message: `over after ${lasted}: ${this.what}` });
  }
}

/**
 * Trouble that several meet side by side, each of whom tries again by itself. One may succeed in the middle of what troubles the others, so
 * it is over when none of them has failed for a while.
 */
export class SharedTrouble {
  private readonly trouble: Trouble;
  private readonly timer: Clock;
  private failedMs = 0;
  private watching: Promise<void> | undefined;

  /** @param what did not work, as the beginning of a sentence. */
  constructor(what: string, teller: Teller) {
    this.trouble = new Trouble(what, teller);
    this.timer = teller.timer;
  }

  /** One of them has failed. */
  note(error: unknown, signal: AbortSignal): void {
    this.trouble.note(error);
    this.failedMs = this.timer.now();
    this.watching ??= this.watch(signal).catch(() => undefined);
  }

  private async watch(signal: AbortSignal): Promise<void> {
    for (;;) {
      const leftMs = this.failedMs + QUIET_MS - this.timer.now();
      if (leftMs <= 0) break;
      await this.timer.sleep(leftMs, signal);
    }
    this.watching = undefined;
    this.trouble.over(this.failedMs);
  }
}
