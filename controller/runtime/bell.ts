import type { Clock } from './clock.ts';

/** Wakes one loop: rings that come while it is at work are not lost, and several are one. */
export class Bell {
  private isRung = false;
  private wake: (() => void) | undefined;

  ring(): void {
    this.isRung = true;
    this.wake?.();
  }

  get rung(): boolean {
    return this.isRung;
  }

  /** To be called when the work begins, not when the wait ends: in between it still counts as rung. */
  reset(): void {
    this.isRung = false;
  }

  /** Until it rings, the time is over (never, without one), or the signal aborts. */
  async wait(clock: Clock, ms: number | undefined, signal: AbortSignal): Promise<void> {
    if (!this.isRung && !signal.aborted) {
      const woken = new AbortController();
      const either = AbortSignal.any([signal, woken.signal]);
      this.wake = () => woken.abort();
      const over = ms === undefined ? aborted(either) : clock.sleep(ms, either);
      await over.catch(() => undefined);
      this.wake = undefined;
      // Ends the sleep when it was the ring that came first; without effect otherwise.
      woken.abort();
    }
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
