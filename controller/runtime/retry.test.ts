import { describe, expect, it } from 'vitest';
import { FakeClock, HastyClock } from '../../tests/support/fake-clock.ts';
import { failing, flaky } from '../../tests/support/flaky.ts';
import { retry } from './retry.ts';

describe('retry', () => {
  const codes = ['unavailable', 'rate-limited'] as const;

  it('waits longer each time, with jitter', async () => {
    const clock = new HastyClock();
    const { call, state } = flaky(failing('unavailable'), failing('unavailable'), failing('unavailable'));

    await expect(retry(call, { codes, clock, random: () => 0.5 })).resolves.toBe('done');

    expect(state.calls).toBe(4);
    expect(clock.slept).toEqual([250, 500, 1000]);
  });

  it('waits at least as long as it was told to', async () => {
    const clock = new HastyClock();
    const { call } = flaky(failing('rate-limited', { retryAfterMs: 7_000 }));

    await retry(call, { codes, clock, random: () => 0 });

    expect(clock.slept).toEqual([7_000]);
  });

  it.each(['quota', 'auth', 'content-rejected', 'invalid-input'] as const)(
    'does not repeat after %s',
    async (code) => {
      const { call, state } = flaky(failing(code));

      await expect(retry(call, { codes, clock: new HastyClock(), random: () => 0 })).rejects.toMatchObject({
        code,
      });

      expect(state.calls).toBe(1);
    },
  );

  it('gives up after its attempts, and at once when told to wait too long', async () => {
    const clock = new HastyClock();
    const never = flaky(...Array.from({ length: 20 }, () => failing('unavailable')));
    const tomorrow = flaky(failing('rate-limited', { retryAfterMs: 86_400_000 }));

    await expect(retry(never.call, { codes, clock, random: () => 0 })).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(retry(tomorrow.call, { codes, clock, random: () => 0 })).rejects.toMatchObject({
      code: 'rate-limited',
    });

    expect(never.state.calls).toBe(8);
    expect(tomorrow.state.calls).toBe(1);
  });

  it('stops waiting when it is aborted', async () => {
    const clock = new FakeClock();
    const stop = new AbortController();
    const { call, state } = flaky(failing('unavailable'));
    const result = retry(call, { codes, clock, random: () => 0.5, signal: stop.signal });
    const rejected = expect(result).rejects.toThrow('enough');
    await clock.advance(0);

    stop.abort(new Error('enough'));

    await rejected;
    expect(state.calls).toBe(1);
  });
});
