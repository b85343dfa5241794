import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { approvePlan } from '../../controller/usecases/approve-plan.ts';
import { loadPlan } from '../../controller/usecases/plan-files.ts';
import { steerRollout } from '../../controller/usecases/steer-rollout.ts';
import { resumeTarget, suspendTarget } from '../../controller/usecases/suspend.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { readBooks } from '../support/colour-generator.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const ACTORS = ['0001', '0002', '0003', '0004'];

function library(apply: string, rollout: string): string {
  return `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec:
  apply: ${apply}
  guards: { maxDeleteShare: 100 }
  limits: { concurrency: 1 }
  rollout: ${rollout}
`;
}

const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 4
  tolerance: { images: 0 }
  categories: { photorealistic: { count: 2 }, bw_stylized: { count: 1 }, color_stylized: { count: 1 } }
`;

let root: string;
let stop: (() => Promise<void>) | undefined;
beforeEach(async () => {
  root = await quickFolder('callsheet-steered-');
});
afterEach(async () => {
  await stop?.();
  await rm(root, { recursive: true, force: true });
});

/** Actors who lack a picture each. */
async function start(apply: string, rollout: string, latencyMs = 0): Promise<WatchedController> {
  const images = [...some('photorealistic', 1), ...some('bw_stylized', 1), ...some('color_stylized', 1)];
  const specs = { 'library.yaml': library(apply, rollout), 'film.yaml': FILM };
  await buildLibrary(
    root,
    ACTORS.map((id) => ({ id, images })),
    specs,
  );
  const watched = watchController(root, { generating: { latencyMs } });
  stop = watched.start();
  return watched;
}

async function asPerson<T>(act: (workspace: Workspace) => Promise<T>): Promise<T> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  return await act(workspace);
}

/** Resolves when so many pictures have been ordered, the last of them a moment ago. */
async function whenOrdered(pictures: number): Promise<void> {
  const books = join(root, 'provider-books.jsonl');
  await vi.waitUntil(() => readBooks(books).length === pictures, { timeout: 20_000 });
}

function readiness({ controller }: WatchedController): string[] {
  return controller.actors().map(({ conditions }) => conditions[0]!.reason);
}

function runs({ events }: WatchedController): string[][] {
  return events.flatMap((event) =>
    event.type === 'run-finished'
      ? [event.run.actors.map(({ actor, outcome }) => `${actor} ${outcome}`)]
      : [],
  );
}

function sizes(): number[] {
  return [...audit(root).sets.values()].map((set) => set.length);
}

describe('a rollout', () => {
  it.each([
    ['the canary', 1, [4, 3, 3, 3]],
    ['a batch', 2, [4, 4, 3, 3]],
  ])(
    'that somebody gives up in the middle of %s ends there, until it is resumed',
    async (_name, ordered, expected) => {
      const watched = await start('auto', '{ canary: 1, batch: 3 }', 400);
      await whenOrdered(ordered);
      await asPerson((workspace) => steerRollout(workspace, { kind: 'suspend', reason: 'not like this' }));
      await watched.idle();

      expect(sizes()).toEqual(expected);
      const message = expect.stringMatching(/^not like this \(.+\)$/);
      expect(watched.controller.library()).toMatchObject({ rollout: { state: 'abandoned', message } });
      expect(readiness(watched)).toEqual(expected.map((size) => (size === 4 ? 'Balanced' : 'RolloutHalted')));

      await asPerson((workspace) => steerRollout(workspace, { kind: 'resume' }));
      await watched.idle();
      expect(sizes()).toEqual([4, 4, 4, 4]);
      const told = watched.events.flatMap((event) => (event.type === 'rollout' ? [event.message] : []));
      expect(told.filter((text) => text.startsWith('not like this'))).toHaveLength(1);
      expect(told.filter((text) => text.startsWith('resumed by '))).toHaveLength(1);
    },
  );

  it('that waits for approval can be given up', async () => {
    const watched = await start('manual', '{ canary: 1, batch: 3 }');
    await watched.idle();
    await asPerson((workspace) => steerRollout(workspace, { kind: 'suspend', reason: 'not like this' }));
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, 'latest'), { guards: [] }),
    );
    await watched.idle();

    expect(sizes()).toEqual([3, 3, 3, 3]);
  });

  it.each([
    [
      'the change was reverted',
      async ({ controller }: WatchedController) => {
        const less = FILM.replace('total: 4', 'total: 3').replace('count: 2', 'count: 1');
        await writeFile(join(root, 'specs/film.yaml'), less);
        await controller.pokeSource();
      },
    ],
    [
      'the actors have become what it asks for',
      async ({ controller }: WatchedController) => {
        const images = [
          ...some('photorealistic', 2),
          ...some('bw_stylized', 1),
          ...some('color_stylized', 1),
        ];
        await buildLibrary(
          root,
          ACTORS.map((id) => ({ id, images })),
          {},
        );
        await controller.reconcileNow();
      },
    ],
  ])('is not heard of any more when %s', async (_name, change) => {
    const watched = await start('manual', '{ canary: 1, batch: 3 }');
    await watched.idle();
    expect(watched.controller.library()).toMatchObject({
      conditions: [{ reason: 'AwaitingApproval' }],
      rollout: { state: 'progressing', done: 0, total: 4 },
    });

    await change(watched);
    await watched.idle();

    const { conditions, rollout } = watched.controller.library()!;
    expect(conditions[0]).toMatchObject({ reason: 'Synced' });
    expect(rollout).toBeUndefined();
  });

  it('has no proven canary while nothing has been applied', async () => {
    const watched = await start('manual', '{ canary: 1, batch: 50, maxFailures: 0 }');
    watched.generator.only = 'bw_stylized';
    await watched.idle();
    // The canary changes between its plan and its run.
    const path = join(root, 'data/actors/0001/training_data/manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { images: unknown[] };
    await writeFile(path, JSON.stringify({ ...manifest, images: manifest.images.slice(1) }));
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, 'latest'), { guards: [] }),
    );
    await watched.idle();

    expect(runs(watched)).toEqual([['0001 stale'], ['0002 failed']]);
  });

  it('goes on without an actor who is suspended in its middle; others show how they are, and are looked after', async () => {
    const watched = await start('auto', '{ canary: 1, batch: 3 }', 200);
    await whenOrdered(2);
    await asPerson((workspace) =>
      suspendTarget(workspace, { kind: 'actor', name: '0003' }, { reason: 'new photographs' }),
    );
    await watched.idle();

    expect(readiness(watched)).toEqual(['Balanced', 'Balanced', 'Suspended', 'Balanced']);
    const gone = audit(root).sets.get('0001')!.length - 1;
    const path = join(root, 'data/actors/0001/training_data/manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8')) as { images: { key: string }[] };
    const [first, ...others] = manifest.images;
    await rm(join(root, first!.key));
    await writeFile(path, JSON.stringify({ ...manifest, images: others }));
    expect(audit(root).sets.get('0001')).toHaveLength(gone);
    await watched.controller.reconcileNow();
    await watched.idle();
    expect(sizes()).toEqual([4, 4, 3, 4]);

    await asPerson((workspace) => resumeTarget(workspace, { kind: 'actor', name: '0003' }));
    await watched.idle();
    expect(sizes()).toEqual([4, 4, 4, 4]);
  });
});
