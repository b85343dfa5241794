import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileObjectStore } from '../object-store/file-object-store.ts';
import { thumbnailPath } from '../observe/thumbnails.ts';
import { emptyActorRecord } from '../records/actor-record.ts';
import { systemClock as clock } from '../runtime/clock.ts';
import { createObjectStoreState } from '../state-backend/object-store-state.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { pruneState } from './state-prune.ts';

let folder: string;
let state: StateBackend;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callsheet-'));
  state = createObjectStoreState(createFileObjectStore({ root: folder }));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function digest(letter: string): string {
  return letter.repeat(64);
}

async function paths(prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const path of state.list(prefix)) found.push(path);
  return found;
}

async function keepThumbnails(...letters: string[]): Promise<void> {
  for (const letter of letters)
    await state.writeBlob(thumbnailPath(digest(letter), 200), Uint8Array.of(1), 'image/jpeg');
}

const picture = { width: 1, height: 1, format: 'png', bytes: 1 };

function trashed(letter: string, run: string) {
  const place = { image: 'a.png', trashed: 't.png', entry: {}, index: 0 };
  return {
    ...place,
    id: letter,
    digest: digest(letter),
    reason: 'excess',
    run,
    deletedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2027-01-01T00:00:00Z',
  };
}

async function keepRun(id: string, daysAgo: number): Promise<void> {
  const startedAt = new Date(clock.now() - daysAgo * 86_400_000).toISOString();
  await state.write(`runs/${id}.json`, { formatVersion: '1.0', id, startedAt, plan: `plan-of-${id}` });
  for (const end of ['json', 'md', 'applied.json'])
    await state.writeBlob(`plans/plan-of-${id}.${end}`, Uint8Array.of(0x30), 'application/json');
}

describe('pruning state', () => {
  it('drops thumbnails of pictures that are nowhere any more, and nothing else', async () => {
    const judgements = { [digest('c')]: { rejected: 'blurred', by: 'ada', at: '2026-01-01T00:00:00Z' } };
    const record = {
      ...emptyActorRecord('1'),
      pictures: { [digest('a')]: picture },
      judgements,
      trash: [trashed('b', 'r')],
    };
    await state.write('actors/1.json', record);
    await keepThumbnails('a', 'b', 'c', 'd', 'e');
    await state.writeBlob('thumbnails/other.txt', Uint8Array.of(1), 'text/plain');

    expect(await pruneState({ state, clock, dryRun: true })).toEqual({ thumbnails: 2, runs: 0 });
    expect(await paths('thumbnails/')).toHaveLength(6);
    expect(await pruneState({ state, clock })).toEqual({ thumbnails: 2, runs: 0 });

    const kept = ['a', 'b', 'c'].map((letter) => thumbnailPath(digest(letter), 200));
    expect(await paths('thumbnails/')).toEqual([...kept, 'thumbnails/other.txt'].sort());
    expect(await state.read('actors/1.json')).toMatchObject({ value: record });
  });

  it('drops a strip of thumbnails once none of its pictures is anywhere', async () => {
    const strip = (letter: string) => `${letter.repeat(24)}-200`;
    const path = (letter: string) => `thumbnails/strips/${letter.repeat(2)}/${strip(letter)}.jpg`;
    const tile = `${strip('a')}/7/200x133`;
    await state.write('actors/1.json', {
      ...emptyActorRecord('1'),
      pictures: { [digest('c')]: { ...picture, tile } },
    });
    for (const letter of ['a', 'b']) await state.writeBlob(path(letter), Uint8Array.of(1), 'image/jpeg');

    expect(await pruneState({ state, clock })).toEqual({ thumbnails: 1, runs: 0 });

    expect(await paths('thumbnails/')).toEqual([path('a')]);
  });

  it('drops old runs with their plans, but not what may still be undone, nor that a plan was used', async () => {
    await state.write('actors/1.json', { ...emptyActorRecord('1'), trash: [trashed('b', 'undoable')] });
    await keepRun('old', 100);
    await keepRun('undoable', 100);
    await keepRun('young', 10);

    expect(await pruneState({ state, clock })).toEqual({ thumbnails: 0, runs: 0 });
    expect(await pruneState({ state, clock, runsOlderThanMs: 90 * 86_400_000 })).toEqual({
      thumbnails: 0,
      runs: 1,
    });

    expect(await paths('runs/')).toEqual(['runs/undoable.json', 'runs/young.json']);
    expect(await paths('plans/plan-of-old')).toEqual(['plans/plan-of-old.applied.json']);
    expect(await paths('plans/plan-of-young')).toHaveLength(3);
  });

  it('removes nothing when a record cannot be read', async () => {
    await state.writeBlob('actors/1.json', Uint8Array.of(0x7b), 'application/json');
    await keepThumbnails('a');

    await expect(pruneState({ state, clock })).rejects.toMatchObject({ code: 'corrupt' });

    expect(await paths('thumbnails/')).toHaveLength(1);
  });
});
