import type { Clock } from '../runtime/clock.ts';

const REMEMBER_MS = 24 * 60 * 60 * 1000;
const MAX_KEYS = 20_000;

/** Remembers which deliveries have come, for a day. A replay after that, or after a restart, costs one look at the repository. */
export class SeenDeliveries {
  private readonly clock: Clock;
  private readonly seen = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Whether none of the keys has been seen before; remembers them in any case. */
  firstTime(keys: readonly string[]): boolean {
    const now = this.clock.now();
    const isNew = keys.every((key) => (this.seen.get(key) ?? Number.NEGATIVE_INFINITY) <= now - REMEMBER_MS);
    for (const key of keys) {
      this.seen.delete(key);
      this.seen.set(key, now);
    }
    for (const oldest of this.seen.keys()) {
      if (this.seen.size <= MAX_KEYS) break;
      this.seen.delete(oldest);
    }
    return isNew;
  }
}
