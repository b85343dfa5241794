import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';

const LONG_MS = 60 * 86_400_000;

describe('systemClock', () => {
  it('sleeps for longer than a timer of Node can, which would ring at once', async () => {
    const woken = new AbortController();
    const asleep = systemClock.sleep(LONG_MS, woken.signal).then(
      () => 'over',
      () => 'woken',
    );

    const first = await Promise.race([asleep, systemClock.sleep(30).then(() => 'still asleep')]);
    woken.abort();

    expect([first, await asleep]).toEqual(['still asleep', 'woken']);
  });
});
