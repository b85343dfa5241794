import { toCallsheetError } from '../diagnostics/errors.ts';
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.ts';
import type { UntimedEvent } from './controller-ports.ts';

const POLICY: BackoffPolicy = { baseMs: 5_000, maxMs: 15 * 60_000, jitter: 0.25 };

interface Teller {
  readonly emit: (event: UntimedEvent) => void;
  readonly random: () => number;
}

/** Work that fails again and again, such as all writing while a disk is full: told when it begins and when its reason changes, tried ever more seldom. */
export class Trouble {
  private readonly what: string;
  private readonly emit: (event: UntimedEvent) => void;
  private readonly random: () => number;
  private failures = 0;
  private code: string | undefined;

  /** @param what did not work, as the beginning of a sentence. */
  constructor(what: string, { emit, random }: Teller) {
    this.what = what;
    this.emit = emit;
    this.random = random;
  }

  /** It has failed. Returns how long to leave it, in milliseconds. */
  note(error: unknown): number {
    const { code, message } = toCallsheetError(error);
    this.failures += 1;
    if (code !== this.code) this.emit({ type: 'warning', code, message: `${this.what}: ${message}` });
    this.code = code;
    return backoffMs(this.failures, this.random(), POLICY);
  }

  /** It has worked. */
  over(): void {
    this.failures = 0;
    this.code = undefined;
  }
}
