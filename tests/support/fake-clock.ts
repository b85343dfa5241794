import type { Clock } from '../../controller/runtime/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now = Date.parse('2026-11-22T12:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  get sleepers(): number {
    return this.#sleepers.length;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const sleeper = { until: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Moves on, waking sleepers in the order of their time; what they do in between gets its turn. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const [next] = this.#sleepers.filter(({ until }) => until <= end).sort((a, b) => a.until - b.until);
      if (next === undefined) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
      this.#now = Math.max(this.#now, next.until);
      next.wake();
    }
    this.#now = end;
    await settle();
  }
}

/** A clock on which every pause is over at once: time passes, nobody waits. */
export class HastyClock implements Clock {
  #now: number;
  readonly slept: number[] = [];

  constructor(now = Date.parse('2026-11-22T12:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#now += ms;
    this.slept.push(ms);
    await settle();
  }

  pass(ms: number): void {
    this.#now += ms;
  }
}

/** Lets everything run that is ready to. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
