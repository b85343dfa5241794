import { describe, expect, it } from 'vitest';
import type { Clock } from '../../controller/runtime/clock.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import type { PaidCall, ReserveRequest } from '../../controller/state-backend/ledger.ts';
import type { StateBackend } from '../../controller/state-backend/state-backend.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';
import { codeOf } from './object-store-contract.ts';

/**
 * What every StateBackend with compare-and-swap must do, alone and as the ground for leases and the ledger. `open` gives an empty one,
 * and may be called twice for two views of the same state by `again`.
 */
export interface StateUnderTest {
  readonly state: StateBackend;
  /** A second instance over the same state, as another process would have. */
  readonly again: () => Promise<StateBackend>;
}

export function describeStateBackend(name: string, open: () => Promise<StateUnderTest>): void {
  describe(`StateBackend contract: ${name}`, () => {
    describeDocuments(open);
    describe('leases', () => describeLeases(open));
    describe('ledger', () => describeLedger(open));
  });
}

async function pathsBelow(state: StateBackend, prefix: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of state.list(prefix)) paths.push(path);
  return paths;
}

function describeDocuments(open: () => Promise<StateUnderTest>): void {
  it('gives back documents as they were written', async () => {
    const { state, again } = await open();
    const value = { formatVersion: '1.0', text: 'ü 😀 "\\', nested: [1, null, { a: true }] };

    const version = await state.write('actors/0042.json', value);

    expect(await (await again()).read('actors/0042.json')).toEqual({ value, version });
    expect(await state.read('actors/0043.json')).toBeUndefined();
    expect(state.conditionalWrites).toBe(true);
  });

  it('compares and swaps', async () => {
    const { state } = await open();

    const first = await state.write('a.json', 1, 'absent');
    const second = await state.write('a.json', 2, { version: first });

    expect(await codeOf(state.write('a.json', 3, 'absent'))).toBe('precondition-failed');
    expect(await codeOf(state.write('a.json', 3, { version: first }))).toBe('precondition-failed');
    expect(await codeOf(state.remove('a.json', { version: first }))).toBe('precondition-failed');
    expect(await state.read('a.json')).toEqual({ value: 2, version: second });
    await state.remove('a.json', { version: second });
    await state.remove('a.json');
    expect(await state.read('a.json')).toBeUndefined();
  });

  it('lists paths in order', async () => {
    const { state } = await open();
    for (const path of ['b/2.json', 'a/3.json', 'b/10.json', 'b.json']) await state.write(path, {});

    expect(await pathsBelow(state, 'b/')).toEqual(['b/10.json', 'b/2.json']);
    expect(await pathsBelow(state, '')).toEqual(['a/3.json', 'b.json', 'b/10.json', 'b/2.json']);
    expect(await pathsBelow(state, 'none/')).toEqual([]);
  });

  it('tells versions without reading', async () => {
    const { state } = await open();
    const first = await state.write('a/1.json', { one: 1 });
    await state.write('b.json', {});
    const second = await state.write('a/2.json', { two: 2 });
    const again = await state.write('a/1.json', { one: 2 }, { version: first });

    const versions = new Map<string, string>();
    for await (const { path, version } of state.versions('a/')) versions.set(path, version);

    expect(versions).toEqual(
      new Map([
        ['a/1.json', again],
        ['a/2.json', second],
      ]),
    );
    expect((await state.read('a/1.json'))?.version).toBe(again);
  });

  it('takes a large document in pieces', async () => {
    const { state, again } = await open();
    await state.write('plans/p.json', { before: true });
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `{"row":${index},"text":"ü 😀 of row ${index}"}`,
    );

    const version = await state.writeText('plans/p.json', function* () {
      yield '[';
      for (const [index, row] of rows.entries()) yield index === 0 ? row : `,${row}`;
      yield ']';
    });

    const stored = await (await again()).read<{ row: number; text: string }[]>('plans/p.json');
    expect(stored?.version).toBe(version);
    expect(stored?.value.map((row) => JSON.stringify(row))).toEqual(rows);
  });

  it('keeps blobs', async () => {
    const { state } = await open();

    await state.writeBlob('evaluations/a_composite.jpg', Uint8Array.of(255, 216, 0), 'image/jpeg');

    expect([...((await state.readBlob('evaluations/a_composite.jpg')) ?? [])]).toEqual([255, 216, 0]);
    expect(await state.readBlob('none.jpg')).toBeUndefined();
  });

  it('says corrupt, and where, of what is not JSON', async () => {
    const { state } = await open();
    await state.writeBlob('actors/bad.json', new TextEncoder().encode('{"half": '), 'application/json');
    await state.writeBlob('actors/latin.json', Uint8Array.of(0x22, 0xfc, 0x22), 'application/json');

    expect(await codeOf(state.read('actors/bad.json'))).toBe('corrupt');
    await expect(state.read('actors/latin.json')).rejects.toThrow('actors/latin.json');
  });
}

/** A clock that stands until it is told to go on. Sleepers wake in the order of their times. */
export class TestClock implements Clock {
  #nowMs = Date.UTC(2026, 10, 22, 12);
  readonly #sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const sleeper = { untilMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  }

  get sleepers(): number {
    return this.#sleepers.size;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    for (const sleeper of [...this.#sleepers].sort((a, b) => a.untilMs - b.untilMs)) {
      if (sleeper.untilMs > this.#nowMs) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}

function describeLeases(open: () => Promise<StateUnderTest>): void {
  it('has one holder, and says who it is', async () => {
    const { state, again } = await open();
    const lease = await createLeases({ state, command: 'apply' }).acquire('actor-1');

    const other = createLeases({ state: await again() }).acquire('actor-1');

    await expect(other).rejects.toMatchObject({
      code: 'lease-held',
      message: expect.stringContaining('"callsheet apply"'),
    });
    await expect(other).rejects.toThrow(`process ${process.pid} on `);
    await lease.release();
  });

  it('gives every holder a higher token', async () => {
    const { state } = await open();
    const leases = createLeases({ state });

    const tokens: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      await using lease = await leases.acquire('a');
      tokens.push(lease.token);
    }
    const lease = await leases.acquire('a');
    await leases.forceUnlock('a');
    await using last = await leases.acquire('a');
    tokens.push(lease.token, last.token);

    expect(tokens).toEqual([1, 2, 3, 4, 5]);
    await lease.release();
  });

  it('lets one of many win, and those who wait have it one after the other', async () => {
    const { state, again } = await open();
    const tokens: number[] = [];
    let holders = 0;

    await Promise.all(
      Array.from({ length: 5 }, async () => {
        const leases = createLeases({ state: await again() });
        await using lease = await leases.acquire('a', { waitMs: 60_000 });
        holders += 1;
        expect(holders).toBe(1);
        tokens.push(lease.token);
        await createLeases({ state }).inspect('a');
        holders -= 1;
      }),
    );

    expect(tokens).toEqual([1, 2, 3, 4, 5]);
  });

  it('is renewed in the background', async () => {
    const { state } = await open();
    const clock = new TestClock();
    const leases = createLeases({ state, clock });
    const lease = await leases.acquire('a', { ttlMs: 30_000 });

    let renewedAt = (await leases.inspect('a'))?.renewedAt;
    for (let i = 0; i < 5; i += 1) {
      // One waits for the next renewal, one for the end.
      await expect.poll(() => clock.sleepers, { timeout: 20_000 }).toBe(2);
      clock.advance(10_000);
      await expect
        .poll(async () => (await leases.inspect('a'))?.renewedAt, { timeout: 20_000 })
        .not.toBe(renewedAt);
      renewedAt = (await leases.inspect('a'))?.renewedAt;
    }

    lease.assertHeld();
    expect(lease.signal.aborted).toBe(false);
    await lease.release();
  });

  it('is lost when it is taken away, and says so', async () => {
    const { state, again } = await open();
    const lease = await createLeases({ state }).acquire('a');

    await createLeases({ state: await again() }).forceUnlock('a');

    expect(await codeOf(lease.renew())).toBe('lease-lost');
    expect(lease.signal.reason).toMatchObject({ code: 'lease-lost' });
    expect(() => lease.assertHeld()).toThrow('force-unlock');
    await lease.release();
  });

  it('is lost by a holder that was asleep, who does not disturb the next', async () => {
    const { state, again } = await open();
    const clock = new TestClock();
    const laterClock = new TestClock();
    const lease = await createLeases({ state, clock }).acquire('a', { ttlMs: 30_000 });
    const others = createLeases({ state: await again(), clock: laterClock });

    laterClock.advance(30_000);
    expect(await codeOf(others.acquire('a')), 'clocks may be apart').toBe('lease-held');
    laterClock.advance(6_000);
    const next = await others.acquire('a');
    clock.advance(40_000);

    expect(() => lease.assertHeld()).toThrow('was not renewed in time');
    expect(lease.signal.aborted).toBe(true);
    await lease.release();
    next.assertHeld();
    await next.renew();
    expect((await others.inspect('a'))?.token).toBe(next.token);
    await next.release();
  });

  it('does not last longer for its holder when the wall clock is set back', async () => {
    const { state } = await open();
    const [clock, timer] = [new TestClock(), new TestClock()];
    const lease = await createLeases({ state, clock, timer }).acquire('a', { ttlMs: 30_000 });

    clock.advance(-3_600_000);
    lease.assertHeld();
    timer.advance(30_000);

    expect(() => lease.assertHeld()).toThrow('was not renewed in time');
    await lease.release();
  });

  it('is taken over when its holder is gone, though by a wrong clock it would go on for hours', async () => {
    const { state, again } = await open();
    const [ahead, timer] = [new TestClock(), new TestClock()];
    ahead.advance(3 * 3_600_000);
    // Its own timers stand still: it renews when it is told to.
    const holder = createLeases({ state, clock: ahead, timer: new TestClock() });
    const lease = await holder.acquire('a', { ttlMs: 30_000 });
    const others = createLeases({ state: await again(), clock: new TestClock(), timer });

    expect(await codeOf(others.acquire('a'))).toBe('lease-held');
    for (const clock of [ahead, timer]) clock.advance(20_000);
    await lease.renew();
    timer.advance(20_000);
    expect(await codeOf(others.acquire('a')), 'renewed meanwhile').toBe('lease-held');
    timer.advance(36_000);
    await using next = await others.acquire('a');

    expect(next.token).toBe(2);
    expect(await codeOf(lease.renew())).toBe('lease-lost');
  });
}

const START_MS = Date.UTC(2026, 10, 22, 12);

function callOf(id: string, run = 'r1'): PaidCall {
  return { id: `${run}/${id}`, run, runStartedMs: START_MS };
}

function request(id: string, amountUsd: number | undefined, budget = {}, run = 'r1'): ReserveRequest {
  const purpose = { actor: '0042', actorType: 'hero', action: id, model: 'flux' };
  return { call: callOf(id, run), purpose, amountUsd, budget };
}

function describeLedger(open: () => Promise<StateUnderTest>): void {
  it('counts reservations, and what they became', async () => {
    const { state } = await open();
    const ledger = createLedger({ state, clock: new TestClock() });

    await ledger.reserve(request('a', 0.04));
    await ledger.reserve(request('b', 0.04));
    await ledger.reserve(request('c', 0.04));
    await ledger.settle(callOf('a'), 0.03);
    await ledger.release(callOf('b'));

    expect(await ledger.costs()).toEqual([
      {
        ...{ day: '2026-11-22', run: 'r1', actorType: 'hero', model: 'flux' },
        ...{ calls: 1, usd: 0.03, openCalls: 1, openUsd: 0.04 },
      },
    ]);
    expect(await ledger.costs({ fromDay: '2026-11-23' })).toEqual([]);
  });

  it('may be told everything twice', async () => {
    const { state } = await open();
    const ledger = createLedger({ state, clock: new TestClock() });

    await ledger.reserve(request('a', 0.04, { perRunUsd: 0.04 }));
    await ledger.reserve(request('a', 0.04, { perRunUsd: 0.04 }));
    await ledger.settle(callOf('a'), 0.04);
    await ledger.settle(callOf('a'), 0.04);
    await ledger.release(callOf('a'));

    expect(await ledger.costs()).toMatchObject([{ calls: 1, usd: 0.04, openCalls: 0 }]);
  });

  it('refuses an unknown price', async () => {
    const { state } = await open();
    const ledger = createLedger({ state, clock: new TestClock() });

    for (const amount of [undefined, Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(await codeOf(ledger.reserve(request('a', amount)))).toBe('unknown-price');
    }
    expect(await ledger.costs()).toEqual([]);
  });

  it('never goes over a budget, however many ask at once', async () => {
    const { state, again } = await open();
    const clock = new TestClock();
    const real = {
      now: () => clock.now(),
      sleep: (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms)),
    };
    const budget = { perRunUsd: 0.3, perDayUsd: 0.5 };

    const codes = await Promise.all(
      Array.from({ length: 4 }, async (_, process) => {
        const ledger = createLedger({ state: await again(), clock: real });
        const calls = Array.from({ length: 6 }, (__, i) =>
          request(`${process}-${i}`, 0.1, budget, `r${process % 2}`),
        );
        return await Promise.all(calls.map((call) => codeOf(ledger.reserve(call))));
      }),
    );

    // Three for each of two runs would be six; the day has room for five.
    expect(codes.flat().filter((code) => code === 'resolved')).toHaveLength(5);
    expect(codes.flat().filter((code) => code === 'budget-exceeded')).toHaveLength(19);
    const lines = await createLedger({ state, clock }).costs();
    expect(lines.map((line) => line.openUsd).sort()).toEqual([0.2, 0.3]);
  });

  it('uses a budget to the last cent', async () => {
    const { state } = await open();
    const ledger = createLedger({ state, clock: new TestClock() });
    const budget = { perRunUsd: 0.7 };

    const codes = await Promise.all(
      Array.from({ length: 11 }, (_, i) => codeOf(ledger.reserve(request(`a${i}`, 0.07, budget)))),
    );

    expect(codes.filter((code) => code === 'resolved')).toHaveLength(10);
  });

  it('counts a run as one past midnight, and a day for itself', async () => {
    const { state, again } = await open();
    const clock = new TestClock();
    const ledger = createLedger({ state, clock });
    const slow = createLedger({ state: await again(), clock: new TestClock() });
    const budget = { perRunUsd: 0.3, perDayUsd: 0.2 };
    await ledger.reserve(request('a', 0.1, budget));
    await ledger.reserve(request('b', 0.1, budget));

    clock.advance(12 * 3_600_000);
    await ledger.reserve(request('b', 0.1, budget));
    await ledger.reserve(request('c', 0.1, budget));
    expect(await codeOf(ledger.reserve(request('d', 0.1, budget)))).toBe('budget-exceeded');
    expect(await codeOf(slow.reserve(request('e', 0.1, budget))), 'yesterday is closed').toBe(
      'budget-exceeded',
    );
    await slow.settle(callOf('c'), 0.1);
    await ledger.settle(callOf('a'), 0.1);

    expect(await ledger.costs()).toMatchObject([
      { day: '2026-11-22', usd: 0.1, openUsd: 0.1 },
      { day: '2026-11-23', usd: 0.1, openUsd: 0 },
    ]);
  });
}
