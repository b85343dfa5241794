import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../controller/plan/plan.ts';
import type { StateBackend } from '../../controller/state-backend/state-backend.ts';
import { collectStats } from '../../controller/usecases/collect-stats.ts';
import { judgeImage } from '../../controller/usecases/judge-image.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { suspendTarget } from '../../controller/usecases/suspend.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { buildLibrary, FILM, some } from '../support/build-library.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const BALANCED = [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)];
const MANIFEST = 'data/actors/0002/training_data/manifest.json';
const IMAGE = 'data/actors/0002/training_data/images/05.png';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-memory-'));
  await buildLibrary(
    root,
    ['0001', '0002', '0003'].map((id) => ({ id, images: BALANCED })),
  );
  await age(root);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** What was written a moment ago may change again within the same tick of the clock, so nothing is concluded from it. */
async function age(folder: string): Promise<void> {
  const lastYear = new Date('2025-11-22T00:00:00Z');
  for (const name of await readdir(folder, { recursive: true }))
    await utimes(join(folder, name), lastYear, lastYear);
}

/** Plans, and says which documents of state were read for it. */
async function plan(): Promise<{ plan: Plan; read: string[] }> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  const read: string[] = [];
  const made = await planLibrary(watched(workspace, read), { refresh: true });
  return { plan: made, read };
}

function watched(workspace: Workspace, read: string[]): Workspace {
  const state = new Proxy(workspace.state, {
    get(target, name: keyof StateBackend) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'read') read.push(String(args[0]));
        return Reflect.apply(value, target, args);
      };
    },
  });
  return { ...workspace, state, observing: { ...workspace.observing, state } };
}

const records = (read: readonly string[]) => read.filter((path) => path.startsWith('actors/')).sort();

async function forgetAll(): Promise<void> {
  await rm(join(root, 'state/cache'), { recursive: true, force: true });
}

/** Replaces text in a file, in place and without changing its length or its modification time. */
async function editInPlace(file: string, from: string, to: string): Promise<void> {
  const path = join(root, file);
  const { atime, mtime } = await stat(path);
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to.padEnd(from.length)));
  await utimes(path, atime, mtime);
}

async function withWorkspace(work: (workspace: Workspace) => Promise<unknown>): Promise<void> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  await work(workspace);
}

/** Everything that may make another plan of actor 0002, or of all. */
const CHANGES: Readonly<Record<string, () => Promise<unknown>>> = {
  'a picture painted over in place': async () =>
    await writeFile(join(root, IMAGE), await colourPicture('bw_stylized', 7, 999)),
  'a picture with the same size and modification time': async () => {
    const path = join(root, IMAGE);
    const { atime, mtime, size } = await stat(path);
    const other = await colourPicture('bw_stylized', 3, 999);
    await writeFile(path, Buffer.concat([other, Buffer.alloc(Math.max(0, size - other.length))]));
    await utimes(path, atime, mtime);
  },
  'a picture gone': () => rm(join(root, IMAGE)),
  'a picture more': async () =>
    await writeFile(join(root, IMAGE.replace('05', '99')), await colourPicture('photorealistic', 9, 77)),
  'a picture with another name': () => rename(join(root, IMAGE), join(root, IMAGE.replace('05', '95'))),
  'an entry that names another image': () => editInPlace(MANIFEST, '/05.png', '/06.png'),
  'a manifest that is no JSON any more': () => appendFile(join(root, MANIFEST), '{'),
  'no manifest': () => rm(join(root, MANIFEST)),
  'another type': () => editInPlace('data/actor_manifests/0002.json', '"film"', '"tv"'),
  'no base image': () => editInPlace('data/actor_manifests/0002.json', '"base_image"', '"base_nope"'),
  'a person who relabels': () =>
    withWorkspace((workspace) => judgeImage(workspace, IMAGE, { kind: 'relabel', category: 'bw_stylized' })),
  'a person who pins': () => withWorkspace((workspace) => judgeImage(workspace, IMAGE, { kind: 'pin' })),
  'a person who suspends': () =>
    withWorkspace((workspace) =>
      suspendTarget(workspace, { kind: 'actor', name: '0002' }, { reason: 'shoot' }),
    ),
  'another target': () => writeFile(join(root, 'specs/film.yaml'), FILM.replace('total: 20', 'total: 18')),
  'a narrower selector': () =>
    writeFile(
      join(root, 'specs/film.yaml'),
      FILM.replace('spec:', 'spec:\n  selector: { actors: ["0001"] }'),
    ),
  'no record': () => rm(join(root, 'state/actors/0002.json')),
};

describe('what a pass remembers of the last', () => {
  it('reads no record of an actor that is as it was, and gives the same plan', async () => {
    const first = await plan();
    const second = await plan();

    expect(records(first.read)).toHaveLength(3);
    expect(records(second.read)).toEqual([]);
    expect(second.plan.digest).toBe(first.plan.digest);
    expect(JSON.stringify(second.plan.actors)).toBe(JSON.stringify(first.plan.actors));
  });

  it.each(Object.keys(CHANGES))('sees %s', async (change) => {
    const before = await plan();
    await plan();
    await CHANGES[change]!();

    const remembering = await plan();
    // The record may have learnt by now what the first look found out: it is the same for both.
    await forgetAll();
    const anew = await plan();

    expect(JSON.stringify(remembering.plan.actors)).toBe(JSON.stringify(anew.plan.actors));
    if (change !== 'no record') expect(remembering.plan.digest).not.toBe(before.plan.digest);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['changed', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"balanced"', '"unmanaged"'))],
    ['empty', () => Buffer.alloc(0)],
  ])('looks again when its own document is %s', async (_, damage) => {
    const first = await plan();
    const path = join(root, 'state/cache/plans/0000.cache');
    await writeFile(path, damage(await readFile(path)));

    const second = await plan();

    expect(records(second.read)).toHaveLength(3);
    expect(second.plan.digest).toBe(first.plan.digest);
    expect(records((await plan()).read)).toEqual([]);
  });

  it('looks again at an actor that is out of balance, and at that one alone', async () => {
    await rm(join(root, IMAGE));
    await plan();

    expect(records((await plan()).read)).toEqual(['actors/0002.json']);
  });

  it('serves the statistics, which write nothing', async () => {
    await withWorkspace(async (workspace) => {
      const known = await collectStats(workspace, {});
      await planLibrary(workspace, { refresh: true });
      const read: string[] = [];

      const stats = await collectStats(watched(workspace, read), {});

      expect(records(read)).toEqual([]);
      expect(stats).toMatchObject({ actors: known.actors, images: known.images, exactly: 3, problems: {} });
      expect(stats.types).toMatchObject([{ balanced: 3, unknown: 0 }]);
    });
  });
});
