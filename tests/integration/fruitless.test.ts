import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WorldScan } from '../../controller/reconcile/world-scan.ts';
import { askController } from '../../controller/usecases/reconcile-now.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { untilIdle } from '../support/until-idle.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const HOUR_MS = 3_600_000;
/** Of the 3 runs until it stalls, with 3 attempts each. */
const PAID_UNTIL_STALLED = 9;

function library(apply: string): string {
  return `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: fruitless }
spec:
  apply: ${apply}
  guards: { maxDeleteShare: 100 }
`;
}

function film(photorealistic: number): string {
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

let root: string;
let clock: VirtualClock;
let watched: WatchedController;
let stop: () => Promise<void>;

/** An actor that has stalled, because what is sold is never what was ordered. */
beforeEach(async () => {
  root = await quickFolder('callsheet-fruitless-');
  const images = [...some('photorealistic', 1), ...some('bw_stylized', 1), ...some('color_stylized', 1)];
  await buildLibrary(root, [{ id: '0001', images }], {
    'library.yaml': library('auto'),
    'film.yaml': film(2),
  });
  clock = new VirtualClock();
  watched = watchController(root, { clock, timer: clock, statePollMs: 60_000 });
  watched.generator.only = 'bw_stylized';
  stop = watched.start();
  await pass(2);
  expect(reasons()).toEqual(['VerificationFailed', 'VerificationFailed']);
  expect(audit(root).paid).toBe(PAID_UNTIL_STALLED);
});
afterEach(async () => {
  await stop();
  await rm(root, { recursive: true, force: true });
});

async function pass(hours: number): Promise<void> {
  await clock.pass(hours * HOUR_MS, () => untilIdle(() => watched.controller.isIdle()));
}

function reasons(): string[] {
  return watched.controller.actor('0001')!.conditions.map(({ reason }) => reason);
}

async function addImage(): Promise<void> {
  const folder = 'data/actors/0001/training_data';
  const key = `${folder}/images/99.png`;
  await writeFile(join(root, key), await colourPicture('bw_stylized', 3, 99));
  const path = join(root, folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { images: unknown[] };
  await writeFile(path, JSON.stringify({ ...manifest, images: [...manifest.images, { key }] }));
}

describe('an actor that stalled because nothing that was paid for was accepted', () => {
  it('is tried again when it has changed, and stalls again after as many runs', async () => {
    await addImage();
    await pass(48);

    expect(reasons()).toEqual(['VerificationFailed', 'VerificationFailed']);
    expect(audit(root).paid).toBe(2 * PAID_UNTIL_STALLED);
  });

  it('is tried again by whoever leads next, once it was asked for by name, even if the library takes its time', async () => {
    await stop();
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    expect(await askController(workspace, ['0001'], { waitMs: 0, forNext: true })).toEqual({
      kind: 'nobody',
    });
    const { scan } = WorldScan.prototype;
    const slow = vi.spyOn(WorldScan.prototype, 'scan').mockImplementation(async function (
      this: WorldScan,
      ...about
    ) {
      await delay(300);
      return await scan.apply(this, about);
    });
    stop = watched.start();
    await pass(0.01);
    slow.mockRestore();

    expect(audit(root).paid).toBeGreaterThan(PAID_UNTIL_STALLED);
  });

  it('waits under another target like any other, however often it is looked at', async () => {
    await writeFile(join(root, 'specs/library.yaml'), library('manual'));
    await writeFile(join(root, 'specs/film.yaml'), film(3));
    await watched.controller.pokeSource();
    await pass(0.1);
    await watched.controller.reconcileNow();
    await pass(0.1);

    expect(reasons()).toEqual(['AwaitingApproval']);
  });
});
