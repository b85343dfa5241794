import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { failing, flaky } from '../../tests/support/flaky.ts';
import type { ErrorCode } from '../diagnostics/errors.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

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
      message: `Test failed 3 times in a row and is left alone for a while; the last time: ${failing('unavailable').message}`,
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
