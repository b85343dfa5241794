import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, DEFAULT_BACKOFF } from '../../controller/runtime/backoff.ts';
import { MemoryWorkQueue } from '../../controller/runtime/memory-work-queue.ts';
import { PRIORITY } from '../../controller/runtime/work-queue.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { describeWorkQueue } from './work-queue-contract.ts';

describeWorkQueue('the work queue of one process', {
  async open(random = () => 0) {
    const clock = new FakeClock();
    const queue = new MemoryWorkQueue({ clock, random });
    return { queue, advance: (ms) => clock.advance(ms) };
  },
  scale: 1,
  /** `FC_RUNS=20000` for a long search. */
  runs: Number(process.env.FC_RUNS ?? 150),
});

describe('what is counted as an add', () => {
  it('is a key that comes to wait: once however often it is asked for, when its delay is over, again while it is worked on', async () => {
    const clock = new FakeClock();
    const added: string[] = [];
    const observer = { added: (key: string) => added.push(key), taken() {}, done() {}, retried() {} };
    const queue = new MemoryWorkQueue({ clock, random: () => 0, observer });
    await queue.add('a');
    await queue.add('a', { priority: PRIORITY.interactive });
    await queue.add('later', { afterMs: 1_000 });
    expect(added).toEqual(['a']);

    expect((await queue.take())?.key).toBe('a');
    await queue.add('a');
    await queue.add('a');
    await queue.done('a');
    expect(added).toEqual(['a', 'a']);

    await clock.advance(1_000);
    await queue.measure();
    expect(added).toEqual(['a', 'a', 'later']);
  });
});

describe('the backoff', () => {
  it('grows with every failure up to the bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const [now, next] = [backoffMs(failures, random), backoffMs(failures + 1, random)];
          expect(next).toBeGreaterThanOrEqual(now);
          expect(now).toBeGreaterThanOrEqual(DEFAULT_BACKOFF.baseMs * (1 - DEFAULT_BACKOFF.jitter) - 1);
          expect(now).toBeLessThanOrEqual(DEFAULT_BACKOFF.maxMs);
        },
      ),
    );
  });
});
