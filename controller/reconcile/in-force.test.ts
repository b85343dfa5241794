import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { LoadedSpecs } from '../spec/load-specs.ts';
import type { Workspace } from '../workspace.ts';
import { InForce, type TakenRevision } from './in-force.ts';

function loaded(id: string, digest: string): LoadedSpecs {
  return {
    snapshot: { files: [], diagnostics: [], revision: { kind: 'directory', id }, root: '/' },
    diagnostics: [],
    specs: { digest, library: {} },
  } as unknown as LoadedSpecs;
}

async function open({ snapshot, specs }: LoadedSpecs): Promise<Workspace> {
  const source = { revision: snapshot.revision.id, specDigest: specs!.digest };
  const state = { url: 'postgres://here' };
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
