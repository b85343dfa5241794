import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Lease, LeaseDocument } from './lease.ts';
import type { StateBackend } from './state-backend.ts';

export interface HeldLeaseOptions {
  readonly state: StateBackend;
  /** Wall clock: what others go by. */
  readonly clock: Clock;
  /** Steady: a wall clock that is set back must not make the lease last longer. */
  readonly timer: Clock;
  readonly path: string;
  /** As just written, with us as holder. */
  readonly document: LeaseDocument;
  readonly version: string;
  readonly ttlMs: number;
  /** Called when it is over for its holder, but nobody could be told. */
  readonly onLeft: () => void;
}

/**
 * A lease from its acquisition to its end. Two loops run beside the holder's work: one renews at a third of the time to live, the other
 * watches the clock, so that a renewal that hangs does not hide that the time is over.
 */
export class HeldLease implements Lease {
  readonly name: string;
  readonly token: number;
  readonly #options: HeldLeaseOptions;
  readonly #lost = new AbortController();
  readonly #ended = new AbortController();
  #version: string;
  #expiresMs: number;
  /** By the steady clock. */
  #endsMs: number;
  /** Writes go one after the other. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: HeldLeaseOptions) {
    this.name = options.document.name;
    this.token = options.document.token;
    this.#options = options;
    this.#version = options.version;
    this.#expiresMs = Date.parse(options.document.expiresAt);
    this.#endsMs = options.timer.now() + options.ttlMs;
    void this.#keepRenewing();
    void this.#watchExpiry();
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  assertHeld(): void {
    if (this.#leftMs() <= 0) this.#lose('was not renewed in time');
    this.#lost.signal.throwIfAborted();
  }

  renew(): Promise<void> {
    return this.#enqueue(async () => {
      this.assertHeld();
      const { clock, timer, ttlMs, document } = this.#options;
      const nowMs = clock.now();
      const [expiresMs, endsMs] = [nowMs + ttlMs, timer.now() + ttlMs];
      const renewed: LeaseDocument = {
        ...document,
        renewedAt: new Date(nowMs).toISOString(),
        expiresAt: new Date(expiresMs).toISOString(),
      };
      await this.#write(renewed);
      this.#expiresMs = expiresMs;
      this.#endsMs = endsMs;
    });
  }

  async release(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    const { holder: _gone, ...free } = this.#options.document;
    // Whatever goes wrong here: nobody renews it any more, so for others it ends by itself.
    await this.#enqueue(async () => {
      if (!this.#lost.signal.aborted)
        await this.#write({ ...free, renewedAt: new Date(this.#options.clock.now()).toISOString() });
    }).catch(() => this.#options.onLeft());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }

  async #keepRenewing(): Promise<void> {
    while (await this.#pause(this.#options.ttlMs / 3)) {
      // A renewal that fails is tried again with the next beat; #watchExpiry knows when it is too late.
      await this.renew().catch(() => undefined);
    }
  }

  async #watchExpiry(): Promise<void> {
    for (;;) {
      const leftMs = this.#leftMs();
      if (leftMs <= 0) return this.#lose('was not renewed in time');
      if (!(await this.#pause(leftMs))) return;
    }
  }

  /** By whichever of the two clocks it ends first. */
  #leftMs(): number {
    const { clock, timer } = this.#options;
    return Math.min(this.#expiresMs - clock.now(), this.#endsMs - timer.now());
  }

  /** False when the lease has ended meanwhile. */
  async #pause(ms: number): Promise<boolean> {
    try {
      await this.#options.timer.sleep(ms, this.#ended.signal);
      return !this.#ended.signal.aborted;
    } catch {
      return false;
    }
  }

  async #write(document: LeaseDocument): Promise<void> {
    const { state, path } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#version = await state.write(path, document, { version: this.#version });
        return;
      } catch (error) {
        if (attempt === 5 || !isCallsheetError(error, 'precondition-failed')) throw error;
      }
      // Either another has it, or our own last write took effect though its answer was lost.
      const stored = await state.read<LeaseDocument>(path);
      if (stored === undefined || stored.value.holder?.id !== this.#options.document.holder?.id) {
        this.#lose(describeLoss(stored?.value));
        this.#lost.signal.throwIfAborted();
        return;
      }
      this.#version = stored.version;
    }
  }

  #lose(how: string): void {
    if (this.#lost.signal.aborted || this.#ended.signal.aborted) return;
    this.#lost.abort(
      new CallsheetError('lease-lost', `The lease "${this.name}" ${how}.`, {
        hint: 'Work on it stops here. What was begun is in the journal, and is settled by the next run.',
      }),
    );
    this.#ended.abort();
  }

  #enqueue(write: () => Promise<void>): Promise<void> {
    const result = this.#tail.then(write);
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

function describeLoss(now: LeaseDocument | undefined): string {
  if (now?.holder === undefined) return 'was taken away (force-unlock)';
  return `was taken over by process ${now.holder.pid} on ${now.holder.host}`;
}
