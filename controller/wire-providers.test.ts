import { expect, it } from 'vitest';
import { FakeClock } from '../tests/support/fake-clock.ts';
import { VirtualClock } from '../tests/support/virtual-clock.ts';
import { providerGate } from './wire-providers.ts';

it('a provider is called as often as its limit allows, also when somebody sets the wall clock back', async () => {
  const [clock, timer] = [new VirtualClock(), new FakeClock()];
  const limits = { concurrency: 1, requestsPerMinute: 1 };
  const gate = providerGate('Test', limits, { clock, timer, random: () => 0 });
  await gate.call(async () => undefined);
  clock.step(-3_600_000);
  let isCalled = false;
  const second = gate.call(async () => {
    isCalled = true;
  });

  await timer.advance(59_000);
  expect(isCalled).toBe(false);
  await timer.advance(1_000);
  expect(isCalled).toBe(true);
  await second;
});
