import { describe, expect, it } from 'vitest';
import { FakeClock, HastyClock } from '../../tests/support/fake-clock.ts';
import { failing, flaky } from '../../tests/support/flaky.ts';
import type { ErrorCode } from '../diagnostics/errors.ts';
import { createCallGate } from './call-gate.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Clock } from './clock.ts';
import { RateLimiter } from './rate-limiter.ts';

function gateOn(
  clock: Clock,
  limits = { concurrency: 4, requestsPerMinute: 1000 },
  onFailure?: (code: ErrorCode) => void,
) {
  const limiter = new RateLimiter({ provider: 'Test', clock, ...limits });
  const breaker = new CircuitBreaker({ provider: 'Test', clock, threshold: 3, cooldownMs: 5_000 });
  return {
    limiter,
    breaker,
    gate: createCallGate({
      limiter,
      breaker,
      clock,
      random: () => 0.5,
      ...(onFailure === undefined ? {} : { onFailure }),
    }),
  };
}

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

  it('tells of every call that failed, and of none that was not made because the circuit is open', async () => {
    const failures: string[] = [];
    const { gate, breaker } = gateOn(new HastyClock(), undefined, (code) => void failures.push(code));
    const { call, state } = flaky(failing('unavailable'), failing('unavailable'), failing('unavailable'));
    for (let time = 0; time < 3; time += 1) await gate.call(call, { once: true }).catch(() => {});
    expect(breaker.state).toBe('open');
    await gate.call(call, { once: true });

    expect(state.calls).toBe(4);
    expect(failures).toEqual(['unavailable', 'unavailable', 'unavailable']);
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
