import { rm } from 'node:fs/promises';
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
