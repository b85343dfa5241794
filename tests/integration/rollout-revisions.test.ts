import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { type WatchedController, type WatchedOptions, watchController } from '../support/watch-controller.ts';

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec:
  apply: auto
  guards: { maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 2, maxFailures: 0 }
`;

function distribution(photorealistic: number): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${photorealistic + 2}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: ${photorealistic} }
    bw_stylized: { count: 1 }
    color_stylized: { count: 1 }
`;
}

const ACTORS = ['0001', '0002', '0003', '0004'];

let root: string;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  stops = [];
  root = await mkdtemp(join(tmpdir(), 'callsheet-rollout-'));
  const images = [...some('photorealistic', 1), ...some('bw_stylized', 1), ...some('color_stylized', 1)];
  await buildLibrary(
    root,
    ACTORS.map((id) => ({ id, images })),
    { 'library.yaml': LIBRARY, 'film.yaml': distribution(2) },
  );
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await rm(root, { recursive: true, force: true });
});

function start(options: WatchedOptions = {}): WatchedController & { stop(): Promise<void> } {
  const watched = watchController(root, options);
  const stop = watched.start();
  stops.push(stop);
  return { ...watched, stop };
}

/** Another revision; with the same number, it means the same. */
async function push({ controller }: WatchedController, photorealistic: number, remark = ''): Promise<void> {
  await writeFile(join(root, 'specs/film.yaml'), `${distribution(photorealistic)}# ${remark}\n`);
  await controller.pokeSource();
}

function runs({ events }: WatchedController): string[][] {
  return events.flatMap((event) =>
    event.type === 'run-finished' ? [event.run.actors.map(({ actor }) => actor)] : [],
  );
}

function hasBegun({ events }: WatchedController): Promise<unknown> {
  return vi.waitUntil(() => events.some(({ type }) => type === 'run-started'), { timeout: 20_000 });
}

function sizes(): number[] {
  return [...audit(root).sets.values()].map((set) => set.length);
}

describe('a rollout', () => {
  it('ends in the middle of a wave when the specs mean something else', async () => {
    const watched = start({ generating: { latencyMs: 300 } });
    await hasBegun(watched);

    await push(watched, 3);
    await watched.idle();

    expect(sizes()).toEqual([5, 5, 5, 5]);
    expect(runs(watched).length).toBeLessThanOrEqual(5);
    expect(watched.controller.library()).toMatchObject({ rollout: { state: 'completed' } });
  });

  it('goes on under a revision that means the same', async () => {
    const watched = start({ generating: { latencyMs: 300 } });
    await hasBegun(watched);

    await push(watched, 2, 'a remark');
    await watched.idle();

    expect(runs(watched)).toEqual([['0001'], ['0002', '0003'], ['0004']]);
    const library = watched.controller.library()!;
    expect(library.rollout).toMatchObject({ state: 'completed', revision: library.revision });
  });

  it('is told of once it is through, and of a revision that asks for nothing at once', async () => {
    const watched = start();
    await watched.idle();
    const first = watched.controller.library()!.revision;
    await push(watched, 2, 'a remark');
    await watched.idle();

    const applied = watched.events.flatMap((event) =>
      event.type === 'revision-applied' ? [event.revision] : [],
    );
    expect(applied).toEqual([first, watched.controller.library()!.revision]);
  });

  it('stays halted under a revision that means the same, over a restart too', async () => {
    const watched = watchController(root);
    watched.generator.only = 'bw_stylized';
    stops.push(watched.start());
    await watched.idle();
    await push(watched, 2, 'a remark');
    await watched.idle();
    expect(watched.controller.library()!.rollout).toMatchObject({ state: 'halted' });
    await stops.pop()!();
    const paid = audit(root).paid;

    const film = join(root, 'specs/film.yaml');
    await writeFile(film, `${await readFile(film, 'utf8')}# another\n`);
    const again = start();
    await again.idle();

    const library = again.controller.library()!;
    expect(library.rollout).toMatchObject({ state: 'halted', revision: library.revision });
    expect(runs(again)).toEqual([]);
    expect(audit(root).paid).toBe(paid);
  });
});
