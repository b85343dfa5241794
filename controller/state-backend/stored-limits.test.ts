import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../tests/support/virtual-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { createFileObjectStore } from '../object-store/file-object-store.ts';
import { CircuitBreaker } from '../runtime/circuit-breaker.ts';
import { RateLimiter } from '../runtime/rate-limiter.ts';
import { createObjectStoreState } from './object-store-state.ts';
import type { StateBackend } from './state-backend.ts';
import { createSharedLimits } from './stored-limits.ts';

const MINUTE_MS = 60_000;

let root: string;
let state: StateBackend;
let clock: VirtualClock;
/** Reads and writes that are under way. */
let busy: number;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-limits-'));
  const files = createObjectStoreState(createFileObjectStore({ root }));
  busy = 0;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    busy += 1;
    return await work().finally(() => {
      busy -= 1;
    });
  };
  state = Object.assign(Object.create(files) as StateBackend, {
    read: (...of: Parameters<StateBackend['read']>) => counted(() => files.read(...of)),
    write: (...of: Parameters<StateBackend['write']>) => counted(() => files.write(...of)),
  });
  clock = new VirtualClock();
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** The limiter of one process. */
function limiter(requestsPerMinute: number): RateLimiter {
  const shared = createSharedLimits(state, clock);
  return new RateLimiter({ provider: 'openai', concurrency: 50, requestsPerMinute, clock, shared });
}

/** Lets time pass, but never while anybody reads or writes. */
async function pass(ms: number): Promise<void> {
  await clock.pass(ms, async () => {
    for (let quiet = 0; quiet < 5; quiet = busy === 0 ? quiet + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  });
}

describe('limits that processes share', () => {
  it('let all of them together start no more calls in a minute than one of them might, and no fewer in the long run', async () => {
    const starts: number[] = [];
    const processes = [limiter(12), limiter(12), limiter(12)];
    const calls = Array.from({ length: 30 }, (_, index) =>
      processes[index % 3]!.run(async () => void starts.push(clock.now())),
    );
    await pass(3 * MINUTE_MS);
    await Promise.all(calls);

    expect(starts).toHaveLength(30);
    for (const start of starts)
      expect(
        starts.filter((other) => other >= start && other < start + MINUTE_MS).length,
      ).toBeLessThanOrEqual(12);
  });

  it('make all of them wait when the provider asks one of them to', async () => {
    const [asked, other] = [limiter(60), limiter(60)];
    asked.pauseUntil(clock.now() + 20_000);
    await pass(0);
    const startMs = clock.now();
    let begun: number | undefined;
    const call = other.run(async () => {
      begun = clock.now();
    });
    await pass(25_000);
    await call;

    expect(begun! - startMs).toBeGreaterThanOrEqual(19_000);
  });

  it('leave a provider alone that did not answer one of them', async () => {
    const shared = createSharedLimits(state, clock);
    let openUntil = 0;
    const breaker = new CircuitBreaker({
      provider: 'openai',
      clock,
      threshold: 1,
      onOpen: (untilMs) => {
        openUntil = untilMs;
        void shared.pause('openai', untilMs);
      },
    });
    const down = async () => {
      throw new CallsheetError('unavailable', 'down');
    };
    await expect(breaker.run(down)).rejects.toMatchObject({ code: 'unavailable' });
    await pass(0);

    expect(await shared.grant('openai', 5, 60)).toMatchObject({ calls: 0, pausedUntilMs: openUntil });
  });
});
