import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { RateLimiter } from './rate-limiter.ts';

describe('RateLimiter', () => {
  it('holds no more calls in flight than allowed, and takes the urgent first', async () => {
    const limiter = new RateLimiter({
      provider: 'Test',
      concurrency: 2,
      requestsPerMinute: 1000,
      clock: new FakeClock(),
    });
    const order: string[] = [];
    let inFlight = 0;
    let peak = 0;
    const run = async (name: string, priority = 0) =>
      await limiter.run(
        async () => {
          inFlight += 1;
          peak = Math.max(peak, inFlight);
          order.push(name);
          await new Promise((resolve) => setImmediate(resolve));
          inFlight -= 1;
        },
        { priority },
      );

    await Promise.all([run('a'), run('b'), run('c'), run('d'), run('urgent', 1)]);

    expect(peak).toBe(2);
    expect(order).toEqual(['a', 'b', 'urgent', 'c', 'd']);
  });

  it('starts no more calls in any minute than allowed', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ provider: 'Test', concurrency: 100, requestsPerMinute: 10, clock });
    const starts: number[] = [];
    const begin = clock.now();
    const all = Promise.all(
      Array.from({ length: 25 }, async () => await limiter.run(async () => starts.push(clock.now() - begin))),
    );

    await clock.advance(30_000);
    expect(starts).toHaveLength(10);
    await clock.advance(100_000);
    await all;

    for (const [index, start] of starts.entries()) {
      if (index >= 10) expect(start - starts[index - 10]!).toBeGreaterThanOrEqual(60_000);
    }
    expect(starts.at(-1)).toBe(120_000);
  });

  it('lets nobody start during a pause, but calls that are not counted', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ provider: 'Test', concurrency: 5, requestsPerMinute: 100, clock });
    const done: string[] = [];
    limiter.pauseUntil(clock.now() + 5_000);
    limiter.pauseUntil(clock.now() + 1_000);

    const counted = limiter.run(async () => done.push('counted'));
    const poll = limiter.run(async () => done.push('poll'), { counted: false });
    await clock.advance(4_999);
    expect(done).toEqual(['poll']);
    await clock.advance(1);
    await Promise.all([counted, poll]);

    expect(done).toEqual(['poll', 'counted']);
  });

  it('refuses to wait for a very long pause', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ provider: 'Test', concurrency: 5, requestsPerMinute: 100, clock });
    limiter.pauseUntil(clock.now() + 3_600_000);

    await expect(limiter.run(async () => 'never')).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 3_600_000,
    });
  });

  it('leaves the queue when it is aborted', async () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter({ provider: 'Test', concurrency: 1, requestsPerMinute: 1, clock });
    await limiter.run(async () => 'first');
    const stop = new AbortController();
    let ran = false;
    const waiting = limiter.run(async () => (ran = true), { signal: stop.signal });
    const rejected = expect(waiting).rejects.toThrow('enough');
    await clock.advance(10);

    stop.abort(new Error('enough'));
    await rejected;
    await clock.advance(120_000);

    expect(ran).toBe(false);
    expect(limiter.inFlight).toBe(0);
  });
});
