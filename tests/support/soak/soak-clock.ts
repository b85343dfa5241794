import type { Clock } from '../../../controller/runtime/clock.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** The wall clock of a machine whose steady time is virtual: the same, until somebody sets it. */
export class WallClock implements Clock {
  private readonly steady: VirtualClock;
  private aheadMs = 0;
  /** The latest time that it ever showed. */
  latestMs = 0;

  constructor(steady: VirtualClock) {
    this.steady = steady;
  }

  now(): number {
    const nowMs = this.steady.now() + this.aheadMs;
    this.latestMs = Math.max(this.latestMs, nowMs);
    return nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await this.steady.sleep(ms, signal);
  }

  /** As when somebody sets it, or a time server does. */
  set(aheadMs: number): void {
    this.aheadMs = aheadMs;
  }

  get isOff(): boolean {
    return this.aheadMs !== 0;
  }
}
