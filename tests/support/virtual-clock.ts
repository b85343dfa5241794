import type { Clock } from '../../controller/runtime/clock.ts';

interface Sleeper {
  readonly untilMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Time that passes only when it is told to, from one sleeper to the next; what happens in between is real. */
export class VirtualClock implements Clock {
  private nowMs: number;
  private order = 0;
  private readonly sleepers = new Set<Sleeper>();

  constructor(startMs = Date.parse('2026-11-22T12:00:00Z')) {
    this.nowMs = startMs;
  }

  now(): number {
    return this.nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      this.order += 1;
      const end = () => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        end();
        reject(signal!.reason as Error);
      };
      const sleeper: Sleeper = {
        untilMs: this.nowMs + ms,
        order: this.order,
        wake: () => {
          end();
          resolve();
        },
      };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', onAbort);
    });
  }

  /** Lets time pass up to `ms`, waking whoever is due; before each step `settle` waits until what was woken has done its work. */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    const endMs = this.nowMs + ms;
    for (;;) {
      await settle();
      const next = this.next();
      if (next === undefined || next.untilMs > endMs) break;
      this.nowMs = Math.max(this.nowMs, next.untilMs);
      next.wake();
    }
    this.nowMs = endMs;
    await settle();
  }

  /** Lets time pass from one sleeper to the next until `end` has come: somebody may sleep for a moment before it does. */
  async passUntil(end: Promise<void>): Promise<void> {
    let hasEnded = false;
    const ended = end.finally(() => {
      hasEnded = true;
    });
    for (;;) {
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
      if (hasEnded) return;
      const next = this.next();
      if (next === undefined) continue;
      this.nowMs = Math.max(this.nowMs, next.untilMs);
      next.wake();
    }
  }

  /** As when somebody sets the wall clock: nobody wakes for it. */
  step(ms: number): void {
    this.nowMs += ms;
  }

  private next(): Sleeper | undefined {
    let next: Sleeper | undefined;
    for (const sleeper of this.sleepers) {
      const isSooner =
        next === undefined ||
        sleeper.untilMs < next.untilMs ||
        (sleeper.untilMs === next.untilMs && sleeper.order < next.order);
      if (isSooner) next = sleeper;
    }
    return next;
  }
}
