import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { quickFolder } from '../../tests/support/quick-folder.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { createFileObjectStore } from '../object-store/file-object-store.ts';
import type { LoadedSpecs } from '../spec/load-specs.ts';
import { createObjectStoreState } from '../state-backend/object-store-state.ts';
import type { Workspace } from '../workspace.ts';
import { InForce, type TakenRevision } from './in-force.ts';

let root: string;
beforeEach(async () => {
  root = await quickFolder('callsheet-in-force-');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function loaded(id: string, digest: string): LoadedSpecs {
  return {
    snapshot: { files: [], diagnostics: [], revision: { kind: 'directory', id }, root: '/' },
    diagnostics: [],
    specs: { digest, library: {} },
  } as unknown as LoadedSpecs;
}

async function open({ snapshot, specs }: LoadedSpecs): Promise<Workspace> {
  const source = { revision: snapshot.revision.id, specDigest: specs!.digest };
  const state = createObjectStoreState(createFileObjectStore({ root }));
  return { specs, source, state, async [Symbol.asyncDispose]() {} } as unknown as Workspace;
}

it('tells of a revision until it has been heard, and of what those meant that nobody has heard of', async () => {
  const { signal } = new AbortController();
  const told: Pick<TakenRevision, 'previous' | 'replan'>[] = [];
  let isAway = false;
  const inForce = new InForce({
    open,
    clock: new FakeClock(),
    async onTaken({ previous, replan }) {
      if (isAway) throw new CallsheetError('unavailable', 'the database is away');
      told.push({ previous, replan });
    },
  });
  await inForce.take(loaded('one', 'a'), signal);
  isAway = true;
  await expect(inForce.take(loaded('two', 'b'), signal)).rejects.toThrow('away');
  await expect(inForce.take(loaded('three', 'b'), signal)).rejects.toThrow('away');
  isAway = false;

  await inForce.take(loaded('three', 'b'), signal);
  await inForce.take(loaded('three', 'b'), signal);

  expect(told).toEqual([
    { previous: undefined, replan: true },
    { previous: 'one', replan: true },
  ]);
});

it('waits for room on a disk that is full where state is, and moves to none', async () => {
  const { signal } = new AbortController();
  const closed: string[] = [];
  const inForce = new InForce({
    async open({ snapshot, specs }) {
      const revision = snapshot.revision.id;
      const place = revision.split(' ')[0]!;
      const state = createObjectStoreState(createFileObjectStore({ root: join(root, place) }));
      state.write = async () => {
        throw new CallsheetError('storage-full', 'the disk is full');
      };
      const source = { revision, specDigest: specs!.digest };
      const close = async () => void closed.push(revision);
      return { specs, source, state, [Symbol.asyncDispose]: close } as unknown as Workspace;
    },
    clock: new FakeClock(),
    onTaken: async () => undefined,
  });

  await inForce.take(loaded('here 1', 'a'), signal);
  await inForce.take(loaded('here 2', 'b'), signal);
  await expect(inForce.take(loaded('there 3', 'c'), signal)).rejects.toThrow('the disk is full');

  expect(inForce.slot.current.source.revision).toBe('here 2');
  expect(closed).toEqual(['here 1', 'there 3']);
});
