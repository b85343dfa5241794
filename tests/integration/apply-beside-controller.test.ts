import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { watchController } from '../support/watch-controller.ts';

function specs(total: number): Record<string, string> {
  return {
    'library.yaml': `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec:
  apply: auto
  guards: { maxDeleteShare: 100 }
  rollout: { canary: 1 }
`,
    'film.yaml': `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${total}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: ${total} }
`,
  };
}

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-beside-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('an apply beside the controller', () => {
  it('is waited for: the controller says so once, and writes nothing more meanwhile', async () => {
    const images = some('photorealistic', 1);
    await buildLibrary(
      root,
      [
        { id: '0001', images },
        { id: '0002', images },
      ],
      specs(2),
    );
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const apply = await workspace.leases.acquire('apply');
    const watched = watchController(root);
    const stop = watched.start();
    try {
      await watched.idle();
      await delay(500);

      const told = watched.events.map(({ type }) => type);
      expect(told.filter((type) => type === 'plan-held')).toHaveLength(1);
      expect(told.filter((type) => type === 'run-started')).toHaveLength(1);
      const plans = (await readdir(join(root, 'state/plans'))).filter((name) => name.endsWith('.json'));
      expect(plans).toEqual([`${watched.controller.library()!.pending!.plan}.json`]);
      expect(watched.controller.library()!.pending).toMatchObject({ reason: 'ApplyBusy' });

      await apply.release();
      // A new revision does not wait for the end of the pause.
      await writeFile(join(root, 'specs/film.yaml'), specs(3)['film.yaml']!);
      await watched.controller.pokeSource();
      await watched.idle();
      expect([...audit(root).sets.values()].map((set) => set.length)).toEqual([3, 3]);
    } finally {
      await stop();
    }
  });

  it('is no run of the controller: what it had planned meanwhile does not count against the guards of the day', async () => {
    const images = some('photorealistic', 4);
    const { 'library.yaml': library, ...others } = specs(3);
    await buildLibrary(
      root,
      [
        { id: '0001', images },
        { id: '0002', images },
      ],
      { ...others, 'library.yaml': library!.replace('maxDeleteShare', 'maxDeletes: 4, maxDeleteShare') },
    );
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const apply = await workspace.leases.acquire('apply');
    const watched = watchController(root);
    const stop = watched.start();
    try {
      await watched.idle();
      expect(watched.controller.library()!.pending).toMatchObject({ reason: 'ApplyBusy' });

      await apply.release();
      // A new revision does not wait for the end of the pause.
      await writeFile(join(root, 'specs/film.yaml'), specs(2)['film.yaml']!);
      await watched.controller.pokeSource();
      await watched.idle();
      expect([...audit(root).sets.values()].map((set) => set.length)).toEqual([2, 2]);
    } finally {
      await stop();
    }
  });
});
