import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileObjectStore } from '../object-store/file-object-store.ts';
import { emptyActorRecord } from '../records/actor-record.ts';
import type { RunRecord } from '../records/run-record.ts';
import { createLeases } from '../state-backend/leases.ts';
import { createObjectStoreState } from '../state-backend/object-store-state.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { readHistory, readRun, sumCosts } from './read-history.ts';
import { listDocuments, readDocument, removeDocument, unlock } from './state-admin.ts';

let root: string;
let state: StateBackend;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-state-'));
  state = createObjectStoreState(createFileObjectStore({ root }));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function writeRun(day: number, actors: readonly string[]): Promise<string> {
  const id = `run-202611${day}T000000Z-000000`;
  const run: RunRecord = {
    formatVersion: '1.0',
    id,
    kind: 'apply',
    by: 'ann@studio',
    startedAt: `2026-11-${day}T00:00:00Z`,
    status: 'succeeded',
    costUsd: 0,
    estimateUsd: 0,
    actors: actors.map((actor) => ({ actor, type: 'lead', outcome: 'applied', actions: [], costUsd: 0 })),
  };
  await state.write(`runs/${id}.json`, run, 'absent');
  return id;
}

describe('documents of the state', () => {
  it('are listed, shown and removed by name', async () => {
    await state.write('actors/0042.json', emptyActorRecord('0042'), 'absent');
    expect(await listDocuments({ state }, 'actors/')).toEqual(['actors/0042.json']);
    expect(await readDocument({ state }, 'actors/0042.json')).toMatchObject({ actor: '0042' });
    await removeDocument({ state }, 'actors/0042.json', false);
    expect(await listDocuments({ state }, '')).toEqual([]);
  });

  it('suggests the name that was meant', async () => {
    await state.write('actors/0042.json', emptyActorRecord('0042'), 'absent');
    await expect(readDocument({ state }, 'actor/0042.json')).rejects.toMatchObject({
      code: 'not-found',
      hint: 'Did you mean "actors/0042.json"?',
    });
  });

  it('are not removed when something would be lost for good, unless forced', async () => {
    const judged = {
      ...emptyActorRecord('0042'),
      judgements: { abc: { rejected: 'blurred', by: 'ann', at: '2026-11-22T00:00:00Z' } },
    };
    await state.write('actors/0042.json', judged, 'absent');
    await expect(removeDocument({ state }, 'actors/0042.json', false)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('what people said of 1 image(s)'),
    });
    await removeDocument({ state }, 'actors/0042.json', true);
    await expect(readDocument({ state }, 'actors/0042.json')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('unlock', () => {
  it('takes a lease from its holder and names it', async () => {
    const leases = createLeases({ state, command: 'apply' });
    await using lease = await leases.acquire('apply');
    expect(await unlock({ state, leases }, 'apply')).toMatchObject({ command: 'apply' });
    expect(await unlock({ state, leases }, 'apply')).toBeUndefined();
    await expect(lease.renew()).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(unlock({ state, leases }, 'aply')).rejects.toMatchObject({
      code: 'not-found',
      hint: 'Leases: apply.',
    });
  });
});

describe('history', () => {
  it('is the newest run first, by actor if wanted, and no longer than asked for', async () => {
    const [first, second, third] = [
      await writeRun(10, ['0001']),
      await writeRun(11, ['0002']),
      await writeRun(12, ['0001']),
    ];
    const ids = (runs: readonly RunRecord[]) => runs.map(({ id }) => id);
    expect(ids(await readHistory({ state }, { limit: 10 }))).toEqual([third, second, first]);
    expect(ids(await readHistory({ state }, { limit: 1 }))).toEqual([third]);
    expect(ids(await readHistory({ state }, { limit: 10, actors: ['0001'] }))).toEqual([third, first]);
    expect(await readRun({ state }, second)).toMatchObject({ id: second });
    await expect(readRun({ state }, `${second.slice(0, -1)}1`)).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('Did you mean'),
    });
  });

  it('sums what was spent by day, type and model', async () => {
    const line = {
      day: '2026-11-22',
      run: 'r1',
      actorType: 'lead',
      model: 'm1',
      calls: 2,
      usd: 0.08,
      openCalls: 0,
      openUsd: 0,
    };
    const lines = [
      line,
      { ...line, run: 'r2', model: 'm2', calls: 1, usd: 0.01, openCalls: 1, openUsd: 0.04 },
    ];
    const sums = await sumCosts({ ledger: { costs: async () => lines } }, {});
    expect(sums).toMatchObject({
      totalUsd: expect.closeTo(0.09),
      openUsd: 0.04,
      byDay: [{ name: '2026-11-22', runs: 2, calls: 3 }],
      byModel: [
        { name: 'm1', calls: 2 },
        { name: 'm2', calls: 1 },
      ],
    });
  });
});
