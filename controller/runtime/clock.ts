import { setTimeout as delay } from 'node:timers/promises';

/** Time as a dependency, so that tests decide what it is. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Of Node's timers, in milliseconds: one that is asked for more rings at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    const options = signal === undefined ? {} : { signal };
    let leftMs = ms;
    for (; leftMs > LONGEST_TIMER_MS; leftMs -= LONGEST_TIMER_MS)
      await delay(LONGEST_TIMER_MS, undefined, options);
    await delay(leftMs, undefined, options);
  },
};

/** Time that never steps, whatever happens to the wall clock: for delays and intervals, not for dates. */
export const steadyClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: systemClock.sleep,
};
