import { describe, expect, it } from 'vitest';
import { FakeClock, HastyClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError, type ErrorCode, type ErrorDetails } from '../diagnostics/errors.ts';
import { createCallGate } from './call-gate.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import { RateLimiter } from './rate-limiter.ts';
import { retry } from './retry.ts';
import { retryAfterMs } from './retry-after.ts';

function failing(code: ErrorCode, details: ErrorDetails = {}): CallsheetError {
  return new CallsheetError(code, 'as told', details);
}

/** Fails with each error in turn, then works; counts its calls. */
function flaky(...errors: CallsheetError[]) {
  const state = { calls: 0 };
  async function call(): Promise<string> {
    const error = errors[state.calls];
    state.calls += 1;
    if (error !== undefined) throw error;
    return 'done';
  }
  return { state, call };
}

function gateOn(clock: Clock, limits = { concurrency: 4, requestsPerMinute: 1000 }) {
  const limiter = new RateLimiter({ provider: 'Test', clock, ...limits });
  const breaker = new CircuitBreaker({ provider: 'Test', clock, threshold: 3, cooldownMs: 5_000 });
  return { limiter, breaker, gate: createCallGate({ limiter, breaker, clock, random: () => 0.5 }) };
}

describe('retryAfterMs', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %o', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(expected);
  });
});

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

describe('CircuitBreaker', () => {
  async function failTimes(breaker: CircuitBreaker, times: number, code: ErrorCode = 'unavailable') {
    for (let time = 0; time < times; time += 1) {
      await breaker
        .run(async () => {
          throw failing(code);
        })
        .catch(() => {});
    }
  }

  it('opens after failures in a row, calls nobody while open, and closes after a probe that works', async () => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker({ provider: 'Test', clock, threshold: 3, cooldownMs: 5_000 });
    const { call, state } = flaky();

    await failTimes(breaker, 3);
    expect(breaker.state).toBe('open');
    await expect(breaker.run(call)).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterMs: 5_000,
      hint: expect.any(String),
    });
    expect(state.calls).toBe(0);

    await clock.advance(5_000);
    expect(breaker.state).toBe('half-open');
    await expect(breaker.run(call)).resolves.toBe('done');
    expect(breaker.state).toBe('closed');
  });

  it('lets a single probe through, and waits twice as long when it fails', async () => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker({ provider: 'Test', clock, threshold: 1, cooldownMs: 1_000 });
    await failTimes(breaker, 1);
    await clock.advance(1_000);
    let fail: (error: Error) => void = () => {};
    const probe = breaker.run(
      async () =>
        await new Promise((_, reject) => {
          fail = reject;
        }),
    );
    const failed = expect(probe).rejects.toMatchObject({ code: 'unavailable' });

    await expect(breaker.run(async () => 'second')).rejects.toMatchObject({ code: 'unavailable' });
    fail(failing('unavailable'));
    await failed;

    await clock.advance(1_999);
    expect(breaker.state).toBe('open');
    await clock.advance(1);
    expect(breaker.state).toBe('half-open');
  });

  it.each(['rate-limited', 'content-rejected', 'quota'] as const)(
    'takes %s for a sign of life',
    async (code) => {
      const breaker = new CircuitBreaker({ provider: 'Test', clock: new FakeClock(), threshold: 3 });

      await failTimes(breaker, 2);
      await failTimes(breaker, 1, code);
      await failTimes(breaker, 2);

      expect(breaker.state).toBe('closed');
    },
  );
});

describe('CallGate', () => {
  it('makes everybody wait when one is told to', async () => {
    const clock = new FakeClock();
    const { gate } = gateOn(clock);
    const begin = clock.now();
    const first = flaky(failing('rate-limited', { retryAfterMs: 4_000 }));
    const one = gate.call(first.call);
    await clock.advance(0);
    const starts: number[] = [];

    const two = gate.call(async () => starts.push(clock.now() - begin));
    await clock.advance(10_000);
    await Promise.all([one, two]);

    expect(starts).toEqual([4_000]);
    expect(first.state.calls).toBe(2);
  });

  it('never repeats a call whose effect is unknown when it may happen only once', async () => {
    const { gate } = gateOn(new HastyClock());
    const lost = flaky(failing('unavailable'));
    const refused = flaky(failing('rate-limited'), failing('rate-limited'));

    await expect(gate.call(lost.call, { once: true })).rejects.toMatchObject({ code: 'unavailable' });
    await expect(gate.call(refused.call, { once: true })).resolves.toBe('done');

    expect(lost.state.calls).toBe(1);
    expect(refused.state.calls).toBe(3);
  });

  it('says of a call that may happen only once that it was not made, when the circuit is open', async () => {
    const clock = new HastyClock();
    const { gate, breaker } = gateOn(clock);
    for (let time = 0; time < 3; time += 1)
      await gate.call(flaky(failing('unavailable')).call, { once: true }).catch(() => {});
    expect(breaker.state).toBe('open');
    const { call, state } = flaky();

    // It waits out the cooldown and then gets through as the probe.
    await expect(gate.call(call, { once: true })).resolves.toBe('done');

    expect(state.calls).toBe(1);
    expect(clock.slept.some((ms) => ms >= 5_000)).toBe(true);
  });

  it('does not repeat after the quota is used up', async () => {
    const { gate } = gateOn(new HastyClock());
    const { call, state } = flaky(failing('quota'));

    await expect(gate.call(call)).rejects.toMatchObject({ code: 'quota' });

    expect(state.calls).toBe(1);
  });
});
